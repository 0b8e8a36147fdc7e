"""A correction that makes a tie across the last seat decides it in the same batch."""

from typing import Any

import pytest

from evaluation.models import Notice, Snapshot, TieBreak
from evaluation.operations.examining import compare_snapshots
from evaluation.queries.notices import notice_content
from evaluation.verbs import BREAK_TIE
from tests.appeals.after import DAY, admitted, contested, decided_on, filed
from tests.evaluation.operations.corrections import corrected, notices, outcomes, points
from tests.story import NOW, Story, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

LEVEL = points("b", "30")
"""Leaves b with c's 70, where only one of them can advance beside a."""


def order(*teams: str) -> dict[str, Any]:
    return {"break_tie": {"order": list(teams)}}


@pytest.fixture
def story() -> Story:
    """a advances with 90 and b with 80; c has 70, d 60 and e 50."""
    return contested("abcde", failed="")


def places(snapshot: Snapshot) -> list[tuple[str, int | None, str | None]]:
    return [(row.entry.team.code, row.rank, row.outcome) for row in snapshot.rows.all()[:3]]


def test_the_order_is_published_with_what_makes_the_tie(story):
    made = corrected(story, LEVEL, order("c", "b"))
    assert places(made.after) == [("a", 1, "advanced"), ("c", 2, "advanced"), ("b", 3, "eliminated")]
    kept = TieBreak.objects.get()
    assert (kept.order, kept.reason) == (["c", "b"], "정정 사유")
    assert (kept.decision_id, kept.at) == (made.decision_id, NOW + DAY)
    assert made.items == [LEVEL, order("c", "b")]
    assert [team for team, _arrived in notices()] == ["b", "c"]


def test_where_the_order_leaves_outcomes_as_they_were_nobody_is_notified_anew(story):
    made = corrected(story, LEVEL, order("b", "c"))
    assert places(made.after) == [("a", 1, "advanced"), ("b", 2, "advanced"), ("c", 3, "eliminated")]
    assert notices() == []


def test_without_an_order_the_tie_is_not_published(story):
    with refused("tie_at_cut"):
        corrected(story, LEVEL)


@pytest.mark.parametrize(
    ("batch", "code"),
    [
        ([order("b", "c")], "wrong_state"),
        ([order("b", "c"), LEVEL], "wrong_state"),
        ([LEVEL, order("b", "d")], "wrong_state"),
        ([LEVEL, order("b", "nobody")], "unknown"),
        ([LEVEL, order()], "incomplete"),
        ([LEVEL, order("b")], "incomplete"),
        ([LEVEL, order("b", "c", "b")], "out_of_range"),
    ],
)
def test_an_order_names_each_of_those_who_are_tied_by_then_once(story, batch, code):
    with refused(code):
        corrected(story, *batch)


def test_an_order_given_while_the_round_was_scored_is_followed_by_the_newer(story):
    story = told("tied", seats=1).open().score_all({"a": 90, "b": 90, "c": 80, "d": 70, "e": 60})
    story.decide(BREAK_TIE, order=["a", "b"])
    story.announce()
    made = corrected(story, order("b", "a"))
    assert outcomes(made.before)["a"] == outcomes(made.after)["b"] == "advanced"
    assert places(made.after)[:2] == [("b", 1, "advanced"), ("a", 2, "eliminated")]
    assert [each.order for each in TieBreak.objects.all()] == [["a", "b"], ["b", "a"]]


def test_an_order_by_which_the_result_stands_is_not_written_again(story):
    corrected(story, LEVEL, order("c", "b"))
    made = corrected(story, points("d", "39"), order("c", "b"), now=NOW + 2 * DAY)
    assert places(made.after) == [("a", 1, "advanced"), ("c", 2, "advanced"), ("b", 3, "eliminated")]
    assert TieBreak.objects.count() == 1


def test_an_appeal_is_decided_with_an_order(story):
    appeal = admitted(filed(story, "c"), story)
    with refused("tie_at_cut"):
        decided_on(appeal, story, corrections=[LEVEL])
    decided_on(appeal, story, corrections=[LEVEL, order("c", "b")])
    assert places(story.round.snapshots.latest("number"))[1] == ("c", 2, "advanced")


def test_what_moved_a_rank_names_the_order(story):
    corrected(story, LEVEL, order("c", "b"))
    found = compare_snapshots(story.round, before=1, after=2, actor=story.actor("official-1"), now=NOW)
    moved = {row.after.team: {shift.key: list(shift.by) for shift in row.shifts} for row in found.rows if row.shifts}
    assert moved == {
        "b": {"rank": [2], "total": [1], "outcome": [1, 2], "score:bench": [1]},
        "c": {"rank": [1], "outcome": [1, 2]},
    }


def test_those_who_are_notified_of_an_order_can_read_their_notice(story):
    corrected(story, LEVEL, order("c", "b"))
    made = Notice.objects.filter(announcement__snapshot__number=2)
    said = {each.entry.team.code: notice_content(each) for each in made}
    assert {team: content.outcome for team, content in said.items()} == {"b": "탈락", "c": "진출"}
    of_others = "다른 참여팀의 결과가 정정되어 순위와 진출 여부가 다시 정해졌습니다."
    assert {content.change_reason for content in said.values()} == {of_others}
