"""Operations on a team in a round, by their pages: who may, what changes, and what a refusal shows."""

import re
from decimal import Decimal
from typing import Any

import pytest

from core.admin.fields import NO_FIGURE
from core.models import Decision, Event
from evaluation.models import Answer, ConflictDeclaration, DirectPoints, Document, Enquiry, Finding, Sheet
from evaluation.operations.papers import ask
from evaluation.rules.criteria import Criterion as Rule
from tests.clicking import page, press, said, signed_in, thing
from tests.sheeted import cleared
from tests.story import CRITERIA, Story, told
from tests.typed import NO_FIGURES
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told().open()


def forms(story: Story) -> dict[str, tuple[str, dict[str, Any]]]:
    """Verb -> who may, and what is typed."""
    expert = story.criterion("expert").pk
    return {
        "record_points": ("official-1", {"criterion": "bench", "points": "33.65"}),
        "record_responses": ("official-1", {"criterion": "user", "marks": "20, 21\n22.5"}),
        "file_document": ("official-1", {"kind": "보고서", "title": "기술 보고서"}),
        "ask": ("official-1", {"code": "q1", "text": "외부 가중치를 써도 됩니까?"}),
        "declare_conflict": (
            "official-1",
            {"person": story.people["expert-1"].pk, "kind": "mutual", "reason": "서로 평가함"},
        ),
        "submit_sheet": ("expert-1", {f"points_{expert}": "31.5", "comment": "좋음"}),
        "find": ("expert-1", {"gate": "originality", "finding": "not_met", "reason": "그대로 씀", "component": ""}),
        "withdraw": ("official-1", {"reason": "사업 포기"}),
    }


VERBS = (
    "record_points",
    "record_responses",
    "file_document",
    "ask",
    "declare_conflict",
    "submit_sheet",
    "find",
    "withdraw",
)


@pytest.mark.parametrize("verb", VERBS)
def test_the_page_shows_its_form_and_does_its_one_operation(story: Story, verb: str):
    person, given = forms(story)[verb]
    entry = story.entry("b")
    shown = signed_in(story, person).get(page(verb, entry))
    assert shown.status_code == 200
    answer = press(story, person, verb, entry, **given)
    assert answer.status_code == 302, said(answer)
    event = Event.objects.filter(verb=verb).get()
    assert event.actor == f"test.{person}"


OTHERS = ("official-1", "expert-1", "auditor-1", "operator-1", "reviewer-1", "a-lead")


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_may(story: Story, verb: str):
    entry = story.entry("b")
    may = {"submit_sheet": {"expert-1"}, "find": {"expert-1"}, "declare_conflict": {"official-1", "expert-1"}}
    given = forms(story)[verb][1]
    for person in OTHERS:
        if person in may.get(verb, {"official-1"}):
            continue
        with unchanged():
            answer = press(story, person, verb, entry, **given)
        expected = 404 if person in {"operator-1", "reviewer-1", "a-lead"} else 403
        assert answer.status_code == expected, (person, verb)


def test_points_are_entered_exactly(story: Story):
    press(story, "official-1", "record_points", story.entry("b"), criterion="bench", points="33.65")
    row = DirectPoints.objects.get()
    assert (row.entry.team.code, row.criterion.code, row.points) == ("b", "bench", Decimal("33.65"))
    assert row.by == story.people["official-1"]


def test_a_refusal_is_shown_beside_what_was_typed(story: Story):
    with unchanged():
        answer = press(story, "official-1", "record_points", story.entry("b"), criterion="bench", points="40.1")
    assert answer.status_code == 400
    assert "결과가 0점에서 40점 사이를 벗어납니다." in said(answer)
    assert 'value="40.1"' in said(answer)


@pytest.mark.parametrize("typed", NO_FIGURES)
def test_points_that_are_no_figure(story: Story, typed: str):
    with unchanged():
        answer = press(story, "official-1", "record_points", story.entry("b"), criterion="bench", points=typed)
    assert (answer.status_code, str(NO_FIGURE) in said(answer)) == (400, True)


def test_points_of_many_places_are_kept_to_the_last(story: Story):
    typed = "0.00000000000000000001"
    press(story, "official-1", "record_points", story.entry("b"), criterion="bench", points=typed)
    assert f"{DirectPoints.objects.get().points:f}" == typed


def test_measurements_are_lines_of_name_and_value():
    criteria = (Rule("bench", Decimal(40), source="measurements", aggregate="mean"), *CRITERIA[1:])
    story = told(criteria=criteria).open()
    entry = story.entry("a")
    with unchanged():
        answer = press(story, "official-1", "record_measurements", entry, criterion="bench", values="MMLU 30", run="")
    assert "1번째 줄: 이름=값으로 적어야 합니다." in said(answer)
    with unchanged():
        answer = press(story, "official-1", "record_measurements", entry, criterion="bench", values="a=1\nb=x", run="")
    assert f"2번째 줄: x — {NO_FIGURE}" in said(answer)
    for typed in NO_FIGURES:
        with unchanged():
            answer = press(story, "official-1", "record_measurements", entry, criterion="bench", values=f"a={typed}")
        assert (answer.status_code, str(NO_FIGURE) in said(answer)) == (400, True), typed
    answer = press(story, "official-1", "record_measurements", entry, criterion="bench", values="a=30\nb=41", run="r1")
    assert answer.status_code == 302
    values = dict(entry.measurements.values_list("name", "value"))
    assert values == {"a": Decimal(30), "b": Decimal(41)}


def test_an_id_that_is_known_is_told_to_have_changed_nothing(story: Story):
    entry, given = story.entry("a"), {"criterion": "user", "batch": "b1"}
    press(story, "official-1", "record_responses", entry, marks="5", **given)
    client = signed_in(story, "official-1")
    with unchanged():
        answer = client.post(page("record_responses", entry), {"marks": "9 8", **given}, follow=True)
    assert "팀 a · user: 이미 넣은 묶음 번호입니다(b1). 바뀐 것이 없습니다." in said(answer)
    assert "개를 넣었습니다" not in said(answer)


def test_a_sheet_has_a_field_for_each_criterion_with_its_most(story: Story):
    cleared(story, "expert-1")
    expert = story.criterion("expert")
    shown = said(signed_in(story, "expert-1").get(page("submit_sheet", story.entry("b"))))
    assert f'name="points_{expert.pk}"' in shown
    assert "35점 만점" in shown
    press(story, "expert-1", "submit_sheet", story.entry("b"), **{f"points_{expert.pk}": "31.5", "comment": "좋음"})
    sheet = Sheet.objects.get()
    assert (sheet.account, sheet.comment) == (story.people["expert-1"], "좋음")
    assert sheet.marks.get().points == Decimal("31.5")


def test_a_sheet_is_kept_and_gone_on_with(story: Story):
    cleared(story, "expert-1", "expert-2")
    entry, field = story.entry("b"), f"points_{story.criterion('expert').pk}"
    form = page("submit_sheet", entry)
    with unchanged():
        assert press(story, "expert-1", "submit_sheet", entry, keep="1", **{field: "35.1"}).status_code == 400
    answer = press(story, "expert-1", "submit_sheet", entry, keep="1", comment="쓰는 중", **{field: "31.50"})
    assert (answer.status_code, answer["Location"]) == (302, form)
    assert (
        press(story, "expert-1", "submit_sheet", entry, keep="1", comment="쓰는 중", **{field: ""}).status_code == 302
    )
    press(story, "expert-1", "submit_sheet", entry, keep="1", comment="쓰는 중", **{field: "31.50"})
    again = said(signed_in(story, "expert-1").get(form))
    assert all(words in again for words in ('value="31.50"', "쓰는 중", "임시저장한 내용입니다"))
    assert "1/1 항목" in said(signed_in(story, "expert-1").get(thing(story.round)))
    assert "31.50" not in said(signed_in(story, "expert-2").get(form))
    beside = said(signed_in(story, "official-1").get(thing(entry)))
    assert "작성 중" in beside
    assert "31.5" not in beside
    assert press(story, "expert-1", "submit_sheet", entry, comment="좋음", **{field: "31.50"}).status_code == 302
    assert "작성 중" not in said(signed_in(story, "official-1").get(thing(entry)))


def test_a_sheet_is_put_right_by_two_officials(story: Story):
    entry, expert = story.entry("b"), story.criterion("expert")
    field = f"points_{expert.pk}"
    press(story, "expert-1", "submit_sheet", entry, comment="좋음", **{field: "31.5"})
    sheet = Sheet.objects.get()
    typed = {"comment": "좋음", "reason": "오기", field: "13.5"}
    with written() as changes:
        answer = press(story, "official-1", "replace_sheet", sheet, **typed | {field: "31.5"})
    assert "정정할 것을 적어야 합니다." in said(answer)
    assert changes == ["core_event I test.official-1 see_marks"], "but that he was shown the marks"
    press(story, "official-1", "replace_sheet", sheet, **typed)
    decision = Decision.objects.latest("pk")
    assert "31.5 → 13.5" in said(signed_in(story, "official-2").get(thing(decision)))
    press(story, "official-2", "approve", decision)
    assert [str(each.marks.get().points) for each in Sheet.objects.order_by("pk")] == ["31.5", "13.5"]
    assert "정정하여 반영" in said(signed_in(story, "expert-1").get(thing(Sheet.objects.latest("pk"))))
    assert "제외" in said(signed_in(story, "expert-1").get(thing(sheet)))


@pytest.mark.parametrize("expert", ["expert-4", "expert-5"])
def test_a_conflicted_or_unknown_expert_is_told_why(story: Story, expert: str):
    entry = story.entry("a")
    field = f"points_{story.criterion('expert').pk}"
    with unchanged():
        answer = press(story, expert, "submit_sheet", entry, **{field: "30", "comment": ""})
    assert answer.status_code == 400
    assert "이해관계" in said(answer)


def test_an_expert_off_the_panel_does_not_find_the_entry(story: Story):
    assert signed_in(story, "expert-6").get(page("submit_sheet", story.entry("a"))).status_code == 404


def test_an_expert_declares_for_himself_alone(story: Story):
    other = story.people["expert-2"].pk
    with unchanged():
        answer = press(story, "expert-1", "declare_conflict", story.entry("b"), person=other, kind="other", reason="x")
    assert answer.status_code == 400
    own = story.people["expert-1"].pk
    press(story, "expert-1", "declare_conflict", story.entry("b"), person=own, kind="other", reason="자문")
    row = ConflictDeclaration.objects.get()
    assert (row.account.code, row.team.code, row.kind, row.reason) == ("expert-1", "b", "other", "자문")


def test_papers_and_findings_keep_what_was_typed(story: Story):
    for verb in ("file_document", "find"):
        person, given = forms(story)[verb]
        press(story, person, verb, story.entry("b"), **given)
    paper, finding = Document.objects.get(), Finding.objects.get()
    assert (paper.kind, paper.title, paper.late) == ("보고서", "기술 보고서", False)
    assert (finding.finding, finding.reason) == ("not_met", "그대로 씀")


def test_an_enquiry_is_answered_once(story: Story):
    official = story.actor("official-1")
    enquiry = ask(story.entry("a"), code="q1", text="질문", actor=official, now=story.now)
    assert press(story, "official-2", "answer", enquiry, text="됩니다.").status_code == 302
    assert Answer.objects.get().text == "됩니다."
    with unchanged():
        again = press(story, "official-1", "answer", Enquiry.objects.get(), text="안 됩니다.")
    assert "이미 답변한 질의입니다" in said(again)


def test_withdrawing_asks_for_a_reason(story: Story):
    with unchanged():
        assert press(story, "official-1", "withdraw", story.entry("c"), reason=" ").status_code == 400
    press(story, "official-1", "withdraw", story.entry("c"), reason="포기")
    assert story.entry("c").withdrawal_reason == "포기"


def test_before_the_round_opens_an_input_is_barred_with_the_reason():
    story = told()
    with unchanged():
        answer = press(story, "official-1", "record_points", story.entry("b"), criterion="bench", points="1")
    assert "평가가 아직 시작되지 않았습니다." in said(answer)
    address, button = page("record_points", story.entry("b")), '<button type="submit" class="s-op s-primary" disabled>'
    assert button in said(signed_in(story, "official-1").get(address))
    story.open()
    assert button not in said(signed_in(story, "official-1").get(address))


def test_teams_are_numbered_from_one():
    story = told()
    listed = said(signed_in(story, "official-1").get("/admin/evaluation/entry/"))
    places = re.findall(r"field-place[^>]*>\s*(?:<[^>]*>\s*)*(\d+)", listed)
    assert places == ["1", "2", "3", "4", "5"]
