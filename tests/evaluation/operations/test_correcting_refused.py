"""Corrections of an announced result, refused: each by its code, and that nothing changed."""

from decimal import Decimal

import pytest

from appeals.sweeps import sweep
from core.actors import machine
from evaluation.models import (
    Round,
)
from evaluation.operations.figures import record_measurements, record_points
from evaluation.operations.sheets import submit_sheet
from evaluation.verbs import ANNOUNCE
from tests.appeals.after import DAY, ENDS, contested
from tests.evaluation.operations.corrections import CRITERIA, corrected, gate, measured, points, sheet, value
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """a advances with 90, b fails the gate with 80, c is eliminated with 70; two seats."""
    return contested()


def test_bounds_are_those_of_the_whole_batch():
    """Two values may change places though one of them alone would be too much."""
    story = measured()
    with refused("out_of_range"):
        corrected(story, value("a", "m1", "30"))
    made = corrected(story, value("a", "m1", "30"), value("a", "m2", "10"))
    assert made.after.rows.get(entry__team__code="a").scores["bench"] == "40.0"


def test_a_sheet_set_aside_may_not_raise_a_result_beyond_its_points():
    """(40 + 40) / 2 x 3/2 is 60, the most there is; (10 + 40 + 40) / 3 was 45."""
    story = measured()
    assert corrected(story, sheet("expert-1", "a")).after.rows.get(entry__team__code="a").scores["expert"] == "60.0"
    other = told("other", teams="a", seats=1, criteria=CRITERIA).open()
    record_measurements(
        other.entry("a"),
        criterion=other.criterion("bench"),
        values={"m1": Decimal(1)},
        actor=other.actor("official-1"),
        now=NOW,
    )
    for expert, mark in (("expert-1", 10), ("expert-2", 50), ("expert-3", 50)):
        submit_sheet(
            other.entry("a"),
            person=other.people[expert],
            points={other.criterion("expert"): Decimal(mark)},
            actor=other.actor(expert),
            now=NOW,
        )
    other.judge("a")
    other.announce()
    with refused("out_of_range"):
        corrected(other, sheet("expert-1", "a"))


@pytest.mark.parametrize("figure", ["-0.1", "-1", "40.1", "1000"])
def test_points_beyond_their_bounds_are_out_of_range(story, figure):
    with refused("out_of_range"):
        corrected(story, points("c", figure))


def test_a_negative_value_is_out_of_range():
    story = measured()
    with refused("out_of_range"):
        corrected(story, value("a", "m1", "-1"))


def test_all_or_nothing(story):
    with refused("out_of_range"):
        corrected(story, gate("b", "passed"), points("c", "39"), points("a", "41"))


@pytest.mark.parametrize("wrong", ["team", "criterion", "kind of criterion", "gate", "person", "sheet", "name", "kind"])
def test_a_name_that_does_not_exist_is_unknown(wrong):
    story = measured()
    item = {
        "team": value("z", "m1", "1"),
        "criterion": {"set_measurement": {"team": "a", "criterion": "none", "name": "m1", "value": "1"}},
        "kind of criterion": points("a", "1", "bench"),
        "gate": gate("a", "passed", "none"),
        "person": sheet("nobody", "a"),
        "sheet": sheet("expert-4", "b"),
        "name": value("a", "m9", "1"),
        "kind": {"set_rank": {"team": "a", "rank": "1"}},
    }[wrong]
    with refused("unknown"):
        corrected(story, value("a", "m1", "19"), item)


def test_a_batch_after_which_a_score_is_missing_is_incomplete():
    story = measured()
    with refused("incomplete"):
        corrected(story, sheet("expert-1", "a"), sheet("expert-2", "a"))


def test_a_batch_after_which_a_verdict_is_missing_is_incomplete():
    story = told(teams="abc", seats=1).open()
    for team, total in (("a", 90), ("b", 80), ("c", 70)):
        story.score(team, total)
    story.judge("a")
    story.announce()
    with refused("incomplete"):
        corrected(story, points("a", "10"))
    assert corrected(story, points("a", "10"), gate("b", "passed")).after.advanced == 1


def test_a_batch_that_leaves_a_tie_at_the_cut(story):
    with refused("tie_at_cut"):
        corrected(story, points("c", "40"), points("b", "30"))


def test_nothing_is_no_correction(story):
    with refused("incomplete"):
        corrected(story)


def test_a_correction_has_a_reason(story):
    with refused("incomplete"):
        corrected(story, gate("b", "passed"), reason=" ")


@pytest.mark.parametrize("state", ["draft", "scoring", "final"])
def test_only_an_announced_result_is_corrected(state):
    story = contested() if state == "final" else told(teams="ab", seats=1)
    if state == "scoring":
        story.open()
    if state == "final":
        sweep(actor=machine("test"), now=ENDS)
    with refused("wrong_state"):
        corrected(story, gate("b", "passed"), now=ENDS + DAY)


def test_refusals_in_their_order(story):
    with refused("unknown"):
        corrected(story, points("z", "1000"), points("c", "1000"), reason=" ")
    with refused("incomplete"):
        corrected(story, points("c", "1000"), reason=" ")
    with refused("out_of_range"):
        corrected(story, points("c", "1000"))
    sweep(actor=machine("test"), now=ENDS)
    with refused("unknown"):
        corrected(story, points("z", "1"), now=ENDS)
    with refused("wrong_state"):
        corrected(story, points("c", "1000"), reason=" ", now=ENDS)


def test_what_is_missing_is_told_before_what_is_out_of_range():
    story = measured()
    for figure in ("-1", "1000"):
        with refused("incomplete"):
            corrected(story, value("a", "m1", figure), sheet("expert-1", "a"), sheet("expert-2", "a"))


def test_an_announced_input_changes_by_a_correction_alone(story):
    with refused("locked"):
        record_points(
            story.entry("c"),
            criterion=story.criterion("bench"),
            points=Decimal(39),
            actor=story.actor("official-1"),
            now=NOW + DAY,
        )
    with refused("wrong_state"):
        story.decide(ANNOUNCE)


def test_a_sweep_after_it_finds_the_live_standings_stale_once(story):
    corrected(story, points("c", "39"))
    sweep(actor=machine("test"), now=NOW + DAY)
    assert story.entry("c").live.total == Decimal(69)
    with unchanged():
        assert Round.objects.get(pk=story.round.pk).state == "announced"


@pytest.mark.parametrize("figure", ["1e20000", "NaN", "1_0", "-0", "1" * 41])
def test_a_figure_that_can_be_none_is_refused_by_the_operation_too(story: Story, figure: str):
    with refused("out_of_range"):
        corrected(story, points("a", figure))
