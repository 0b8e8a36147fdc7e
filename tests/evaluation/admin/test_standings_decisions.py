"""Decisions while a round is scored that move its standings: the difference is seen by both officials, and recorded."""

import pytest
from django.db import transaction
from django.http import HttpResponse

from consortia.models import Programme
from core.ledger.naming import named
from core.models import Decision, Event
from evaluation.models import Sheet, TieBreak
from evaluation.operations.entries import withdraw
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import Story, told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db

TIED = {"a": 90, "b": 90, "c": 70, "d": 60, "e": 50}
ORDER = {"place_1": "b", "place_2": "a", "reason": "발표평가 우위"}
MARKS = {"comment": "", "reason": "옮겨 적은 오기"}


@pytest.fixture
def tied() -> Story:
    """a and b share the first rank across the one seat; every gate is passed."""
    return told(seats=1).open().score_all(TIED)


@pytest.fixture
def scored() -> Story:
    """a leads with 90 and takes the one seat before b with 80; experts gave each team 35."""
    return told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})


def text(answer: HttpResponse) -> str:
    return " ".join(said(answer).split())


def reads(story: Story, person: str, *verbs: str) -> list[str]:
    """The changes that somebody's reading leaves."""
    return [f"core_event I {story.people[person].username} {verb}" for verb in verbs]


def test_an_order_of_tied_teams_is_seen_by_who_prepares_it_without_a_reason(tied: Story):
    with written() as changes:
        shown = text(press(tied, "official-1", "break_tie", tied.round, **ORDER | {"reason": ""}, foresee="1"))
    assert changes == reads(tied, "official-1", "see_standings")
    assert Event.objects.latest("pk").facts == {"snapshot": None}
    for words in (
        "결과가 바뀌는 팀: <b>팀 b, 팀 a</b>",
        "이대로 진출하는 팀: <b>팀 b</b>",
        '<del>1</del> <span aria-hidden="true">→</span> <ins>2</ins>',
        "결정 후",
        '<option value="b" selected>',
    ):
        assert words in shown, words
    assert not Decision.objects.filter(verb="break_tie").exists()


def test_whoever_approves_the_order_sees_who_moves_and_who_advances(tied: Story):
    press(tied, "official-1", "break_tie", tied.round, **ORDER)
    decision = Decision.objects.latest("pk")
    for person, address in (("official-2", page("approve", decision)), ("auditor-1", thing(decision))):
        with written() as changes:
            shown = text(signed_in(tied, person).get(address))
        assert changes == reads(tied, person, "see_standings")
        for words in (
            "순서: 팀 b → 팀 a" if person == "official-2" else "<dd>팀 b → 팀 a</dd>",
            "미리 본 결과",
            "결과가 바뀌는 팀: <b>팀 b, 팀 a</b>",
            "이대로 진출하는 팀: <b>팀 b</b>",
            '<span class="s-badge s-off">미정</span></del>',
            '<ins><span class="s-badge s-good">진출</span></ins>',
            '<ins><span class="s-badge s-off">탈락</span></ins>',
        ):
            assert words in shown, words
    press(tied, "official-2", "approve", decision)
    assert TieBreak.objects.get().order == ["b", "a"]
    with unchanged():
        assert "미리 본 결과" not in said(signed_in(tied, "official-2").get(thing(decision)))


def test_an_order_that_changes_nothing_says_so(tied: Story):
    press(tied, "official-1", "break_tie", tied.round, **ORDER)
    press(tied, "official-2", "approve", Decision.objects.latest("pk"))
    shown = said(press(tied, "official-1", "break_tie", tied.round, **ORDER, foresee="1"))
    assert "이 순서로는 순위와 결과가 하나도 바뀌지 않습니다." in shown


def test_why_an_order_could_not_be_given_any_more(tied: Story):
    """Team b withdraws before the second official looks: nobody is tied with team a, and nothing was seen."""
    press(tied, "official-1", "break_tie", tied.round, **ORDER)
    withdraw(tied.entry("b"), reason="철회", actor=tied.actor("official-1"), now=tied.now)
    decision = Decision.objects.latest("pk")
    for address in (thing(decision), page("approve", decision)):
        with unchanged():
            shown = text(signed_in(tied, "official-2").get(address))
        assert "이대로는 순서를 정할 수 없습니다. 동점인 팀이 아닙니다." in shown
        assert "이대로 진출하는 팀" not in shown


def sheet(story: Story) -> Sheet:
    return Sheet.objects.get(entry=story.entry("a"), account=story.people["expert-1"])


def points(story: Story, figure: str) -> dict[str, str]:
    return {f"points_{story.criterion('expert').pk}": figure, **MARKS}


def test_a_sheet_put_right_is_seen_with_its_marks_and_the_standings(scored: Story):
    form = press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5"), foresee="1")
    press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5"))
    decision = Decision.objects.latest("pk")
    pages = [text(form)]
    for person, address in (("official-2", page("approve", decision)), ("auditor-1", thing(decision))):
        with written() as changes:
            pages.append(text(signed_in(scored, person).get(address)))
        assert changes == reads(scored, person, "see_marks", "see_standings")
    for shown in pages:
        for words in (
            '<td class="s-num">35 / 35</td><td class="s-num"><b>20.5</b></td>',
            "<del>90.0</del>",
            "<ins>75.5</ins>",
            "결과가 바뀌는 팀: <b>팀 b, 팀 a</b>",
            "이대로 진출하는 팀: <b>팀 b</b>",
            "정정 후",
        ):
            assert words in shown, words
    assert "expert: 35 → 20.5" in pages[1]


def test_the_list_says_how_much_is_put_right_and_shows_no_mark(scored: Story):
    press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5") | {"comment": "덧붙임"})
    with unchanged():
        shown = said(signed_in(scored, "official-2").get(listing(Decision)))
    assert "정정: 2건" in shown
    assert "20.5" not in shown


@pytest.mark.parametrize("invented", ["test", "other"])
def test_the_page_bears_the_mark_of_its_own_programme_alone(scored: Story, invented: str):
    """A sheet is of a programme by its team and round: another's invented figures are none of its own."""
    told("other")
    press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5"))
    decision = Decision.objects.latest("pk")
    with transaction.atomic(), named(actor="test", verb="test"):
        Programme.objects.filter(code=invented).update(illustrative=True)
    for address in (thing(decision), page("approve", decision)):
        marked = '<p class="s-mark"><b>예시</b> 시험 사업' in said(signed_in(scored, "official-2").get(address))
        assert marked == (invented == "test")


def test_the_marks_stay_in_the_words_and_whoever_reads_them_later_is_recorded(scored: Story):
    press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5"))
    decision = Decision.objects.latest("pk")
    press(scored, "official-2", "approve", decision)
    with written() as changes:
        shown = said(signed_in(scored, "auditor-1").get(thing(decision)))
    assert changes == reads(scored, "auditor-1", "see_marks")
    assert ("35 → 20.5" in shown, "미리 본 결과" in shown) == (True, False)


def test_a_comment_alone_moves_nothing(scored: Story):
    given = points(scored, "35") | {"comment": "덧붙임"}
    shown = text(press(scored, "official-1", "replace_sheet", sheet(scored), **given, foresee="1"))
    assert '<td class="s-num">35 / 35</td><td class="s-num"><small>그대로</small></td>' in shown
    assert "이 평가표를 정정해도 총점, 순위, 결과가 하나도 바뀌지 않습니다." in shown


@pytest.mark.parametrize("foresee", [{}, {"foresee": "1"}])
def test_what_cannot_be_put_right_cannot_be_looked_at(scored: Story, foresee: dict[str, str]):
    with written() as changes:
        answer = press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "35"), **foresee)
    assert changes == reads(scored, "official-1", "see_marks"), "the form shows the marks as they were handed in"
    assert (answer.status_code, "정정할 것을 적어야 합니다." in said(answer)) == (400, True)


def test_why_a_sheet_could_not_be_put_right_any_more(scored: Story):
    press(scored, "official-1", "replace_sheet", sheet(scored), **points(scored, "20.5"))
    scored.announce()
    decision = Decision.objects.get(verb="replace_sheet")
    with written() as changes:
        shown = text(signed_in(scored, "official-2").get(thing(decision)))
    assert changes == reads(scored, "official-2", "see_marks")
    assert "이대로는 정정할 수 없습니다. 결과를 이미 발표했습니다." in shown
