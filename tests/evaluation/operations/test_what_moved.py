"""Of a correction with several items, a comparison names those that moved a fact when they were done in turn."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.admin.foreseen import correction_shown
from evaluation.models import Correction
from evaluation.operations.examining import compare_snapshots
from evaluation.operations.figures import record_measurements, record_points, record_responses
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear, ShareOfBest
from evaluation.states import VacancyRule
from tests.appeals.after import contested
from tests.evaluation.operations.corrections import corrected, gate, points, responses, sheet, value
from tests.evaluation.panelled import panelled
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db


def moved(story: Story, first: int = 1, last: int = 2) -> dict[str, dict[str, list[int]]]:
    """Team -> fact -> the numbers of the inputs that moved it."""
    found = compare_snapshots(story.round, before=first, after=last, actor=story.actor("official-1"), now=NOW)
    return {row.after.team: {shift.key: list(shift.by) for shift in row.shifts} for row in found.rows if row.shifts}


def marked(story: Story, team: str, marks: Mapping[str, int]) -> None:
    """A sheet of one mark by each expert."""
    for person, mark in marks.items():
        given = {story.criterion("expert"): Decimal(mark)}
        who = {"person": story.people[person], "actor": story.actor(person)}
        submit_sheet(story.entry(team), points=given, now=NOW, **who)


def test_a_rank_is_lost_by_another_team_s_figure_though_the_team_s_own_changed_too():
    story = told(teams="ab").open().score_all({"a": 30, "b": 30}).announce()
    corrected(story, points("a", "31"), points("b", "39"))
    assert moved(story) == {
        "a": {"total": [1], "score:bench": [1], "rank": [2]},
        "b": {"total": [2], "score:bench": [2]},
    }


def test_a_relative_score_moves_with_the_best_and_not_with_a_sheet_of_the_team():
    criteria = (
        Rule("expert", Decimal(60), source="sheets", aggregate="trimmed_mean", quorum=3),
        Rule("user", Decimal(40), source="responses", scale=ShareOfBest()),
    )
    story = told(teams="ab", criteria=criteria).open()
    official = {"actor": story.actor("official-1"), "now": NOW}
    for team, batches in (("a", {"right": 20}), ("b", {"right": 20, "wrong": 60})):
        marked(story, team, {"expert-1": 10, "expert-2": 20, "expert-3": 30})
        for batch, mark in batches.items():
            given = {"criterion": story.criterion("user"), "marks": [Decimal(mark)], "batch": batch}
            record_responses(story.entry(team), **given, **official)
        story.judge(team)
    story.announce()
    replaced = {"replace_sheet": {"person": "expert-1", "team": "a", "points": {"expert": "15"}}}
    corrected(story, replaced, responses("b", "wrong"))
    assert moved(story) == {"a": {"total": [2], "score:user": [2], "rank": [2]}}


def test_a_score_moves_by_inputs_of_its_own_source():
    criteria = (
        Rule("direct", Decimal(20), source="direct"),
        Rule("bench", Decimal(30), source="measurements", aggregate="sum", scale=Linear(Fraction(1))),
        Rule("expert", Decimal(50), source="sheets", quorum=2),
    )
    story = told(teams="a", seats=1, criteria=criteria).open()
    official = {"actor": story.actor("official-1"), "now": NOW}
    record_points(story.entry("a"), criterion=story.criterion("direct"), points=Decimal(10), **official)
    measured = {"criterion": story.criterion("bench"), "values": {"m1": Decimal(20)}, "run": "1"}
    record_measurements(story.entry("a"), **measured, **official)
    marked(story, "a", {"expert-1": 30, "expert-2": 40, "expert-3": 50})
    story.judge("a")
    story.announce()
    corrected(story, sheet("expert-1", "a"), value("a", "m1", "25"), points("a", "12", "direct"))
    assert moved(story) == {
        "a": {"total": [1, 2, 3], "score:expert": [1], "score:bench": [2], "score:direct": [3]},
    }


def test_an_outcome_that_a_rank_decides_is_not_put_down_to_a_gate():
    story = panelled().announce()
    corrected(story, sheet("expert-5", "b"), gate("a", "failed"))
    assert moved(story) == {
        "a": {"rank": [1], "outcome": [1], "gate:originality": [2]},
        "b": {"rank": [1], "outcome": [1], "total": [1], "score:expert": [1]},
    }


def test_who_is_promoted_for_a_failed_gate_is_not_by_a_figure_that_moves_nothing_else():
    story = contested("abcd", failed="", vacancy=VacancyRule.PROMOTE)
    corrected(story, gate("a", "failed"), points("d", "39"))
    assert moved(story) == {
        "a": {"outcome": [1], "gate:originality": [1]},
        "c": {"outcome": [1]},
        "d": {"total": [2], "score:bench": [2]},
    }


def test_what_items_moved_is_kept_with_the_correction_and_shown_on_its_page():
    story = contested("abc", failed="")
    made = corrected(story, points("c", "35"), points("c", "30"))
    assert made.moves == {"c": {"total": [1, 2], "score:bench": [1, 2]}}
    shown = correction_shown(made)
    assert "<td>1, 2</td>" in shown


def test_of_a_correction_in_which_nobody_looked_every_item_is_named():
    made = Correction(items=[points("a", "1"), points("b", "2")], moves=None)
    assert made.moving("c", "rank") == [1, 2]
