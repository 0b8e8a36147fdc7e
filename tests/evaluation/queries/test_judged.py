"""Inputs kept apart by evaluator and by value are the inputs that count: none more, none less."""

import pytest

from evaluation.operations.entries import withdraw
from evaluation.queries.inputs import entry_inputs
from evaluation.queries.judged import evaluator_names, judged
from evaluation.queries.rules import round_rules
from evaluation.queries.standings import computed_standings
from evaluation.rules.judged import standings
from evaluation.verbs import EXCLUDE_RESPONSES
from tests.evaluation.operations.corrections import corrected, measured, sheet, value
from tests.evaluation.panelled import panelled
from tests.story import Story
from tests.support import decided

pytestmark = pytest.mark.django_db


def counted(entries):
    return [
        (each.team, {leaf: sorted(values) for leaf, values in each.values.items()}, each.verdicts, each.withdrawn)
        for each in entries
    ]


def agrees(story: Story) -> None:
    round = story.fresh()
    apart = judged(round)
    assert counted(each.inputs() for each in apart) == counted(entry_inputs(round))
    assert standings(round_rules(round), apart) == computed_standings(round).standings


def test_what_is_superseded_excluded_or_withdrawn_does_not_count():
    story = measured()
    agrees(story)
    corrected(story, value("a", "m1", "11"), sheet("expert-1", "a"))
    agrees(story)


def test_direct_points_marks_and_responses():
    story = panelled()
    agrees(story)
    decided(story, EXCLUDE_RESPONSES, story.entry("b").batches.get())
    assert "user" not in entry_inputs(story.round)[1].values
    agrees(story)
    withdraw(story.entry("c"), reason="사정", actor=story.actor("official-1"), now=story.now)
    agrees(story)
    assert list(evaluator_names(story.round)) == [f"expert-{number}" for number in (1, 2, 3, 4, 5)]
