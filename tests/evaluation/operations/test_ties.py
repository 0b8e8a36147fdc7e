from datetime import timedelta
from typing import Any

import pytest

from core.models import Event
from evaluation.models import TieBreak
from evaluation.operations.entries import withdraw
from evaluation.queries.standings import computed_standings
from evaluation.verbs import ANNOUNCE, BREAK_TIE
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """b, c and d are tied over the second of two seats."""
    return told(seats=2).open().score_all({"a": 90, "b": 80, "c": 80, "d": 80, "e": 50})


def ordered(story: Story, *order: str, **given: Any) -> None:
    story.decide(BREAK_TIE, order=list(order), **given)


def ranks(story: Story) -> list[tuple[str, int | None]]:
    return [(row.team, row.rank) for row in computed_standings(story.round).standings.rows]


def test_an_order_is_given_by_two(story):
    with written() as changes:
        ordered(story, "c", "d", "b", reason="연구 실적")
    row = TieBreak.objects.get()
    assert (row.round, row.order, row.reason, row.at) == (story.round, ["c", "d", "b"], "연구 실적", NOW)
    assert changes[-2:] == [
        "evaluation_tiebreak I test.official-2 break_tie",
        "core_event I test.official-2 break_tie",
    ]
    assert Event.objects.latest("id").facts == {"order": ["c", "d", "b"]}
    assert ranks(story) == [("a", 1), ("c", 2), ("d", 3), ("b", 4), ("e", 5)]


def test_without_an_order_a_tie_at_the_last_seat_is_not_announced(story):
    with refused("tie_at_cut") as caught:
        story.decide(ANNOUNCE)
    assert caught.value.facts == {"tied": (("b", "c", "d"),)}
    ordered(story, "c", "d", "b")
    story.announce()
    outcomes = [(row.entry.team.code, row.rank, row.outcome) for row in story.round.snapshots.get().rows.all()]
    assert outcomes == [
        ("a", 1, "advanced"),
        ("c", 2, "advanced"),
        ("d", 3, "eliminated"),
        ("b", 4, "eliminated"),
        ("e", 5, "eliminated"),
    ]


@pytest.mark.parametrize("order", [[], ["b"], ["b", "c"], ["d", "b"]])
def test_an_order_names_the_whole_tied_group(story, order):
    with refused("incomplete"):
        ordered(story, *order)


def test_an_order_names_each_team_once(story):
    with refused("out_of_range"):
        ordered(story, "b", "c", "d", "b")


@pytest.mark.parametrize("order", [["a", "e"], ["a", "b"], ["b", "c", "d", "e"], ["a"]])
def test_teams_that_are_not_tied_are_not_ordered(story, order):
    with refused("wrong_state"):
        ordered(story, *order)


@pytest.mark.parametrize("order", [["b", "nobody"], ["x", "b"]])
def test_a_team_that_does_not_take_part_is_unknown(story, order):
    with refused("unknown"):
        ordered(story, *order)


def test_an_order_has_a_reason(story):
    with refused("incomplete"):
        ordered(story, "b", "c", "d", reason=" ")


def test_the_same_order_again_leaves_one(story):
    ordered(story, "b", "c", "d")
    ordered(story, "b", "c", "d")
    assert TieBreak.objects.count() == 1


def test_a_newer_order_replaces_it(story):
    ordered(story, "b", "c", "d")
    ordered(story, "d", "c", "b")
    assert ranks(story)[1:4] == [("d", 2), ("c", 3), ("b", 4)]
    ordered(story, "b", "c", "d")
    assert ranks(story)[1:4] == [("b", 2), ("c", 3), ("d", 4)]


def test_two_groups_are_ordered_each_by_itself():
    story = told(seats=1).open().score_all({"a": 90, "b": 90, "c": 80, "d": 80, "e": 50})
    ordered(story, "b", "a")
    ordered(story, "d", "c")
    ordered(story, "b", "a")
    assert TieBreak.objects.count() == 2
    assert ranks(story) == [("b", 1), ("a", 2), ("d", 3), ("c", 4), ("e", 5)]


def test_a_team_that_leaves_the_group_leaves_the_order_of_the_others(story):
    ordered(story, "c", "d", "b")
    withdraw(story.entry("c"), reason="사정", actor=story.actor("official-1"), now=NOW)
    assert ranks(story) == [("a", 1), ("d", 2), ("b", 3), ("e", 4), ("c", None)]


def test_an_earlier_order_given_again_replaces_a_wider_one():
    story = told(seats=2).open()
    for team, total in {"a": 90, "b": 80, "c": 80, "e": 50}.items():
        story.score(team, total)
    ordered(story, "b", "c")
    story.score("d", 80)
    ordered(story, "d", "c", "b")
    withdraw(story.entry("d"), reason="사정", actor=story.actor("official-1"), now=NOW)
    ordered(story, "c", "b")
    assert TieBreak.objects.count() == 2
    assert ranks(story)[1:3] == [("c", 2), ("b", 3)]
    ordered(story, "b", "c")
    assert TieBreak.objects.count() == 3
    assert ranks(story)[1:3] == [("b", 2), ("c", 3)]


def test_a_tie_that_decides_nothing_stays_shared():
    story = told(seats=1).open().score_all({"a": 90, "b": 80, "c": 80, "d": 70, "e": 50}).announce()
    rows = [(row.entry.team.code, row.rank, row.position) for row in story.round.snapshots.get().rows.all()]
    assert rows == [("a", 1, 1), ("b", 2, 2), ("c", 2, 3), ("d", 4, 4), ("e", 5, 5)]


def test_a_tie_within_the_seats_is_announced_as_it_is():
    story = told(seats=2).open().score_all({"a": 90, "b": 90, "c": 80, "d": 70, "e": 50}).announce()
    rows = [(row.entry.team.code, row.rank, row.outcome) for row in story.round.snapshots.get().rows.all()]
    assert rows[:2] == [("a", 1, "advanced"), ("b", 1, "advanced")]


def test_before_the_round_opens_nobody_is_tied():
    story = told()
    with refused("wrong_state"):
        ordered(story, "a", "b")


def test_an_announced_rank_is_locked(story):
    ordered(story, "b", "c", "d")
    story.announce()
    with refused("locked"):
        ordered(story, "d", "c", "b", now=NOW + timedelta(days=1))
