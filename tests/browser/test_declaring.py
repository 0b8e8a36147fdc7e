"""Components: a team declares one by clicking, an expert takes up its name, an official reads it; each page by axe."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from core.operations.accounts import set_password
from evaluation.models import ComponentDeclaration, Finding
from evaluation.operations.components import declare_component
from evaluation.operations.gates import find
from evaluation.operations.papers import file_document
from evaluation.states import FindingValue, Origin
from tests.browser.conftest import PASSWORD, Opens
from tests.clicking import page, thing
from tests.sheeted import cleared
from tests.story import NOW, SYSTEM, Story, told

LATE = "자료 제출 마감(2026년 1월 15일(목) 14:00) 뒤에 접수되어 평가에 반영하지 않습니다."
STATEMENT = (
    "공개 모델 V 1.2판(Apache-2.0)의 비전 인코더 가중치를 프로즌 상태로 그대로 썼고, 학습 중에 갱신하지 않았습니다."
)


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    """Evidence has closed. Team b declared three components in time, one of them twice; two have been found upon."""
    story = cleared(told(teams="ab", seats=1, evidence_closes=NOW).open(), "expert-1")
    before, lead = NOW - timedelta(hours=1), story.actor("b-lead")
    papers = [
        file_document(story.entry("b"), kind=kind, title=title, actor=lead, now=before)
        for kind, title in (("기술 보고서", "독자 모델 기술 보고서"), ("학습 로그", "텍스트 디코더 학습 로그"))
    ]
    for component, origin, statement in (
        ("텍스트 디코더", Origin.SCRATCH, "가중치를 초기화해 처음부터 학습했습니다."),
        ("비전 인코더", Origin.FURTHER_TRAINED, "공개 가중치를 추가 학습했습니다."),
        ("비전 인코더", Origin.FROZEN, STATEMENT),
        ("토크나이저", Origin.EXTERNAL_CODE, "공개 토크나이저 코드를 쓰고 어휘는 직접 만들었습니다."),
    ):
        declare_component(
            story.entry("b"),
            gate=story.gate,
            component=component,
            origin=origin,
            statement=statement,
            documents=papers if origin is Origin.FROZEN else papers[1:],
            actor=lead,
            now=before,
        )
    for person, component, finding, reason in (
        ("expert-2", "비전 인코더", FindingValue.NOT_MET, "공개된 가중치를 그대로 썼음"),
        ("expert-3", "비전 인코더", FindingValue.NOT_MET, "학습한 기록이 없음"),
        ("expert-2", "음성 인코더", FindingValue.ABSTAIN, "신고가 없어 알 수 없음"),
    ):
        words = {"person": story.people[person], "finding": finding, "reason": reason, "component": component}
        find(story.entry("b"), gate=story.gate, **words, actor=story.actor(person), now=NOW)
    for person in ("official-1", "expert-1", "b-lead"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=NOW)
    return story


def test_a_clarification_on_a_phone_is_kept_and_not_considered_and_an_expert_takes_up_the_name(
    story: Story, opens: Opens
):
    shown = opens("b-lead", width=390)
    shown.get_by_role("link", name="구성 요소 신고").last.click()
    expect(shown.get_by_role("region", name="이어지는 일")).to_contain_text("자료 제출 마감이 지났습니다")
    shown.get_by_label("구성 요소").fill("비전 인코더")
    shown.get_by_label("출처").select_option("further_trained")
    shown.get_by_label("신고 내용").fill("추가 학습을 했다는 해명입니다.")
    shown.get_by_label("독자 모델 기술 보고서").check()
    shown.get_by_role("button", name="구성 요소 신고").click()
    expect(shown.get_by_text(LATE).first).to_be_visible()
    late = ComponentDeclaration.objects.latest("pk")
    assert (late.late, late.papers.get().title) == (True, "독자 모델 기술 보고서")

    expert = opens("expert-1", width=390)
    expert.goto(page("find", story.entry("b")))
    offered = expert.locator("datalist option")
    assert [each.get_attribute("value") for each in offered.all()] == ["비전 인코더", "텍스트 디코더", "토크나이저"]
    expert.get_by_label("의견", exact=False).select_option("not_met")
    expert.get_by_label("구성 요소").fill("비전 인코더")
    expert.get_by_label("사유").fill("프로즌 상태로 씀")
    expert.get_by_role("button", name="요건 검토 의견 제출").click()
    expect(expert.get_by_role("heading", name="비전 인코더")).to_contain_text("미충족 1")
    expect(expert.get_by_text("추가 학습을 했다는 해명입니다.")).to_have_count(0)
    assert Finding.objects.latest("pk").component == "비전 인코더"

    official = opens("official-1")
    official.goto(thing(story.entry("b")))
    expect(official.get_by_role("heading", name="비전 인코더")).to_contain_text("미충족 3")
    expect(official.get_by_role("heading", name="음성 인코더")).to_contain_text("반영할 신고 없음")
    expect(official.locator("del")).to_contain_text("추가 학습을 했다는 해명입니다.")
