"""Points entered by officials and marks of a user panel. Measurements have a module of their own."""

from decimal import Decimal

import pytest

from core.models import Event
from evaluation.models import DirectPoints, Response, ResponseBatch, StaleMark
from evaluation.operations.figures import record_points, record_responses
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told().open()


def pointed(story: Story, points: object, who: str = "official-1", team: str = "a") -> DirectPoints:
    return record_points(
        story.entry(team),
        criterion=story.criterion("bench"),
        points=Decimal(str(points)),
        actor=story.actor(who),
        now=NOW,
    )


def answered(story: Story, *marks: object, batch: str | None = None, who: str = "official-1") -> ResponseBatch:
    return record_responses(
        story.entry("a"),
        criterion=story.criterion("user"),
        marks=[Decimal(str(mark)) for mark in marks],
        batch=batch,
        actor=story.actor(who),
        now=NOW,
    )


def test_points_are_entered_with_every_digit(story):
    with written() as changes:
        row = pointed(story, "11.850")
    row.refresh_from_db()
    assert (row.entry.team.code, row.criterion.code, str(row.points)) == ("a", "bench", "11.850")
    assert (row.by, row.at, row.supersedes) == (story.people["official-1"], NOW, None)
    assert changes == [
        f"{table} I test.official-1 record_points" for table in ("evaluation_directpoints", "core_event")
    ]
    assert Event.objects.latest("id").facts == {"criterion": "bench", "points": "11.850"}


def test_points_leave_a_mark_for_the_recomputation(story):
    before = StaleMark.objects.count()
    pointed(story, 10)
    assert StaleMark.objects.count() == before + 1


@pytest.mark.parametrize("again", ["10", "10.0"])
def test_the_same_points_again_are_returned(story, again):
    first = pointed(story, 10)
    with unchanged():
        assert pointed(story, again, who="official-2") == first


def test_other_points_are_duplicate(story):
    pointed(story, 10)
    with refused("duplicate"):
        pointed(story, "10.1")


@pytest.mark.parametrize("points", ["-0.1", "40.05", "41", "-1"])
def test_points_beyond_their_bounds_are_out_of_range(story, points):
    with refused("out_of_range"):
        pointed(story, points)


@pytest.mark.parametrize("points", ["0", "40", "40.04"])
def test_the_bounds_hold_for_the_rounded_result(story, points):
    assert pointed(story, points).points == Decimal(points)


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_enter_figures(story, who):
    with refused("not_allowed"):
        pointed(story, 10, who=who)
    with refused("not_allowed"):
        answered(story, 10, who=who)


def test_marks_of_a_panel_are_kept_as_one_batch(story):
    with written() as changes:
        batch = answered(story, 20, "22.5", batch="panel-a")
    assert (batch.code, batch.size, batch.by, batch.at) == ("panel-a", 2, story.people["official-1"], NOW)
    assert [str(mark) for mark in Response.objects.order_by("pk").values_list("mark", flat=True)] == ["20", "22.5"]
    assert changes == [
        "evaluation_responsebatch I test.official-1 record_responses",
        "evaluation_response B test.official-1 record_responses",
        "core_event I test.official-1 record_responses",
    ]


@pytest.mark.parametrize("marks", [(20, 22), (1,), ()])
def test_the_same_batch_again_changes_nothing(story, marks):
    first = answered(story, 20, 22, batch="panel-a")
    with unchanged():
        assert answered(story, *marks, batch="panel-a") == first


def test_without_a_batch_marks_are_added(story):
    answered(story, 20)
    answered(story, 20)
    assert ResponseBatch.objects.count() == 2


def test_a_batch_s_name_belongs_to_its_team(story):
    answered(story, 20, batch="panel")
    other = record_responses(
        story.entry("b"),
        criterion=story.criterion("user"),
        marks=[Decimal(21)],
        batch="panel",
        actor=story.actor("official-1"),
        now=NOW,
    )
    assert other.entry.team.code == "b"


def test_no_marks_are_incomplete(story):
    with refused("incomplete"):
        answered(story)


def test_a_negative_mark_is_out_of_range(story):
    with refused("out_of_range"):
        answered(story, 20, -1)


def test_a_single_mark_may_exceed_what_their_mean_may_not(story):
    assert answered(story, 30, 20).size == 2
    with refused("out_of_range"):
        answered(story, 40)
