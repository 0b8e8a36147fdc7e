"""Robustness and comparison of a real round, and notes on sheets that stand out."""

from decimal import Decimal

import pytest

from core.models import Event
from evaluation.models import SheetNote
from evaluation.models.correction import teams_of
from evaluation.operations.examining import compare_snapshots, note_sheet, see_robustness
from evaluation.operations.figures import record_responses
from evaluation.queries import robustness as bounds
from evaluation.queries.between import Cause
from evaluation.rules.robustness import LeftOut, Margin
from tests.appeals.after import DAY
from tests.evaluation.operations.corrections import corrected, points, responses, sheet
from tests.evaluation.panelled import panelled, sheet_of, sits_on_the_panel
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return panelled()


def seen(story: Story, seed: int = 1, person: str = "official-1"):
    return see_robustness(story.round, seed=seed, actor=story.actor(person), now=story.now)


def test_how_robust_the_result_is(story: Story):
    found = seen(story)
    assert found.margin == Margin("a", "b", Decimal("3.8"))
    assert found.left_out is not None
    assert [each for each in found.left_out if each.moved] == [
        LeftOut("expert-5", {"a": (1, 2), "b": (2, 1)}, in_=("b",), out=("a",))
    ]
    assert [(each.team, each.person, each.median) for each in found.outliers or ()] == [("b", "expert-5", 26)]
    assert [each.person for each in found.raters or ()] == [f"expert-{number}" for number in (1, 2, 3, 4, 5)]
    assert [(each.criterion, each.teams) for each in found.agreements or ()] == [("expert", 3)]


def test_the_same_seed_draws_the_same(story: Story):
    found = seen(story, seed=7)
    assert found.draws == bounds.DRAWS
    assert found == seen(story, seed=7)
    assert found.intervals is not None
    assert (found.intervals["a"].least, found.intervals["b"].most, found.intervals["c"].least) == (1, 2, 3)
    assert found.intervals != seen(story, seed=8).intervals


def test_only_the_reading_is_written(story: Story):
    with written() as changes:
        seen(story, person="auditor-1")
    assert changes == ["core_event I test.auditor-1 see_robustness"]
    assert Event.objects.get(verb="see_robustness").facts == {"seed": 1, "draws": 400}


def test_long_work_is_bounded(story: Story, monkeypatch: pytest.MonkeyPatch):
    """The bounds are lowered; what lies beyond them is left out and told as None."""
    monkeypatch.setattr(bounds, "MOST_CELLS", 5)
    monkeypatch.setattr(bounds, "MOST_MARKS", 5)
    found = seen(story)
    assert (found.draws, found.intervals, found.left_out, found.raters) == (0, None, None, None)
    assert (found.agreements, found.outliers, found.margin) == (None, None, Margin("a", "b", Decimal("3.8")))


def note(story: Story, text: str = "확인함", who: str = "official-1", **of: str) -> SheetNote:
    return note_sheet(sheet_of(story, **of), text=text, actor=story.actor(who), now=story.now)


def test_a_note_stands_on_the_sheet_and_is_recorded(story: Story):
    before = seen(story)
    made = note(story, "  확인함 ")
    assert (made.text, made.by, made.sheet) == ("확인함", story.people["official-1"], sheet_of(story))
    assert Event.objects.get(verb="note_sheet").facts == {"text": "확인함"}
    assert seen(story).totals == before.totals
    with unchanged():
        assert note(story, "확인함") == made


def test_notes_that_are_refused(story: Story):
    with refused("inadmissible"):
        note(story, team="a", person="expert-1")
    with refused("incomplete"):
        note(story, " ")
    for person in ("auditor-1", "expert-5", "operator-1", "a-lead"):
        with refused("not_allowed"):
            note(story, who=person)
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        note(story)


def test_nobody_of_the_panel_sees_the_robustness(story: Story):
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        seen(story)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            seen(story, person=person)


def compared(story: Story, before: int, after: int, person: str = "official-1"):
    return compare_snapshots(story.round, before=before, after=after, actor=story.actor(person), now=story.now)


@pytest.fixture
def thrice(story: Story) -> Story:
    """Announced, then corrected twice: two inputs, then a sheet."""
    story.announce()
    named = {"set_name": {"team": "c", "language": "ko", "name": "바른 이름"}}
    corrected(story, points("a", "29.5"), points("c", "21"), named)
    corrected(story, sheet("expert-5", "b"), now=NOW + 2 * DAY)
    return story


def whose(cause: Cause) -> str:
    """The team whose input it was, or teams."""
    return "".join(sorted(teams_of(cause.item)))


def test_what_moved_between_two_snapshots_and_which_inputs_moved_it(thrice: Story):
    found = compared(thrice, 1, 3)
    assert [(each.number, next(iter(each.item)), whose(each)) for each in found.causes] == [
        (1, "set_points", "a"),
        (2, "set_points", "c"),
        (3, "set_name", "c"),
        (4, "exclude_sheet", "b"),
    ]
    told = {
        row.after.team: {shift.key: (shift.before, shift.after, list(shift.by)) for shift in row.shifts}
        for row in found.rows
    }
    assert told["b"] == {
        "rank": ("2", "1", [4]),
        "total": ("71.2", "76.0", [4]),
        "outcome": ("eliminated", "advanced", [4]),
        "score:expert": ("21.2", "26.0", [4]),
    }
    # Team a lost its place by what was corrected of team b.
    assert told["a"]["rank"] == ("1", "2", [4])
    assert told["a"]["score:bench"] == ("30.0", "29.5", [1])
    assert told["c"] == {
        "name": ("팀 c", "바른 이름", [3]),
        "total": ("45.2", "46.2", [2]),
        "score:bench": ("20.0", "21.0", [2]),
    }


def test_responses_taken_out_move_their_own_criterion(story: Story):
    facts = {"criterion": story.criterion("user"), "marks": [Decimal(2)], "batch": "wrong"}
    record_responses(story.entry("c"), actor=story.actor("official-1"), now=NOW, **facts)
    story.announce()
    corrected(story, points("c", "21"), responses("c", "wrong"))
    (row,) = (row for row in compared(story, 1, 2).rows if row.shifts)
    assert {shift.key: (shift.before, shift.after, list(shift.by)) for shift in row.shifts} == {
        "total": ("43.2", "46.2", [1, 2]),
        "score:bench": ("20.0", "21.0", [1]),
        "score:user": ("8.0", "10.0", [2]),
    }


def test_two_snapshots_next_to_each_other(thrice: Story):
    found = compared(thrice, 2, 3, person="auditor-1")
    assert [(each.number, whose(each)) for each in found.causes] == [(1, "b")]
    assert [row.after.team for row in found.rows if row.shifts] == ["b", "a"]
    assert Event.objects.get(verb="compare_snapshots").facts == {"before": 2, "after": 3}


def test_snapshots_that_are_not_there_and_people_who_may_not(thrice: Story):
    for before, after in ((0, 1), (1, 4), (4, 5), (2, 2), (3, 1)):
        with refused("unknown"):
            compared(thrice, before, after)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            compared(thrice, 1, 2, person)


def test_queries_do_not_grow(thrice: Story, django_assert_num_queries):
    few = panelled(teams="a", code="few")
    for each in (few, thrice):
        with django_assert_num_queries(17):
            seen(each)
    for after in (2, 3):
        with django_assert_num_queries(9):
            compared(thrice, 1, after)
