"""Inputs kept apart by evaluator and by value are the inputs that count: none more, none less."""

from decimal import Decimal

import pytest

from core.ledger.naming import named
from core.models import Account
from evaluation.admin.progress import sheet_progress
from evaluation.models import Mark, Panelist, Sheet
from evaluation.operations.entries import withdraw
from evaluation.queries.inputs import entry_inputs
from evaluation.queries.judged import evaluator_names, judged
from evaluation.queries.robustness import robustness
from evaluation.queries.rules import round_rules
from evaluation.queries.standings import computed_standings
from evaluation.queries.supposing import grounds
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


def test_evaluators_stand_in_the_order_of_their_numbers_and_only_those_who_gave_a_sheet():
    story = panelled()
    with named(actor="test", verb="test"):
        for number in (10, 11):
            person = Account.objects.create(username=f"test.expert-{number}", name_ko=f"위원 {number}", name_en="x")
            Panelist.objects.create(round=story.round, account=person)
        tenth = Account.objects.get(username="test.expert-10")
        given = Sheet.objects.create(entry=story.entry("b"), account=tenth, digest="0" * 64, at=story.now)
        Mark.objects.create(sheet=given, criterion=story.criterion("expert"), points=Decimal(26))
    everybody = ["expert-1", "expert-2", "expert-3", "expert-4", "expert-5", "expert-10"]
    assert list(evaluator_names(story.round)) == everybody
    found = robustness(grounds(story.round), seed=1)
    assert [each.person for each in found.raters] == everybody
    assert [each.evaluator for each in found.left_out] == everybody
    lines = sheet_progress(story.round, list(story.round.entries.all()), story.now).lines
    assert [line.person.code for line in lines] == [*everybody, "expert-11"]
