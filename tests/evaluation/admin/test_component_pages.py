"""Declaring components in the panel: by officials and by a team's own people; what each reader sees of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from evaluation.models import ComponentDeclaration, Document
from evaluation.operations.components import declare_component
from evaluation.operations.drafting import Named
from evaluation.operations.gates import find
from evaluation.operations.papers import file_document
from evaluation.states import FindingValue, Origin
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.later import later_round
from tests.sheeted import cleared
from tests.story import NOW, Story, today, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
NAME, STATEMENT = "비전 인코더", "공개 모델 V의 인코더를 프로즌 상태로 씀"
TYPED = {"gate": "", "component": NAME, "origin": "frozen", "statement": STATEMENT}


@pytest.fixture
def story() -> Story:
    """Evidence is taken for another day; teams a and b have handed in a paper each."""
    story = told(teams="ab", seats=1, evidence_closes=today() + timedelta(days=1)).open()
    for team in "ab":
        paper(story, team)
    return story


def paper(story: Story, team: str, title: str = "", **given: Any) -> Document:
    facts = {"actor": story.actor("official-1"), "now": NOW} | given
    return file_document(story.entry(team), kind="보고서", title=title or f"{team}팀 기술 보고서", **facts)


def declare(story: Story, person: str, subject: Any, **typed: Any) -> HttpResponse:
    return press(story, person, "declare_component", subject, **TYPED | {"gate": story.gate.pk} | typed)


def declared(story: Story, team: str = "b", **given: Any) -> ComponentDeclaration:
    words = {"gate": story.gate, "component": NAME, "origin": Origin.FROZEN, "statement": STATEMENT, "now": NOW}
    return declare_component(story.entry(team), actor=story.actor(f"{team}-lead"), **words | given)


def shown(story: Story, person: str, subject: Any) -> str:
    return said(signed_in(story, person).get(thing(subject)))


def test_a_team_declares_from_its_first_page_and_reads_what_it_declared(story: Story):
    team, own = story.teams["b"], Document.objects.get(team__code="b")
    first = said(signed_in(story, "b-lead").get("/admin/"))
    assert page("declare_component", team) in first
    assert "아직 신고한 것이 없습니다" in first
    form = said(signed_in(story, "b-lead").get(page("declare_component", team)))
    assert "b팀 기술 보고서" in form
    assert "a팀 기술 보고서" not in form
    assert "자료 제출 마감" in form
    answer = declare(story, "b-lead", team, papers=[own.pk])
    row = ComponentDeclaration.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, thing(row))
    assert (row.component, row.origin, row.statement, row.late) == (NAME, "frozen", STATEMENT, False)
    assert list(row.papers.all()) == [own]
    assert row.by == story.people["b-lead"]
    read = shown(story, "b-lead", row)
    assert all(words in read for words in (STATEMENT, "외부 가중치를 그대로 사용(프로즌)", thing(own)))
    assert thing(row) in said(signed_in(story, "b-lead").get("/admin/"))
    assert signed_in(story, "b-lead").get(thing(own)).status_code == 200
    again = said(signed_in(story, "b-lead").get(page("declare_component", team)))
    assert f'<option value="{NAME}">' in again


def test_an_official_declares_on_the_team_s_page_in_the_round(story: Story):
    entry = story.entry("a")
    assert page("declare_component", entry) in shown(story, "official-1", entry)
    assert declare(story, "official-1", entry).status_code == 302
    assert ComponentDeclaration.objects.get().entry == entry


def test_another_team_s_paper_is_no_choice_and_what_lacks_is_named(story: Story):
    strange = Document.objects.get(team__code="a")
    for typed in ({"papers": [strange.pk]}, {"origin": ""}, {"component": " "}, {"statement": ""}, {"gate": 0}):
        with unchanged():
            assert declare(story, "b-lead", story.teams["b"], **typed).status_code == 400


def test_who_reaches_it(story: Story):
    team, entry, row = story.teams["b"], story.entry("b"), declared(story)
    cleared(story, "expert-1")
    asked = {"page": page("declare_component", team), "thing": thing(row), "list": listing(ComponentDeclaration)}
    found = {
        person: [signed_in(story, person).get(address).status_code for address in asked.values()]
        for person in (
            "official-1",
            "b-lead",
            "a-lead",
            "auditor-1",
            "expert-1",
            "expert-5",
            "reviewer-1",
            "operator-1",
        )
    }
    assert found == {
        "official-1": [200, 200, 200],
        "b-lead": [200, 200, 200],
        "a-lead": [404, 404, 200],
        "auditor-1": [403, 200, 200],
        "expert-1": [404, 200, 200],
        "expert-5": [404, 404, 200],
        "reviewer-1": [404, 404, 403],
        "operator-1": [404, 404, 403],
    }
    assert NAME not in said(signed_in(story, "a-lead").get(listing(ComponentDeclaration)))
    with unchanged():
        assert declare(story, "a-lead", team).status_code == 404
        assert declare(story, "expert-1", entry).status_code == 403


def test_one_that_comes_late_is_said_to_and_stands_struck_with_the_reason():
    story = told(teams="ab", seats=1, evidence_closes=NOW).open()
    team = story.teams["b"]
    declared(story, now=NOW - timedelta(hours=1))
    assert "자료 제출 마감이 지났습니다" in said(signed_in(story, "b-lead").get(page("declare_component", team)))
    answer = signed_in(story, "b-lead").post(
        page("declare_component", team), TYPED | {"gate": story.gate.pk, "statement": "뒤늦은 해명"}, follow=True
    )
    reason = "자료 제출 마감(2026년 1월 15일(목) 14:00) 뒤에 접수되어 평가에 반영하지 않습니다."
    late = ComponentDeclaration.objects.latest("pk")
    assert reason in said(answer)
    for person, subject in (("official-1", story.entry("b")), ("b-lead", late), ("auditor-1", story.entry("b"))):
        read = shown(story, person, subject)
        assert "<del>외부 가중치를 그대로 사용(프로즌): 뒤늦은 해명</del>" in read
        assert all(words in read for words in (reason, "반영하지 않음", STATEMENT))
    assert "반영하지 않음" in said(signed_in(story, "b-lead").get("/admin/"))
    cleared(story, "expert-1")
    read = shown(story, "expert-1", story.entry("b"))
    assert STATEMENT in read
    assert "뒤늦은 해명" not in read
    assert signed_in(story, "expert-1").get(thing(late)).status_code == 404


def test_what_was_replaced_says_by_what(story: Story):
    first, second = declared(story), declared(story, statement="고친 내용", origin=Origin.FURTHER_TRAINED)
    read = shown(story, "b-lead", first)
    assert "뒤에 온 신고가 이 신고를 대신합니다." in read
    assert read.count(STATEMENT) == 2  # among its own fields, and below what replaced it
    assert thing(second) in read
    assert "대체된 앞의 신고 1건" in shown(story, "official-1", story.entry("b"))
    assert "대신합니다" not in shown(story, "b-lead", second)


@pytest.mark.parametrize("expert", ["expert-4", "expert-5"])
def test_a_conflicted_or_unknown_expert_reads_none(story: Story, expert: str):
    declared(story, "a")
    read = shown(story, expert, story.entry("a"))
    assert NAME not in read
    assert STATEMENT not in read
    assert "반영할 신고 없음" not in read
    assert NAME not in said(signed_in(story, expert).get(page("find", story.entry("a"))))


def test_a_conflict_that_came_after_a_finding_does_not_call_the_component_undeclared(story: Story):
    declared(story)
    find(
        story.entry("b"),
        gate=story.gate,
        person=story.people["expert-1"],
        finding=FindingValue.NOT_MET,
        reason="공개 가중치와 같음",
        component=NAME,
        actor=story.actor("expert-1"),
        now=NOW,
    )
    own = story.people["expert-1"].pk
    press(story, "expert-1", "declare_conflict", story.entry("b"), person=own, kind="other", reason="자문")
    read = shown(story, "expert-1", story.entry("b"))
    assert "공개 가중치와 같음" in read
    assert STATEMENT not in read
    assert "반영할 신고 없음" not in read


def test_an_expert_s_form_offers_the_declared_components_and_takes_any_other(story: Story):
    entry = cleared(story, "expert-1").entry("b")
    before = said(signed_in(story, "expert-1").get(page("find", entry)))
    assert '<option value="' + NAME not in before
    declared(story)
    declared(story, component="토크나이저", origin=Origin.EXTERNAL_CODE)
    form = said(signed_in(story, "expert-1").get(page("find", entry)))
    assert '<datalist id="component_offered"><option value="비전 인코더"></option><option value="토크나이저">' in form
    assert "팀이 신고한 구성 요소: 비전 인코더, 토크나이저." in form
    given = {"gate": "originality", "finding": "not_met", "reason": "그대로 씀"}
    for component in (NAME, "음성 인코더", ""):
        assert press(story, "expert-1", "find", entry, component=component, **given).status_code == 302
    assert sorted(entry.findings.values_list("component", flat=True)) == ["", NAME, "음성 인코더"]


def test_after_the_verdict_the_page_says_that_none_is_taken(story: Story):
    story.judge("b")
    gone = "신고를 받는 요건이 없습니다. 판정이 나왔거나 결과를 발표했습니다."
    assert gone in shown(story, "official-1", story.entry("b"))
    assert page("declare_component", story.teams["b"]) not in said(signed_in(story, "b-lead").get("/admin/"))
    with unchanged():
        assert declare(story, "b-lead", story.teams["b"]).status_code == 400
    assert gone not in shown(story, "official-1", story.entry("a"))


def test_of_two_rounds_each_gate_and_paper_names_its_own(story: Story):
    later = later_round(story, gates=[Named("safety", "안전성", "Safety")])
    facts = {"actor": story.actor("official-1"), "now": NOW}
    file_document(later.entries.get(), kind="계획서", title="2차 계획서", **facts)
    form = said(signed_in(story, "a-lead").get(page("declare_component", story.teams["a"])))
    for words in ("1차 단계평가 · 독자성", "2차 단계평가 · 안전성", "1차 단계평가 · a팀", "2차 단계평가 · 2차 계획서"):
        assert words in form
    assert "2차 계획서" not in said(signed_in(story, "official-1").get(page("declare_component", story.entry("a"))))
