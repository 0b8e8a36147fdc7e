import pytest

from core.actors import machine
from evaluation.models import Cell, LiveStanding, StaleMark
from evaluation.operations.entries import withdraw
from evaluation.operations.recomputing import recompute
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
SYSTEM = machine("recompute")


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1).open().score_all({"a": "89.5", "b": 80})


def live() -> list[tuple[object, ...]]:
    rows = LiveStanding.objects.order_by("entry__position")
    return list(rows.values_list("entry__team__code", "rank", "total", "outcome", "reason"))


def test_live_standings_follow_the_inputs(story):
    assert recompute(story.round, actor=SYSTEM, now=NOW) is True
    assert [tuple(map(str, row)) for row in live()] == [
        ("a", "1", "89.5", "advanced", ""),
        ("b", "2", "80.0", "eliminated", ""),
    ]
    cells = Cell.objects.filter(entry__team__code="a").order_by("criterion__position")
    assert [(cell.criterion.code, cell.count, str(cell.points)) for cell in cells] == [
        ("bench", 1, "40.0"),
        ("expert", 1, "35.0"),
        ("user", 1, "14.5"),
    ]


def test_the_marks_that_were_seen_are_gone(story):
    assert StaleMark.objects.exists()
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert not StaleMark.objects.exists()


def test_without_a_mark_there_is_nothing_to_do(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    with unchanged():
        assert recompute(story.round, actor=SYSTEM, now=NOW) is False


def test_a_later_input_replaces_what_stood(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    withdraw(story.entry("a"), reason="사정", actor=story.actor("official-1"), now=NOW)
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert live() == [("a", None, None, "withdrawn", "withdrawn"), ("b", 1, 80, "advanced", "")]
    points = Cell.objects.filter(entry__team__code="a").values_list("count", "points")
    assert list(points) == [(1, None)] * 3


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_others_recompute_nothing(story, who):
    with refused("not_allowed"):
        recompute(story.round, actor=story.actor(who), now=NOW)
