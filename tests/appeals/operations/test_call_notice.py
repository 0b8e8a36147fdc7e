"""The notice of a call: its words, and how long it is public at least."""

import pytest

from appeals.verbs import AUTHORISE_CALL
from consortia.models import CallGuide, CallNotice, CallTemplate
from consortia.operations.guides import set_call_template, set_least_notice_days
from consortia.rules.notice import DECISION_RULE
from core.operations.decisions import approve, prepare
from tests.appeals.after import authorised, contested, opened, swept
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
TERMS = {
    "gpu": "B200 768장",
    "data": None,
    "designation": "K-AI 기업",
    "인력": "5명",
    "exceptions": [{"team": "x", "organisation": None, "line": "gpu", "reason": "GPU를 빌려주는 기업"}],
}


@pytest.fixture
def story() -> Story:
    return contested()


def laid_down(story: Story, text: str = "{사업명} {자리 수}", who: str = "official-1", **given) -> CallTemplate:
    return set_call_template(story.programme, text=text, actor=story.actor(who), now=NOW, **given)


def least(story: Story, days: int, who: str = "official-1", reason: str = "공고 규정") -> None:
    set_least_notice_days(story.programme, days=days, reason=reason, actor=story.actor(who), now=NOW)
    story.programme.refresh_from_db()


def test_a_call_opens_with_its_notice(story):
    call = opened(story, documents=["사업계획서"], terms=TERMS)
    notice = CallNotice.objects.get(call=call)
    assert notice.published_at == call.opened_at
    for said in (
        "시험 사업 추가 공모 공고",
        "1차 단계평가의 공석 발생에 따라",
        "1개 팀",
        "2026년 1월 27일(화) 00:00부터 2026년 2월 6일(금) 24:00까지 (공고 기간 10일)",
        "- 이번 단계에서 진출하지 못한 정예팀",
        "- GPU: B200 768장",
        "- 명칭: K-AI 기업",
        "- 인력: 5명",
        "- 예외: 팀 x, GPU (GPU를 빌려주는 기업)",
        "- 사업계획서",
        "이해관계가 없는 위원 전원",
        DECISION_RULE,
        "최초 공모의 조건을 그대로 따릅니다.",
    ):
        assert said in notice.text
    assert "데이터" not in notice.text
    assert "{" not in notice.text
    assert "단축" not in notice.text


def test_the_notice_follows_the_programmes_own_words(story):
    laid_down(story, "{사업명}: {최초 공모 조건}", first_conditions="GPU와 {데이터}")
    assert opened(story).notice.text == "시험 사업: GPU와 {데이터}\n"


def test_words_changed_after_the_authorisation_are_not_this_calls(story):
    laid_down(story, "처음 {사업명}")
    authorised(story)
    laid_down(story, "나중 {사업명}")
    swept(story.fresh().appeals_close_at)
    assert CallNotice.objects.get().text == "처음 시험 사업\n"


def test_words_changed_in_between_void_a_prepared_authorisation(story):
    arguments = {"call": "additional-1", "notice_days": 10}
    decision = prepare(
        AUTHORISE_CALL, story.round, actor=story.actor("official-1"), now=NOW, reason="공석", arguments=arguments
    )
    laid_down(story)
    assert approve(decision, actor=story.actor("official-2"), now=NOW).state == "void"


def test_a_template_is_laid_down_in_versions(story):
    with written() as changes:
        first = laid_down(story)
    assert (first.version, first.set_by) == (1, story.people["official-1"])
    assert changes == [
        f"{table} I test.official-1 set_call_template" for table in ("consortia_calltemplate", "core_event")
    ]
    with unchanged():
        assert laid_down(story) == first
    assert laid_down(story, "다른 {사업명}").version == 2


def test_what_is_refused_of_a_template(story):
    with refused("unknown") as caught:
        laid_down(story, "{사업명} {없는 것}")
    assert caught.value.facts["blanks"] == ["없는 것"]
    with refused("incomplete"):
        laid_down(story, " ")
    with refused("not_allowed"):
        laid_down(story, who="a-lead")


def test_a_shorter_notice_needs_a_reason_that_it_states(story):
    least(story, 20)
    with refused("incomplete"):
        authorised(story, notice_days=10)
    with refused("out_of_range"):
        authorised(story, notice_days=0)
    opened(story, notice_days=10, shortening_reason="재공모를 앞당기기 위함")
    assert "(최소 20일보다 단축한 사유: 재공모를 앞당기기 위함)" in CallNotice.objects.get().text
    assert CallGuide.objects.get().least_notice_days == 20


def test_as_long_as_the_least_needs_none(story):
    least(story, 20)
    authorised(story, notice_days=20)
    assert CallGuide.objects.get().shortening_reason == ""


def test_the_least_notice_is_changed_for_a_reason(story):
    with written() as changes:
        least(story, 20)
    assert changes == [
        "consortia_programme U test.official-1 set_least_notice_days",
        "core_event I test.official-1 set_least_notice_days",
    ]
    with unchanged():
        least(story, 20)
    with refused("incomplete"):
        least(story, 10, reason=" ")
    with refused("out_of_range"):
        least(story, 0)
    with refused("out_of_range"):
        least(story, 367)
    with refused("not_allowed"):
        least(story, 10, who="auditor-1")


def test_the_same_authorisation_again_is_the_same_with_its_documents_too(story):
    call = authorised(story, documents=["사업계획서", "사업계획서"])
    assert call.guide.documents == ["사업계획서"]
    assert authorised(story, documents=["사업계획서"]) == call
    with refused("duplicate"):
        authorised(story, documents=[])


@pytest.mark.parametrize(("documents", "code"), [([" "], "incomplete"), (["가" * 65], "out_of_range")])
def test_a_kind_of_paper_has_a_name(story, documents, code):
    with refused(code):
        authorised(story, documents=documents)
