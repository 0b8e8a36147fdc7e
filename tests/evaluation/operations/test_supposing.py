"""Suppositions: what they say of a real round, who may make one, and that nothing but the reading is written."""

from decimal import Decimal

import pytest

from core.models import Event
from evaluation.operations.supposing import suppose
from evaluation.queries.standings import board
from evaluation.queries.supposing import Supposition
from evaluation.rules.supposing import GateDecided, TeamWithdrawn, Trimmed, Weighted, WithoutEvaluator
from tests.evaluation.operations.corrections import corrected, points
from tests.evaluation.panelled import panelled, sits_on_the_panel
from tests.story import Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return panelled()


def supposed(story: Story, *changes, person: str = "official-1") -> Supposition:
    return suppose(story.round, changes=changes, actor=story.actor(person), now=story.now)


def ranks(found: Supposition) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(row.after.team, row.after.rank, row.after.total, row.after.outcome) for row in found.rows]


def test_nothing_supposed_is_what_is(story: Story):
    found = supposed(story)
    assert found.after == found.before == board(story.round)
    assert ranks(found)[:2] == [("a", 1, "75.0", "advanced"), ("b", 2, "71.2", "eliminated")]


def test_without_one_evaluator_the_other_team_has_the_seat(story: Story):
    found = supposed(story, WithoutEvaluator("expert-5"))
    assert ranks(found)[:2] == [("b", 1, "76.0", "advanced"), ("a", 2, "75.0", "eliminated")]
    moved = {row.after.team: {shift.key: (shift.before, shift.after) for shift in row.shifts} for row in found.rows}
    assert moved["b"]["score:expert"] == ("21.2", "26.0")
    assert moved["c"] == {"score:expert": ("15.2", "15.0"), "total": ("45.2", "45.0")}


def test_several_at_once(story: Story):
    found = supposed(
        story,
        Weighted("expert", Decimal(70)),
        Trimmed("expert", 1),
        GateDecided("originality", "b", "failed"),
        TeamWithdrawn("c"),
    )
    # Trimmed means of 25 and 25.67 of 35 are 50 and 51.33 of 70.
    assert ranks(found) == [
        ("b", 1, "101.3", "gate_failed"),
        ("a", 2, "100.0", "eliminated"),
        ("c", None, None, "withdrawn"),
    ]
    assert (found.full_before, found.full_after) == (Decimal(100), Decimal(135))


def test_after_the_announcement_it_is_beside_the_snapshot(story: Story):
    story.announce()
    corrected(story, points("a", "29"))
    found = supposed(story, WithoutEvaluator("expert-5"))
    assert (found.before.snapshot, found.after.snapshot, found.apart) == (2, None, {})
    assert [row.before.total for row in found.rows if row.after.team == "a"] == ["74.0"]


def test_only_the_reading_is_written(story: Story):
    with written() as changes:
        supposed(story, WithoutEvaluator("expert-5"), TeamWithdrawn("c"), person="auditor-1")
    assert changes == ["core_event I test.auditor-1 suppose"]
    event = Event.objects.get(verb="suppose")
    assert event.facts == {
        "snapshot": None,
        "changes": [{"without_evaluator": {"evaluator": "expert-5"}}, {"team_withdrawn": {"team": "c"}}],
    }


def test_what_the_round_does_not_have_or_no_criterion_can(story: Story):
    for change in (
        Weighted("nothing", Decimal(1)),
        WithoutEvaluator("expert-6"),
        GateDecided("originality", "x", "failed"),
        GateDecided("originality", "a", "perhaps"),
        GateDecided("safety", "a", "failed"),
        TeamWithdrawn("x"),
    ):
        with refused("unknown"):
            supposed(story, Weighted("expert", Decimal(-1)), change)
    for change in (Weighted("expert", Decimal("-0.1")), *(Trimmed("expert", trim) for trim in (-1, 10))):
        with refused("out_of_range"):
            supposed(story, change)
    with refused("out_of_range"):
        supposed(story, Trimmed("bench", 1))


def test_nobody_else_may_nor_anybody_of_the_panel(story: Story):
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            supposed(story, person=person)
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        supposed(story)


def test_one_team_is_read_as_often_as_three(story: Story, django_assert_num_queries):
    few = panelled(teams="a", code="few")
    for each in (few, story):
        with django_assert_num_queries(23):
            supposed(each, WithoutEvaluator("expert-1"))
