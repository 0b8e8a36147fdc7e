"""Force majeure: days counted by hand on a printed calendar. The window of team d would end with Monday, 26 January."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from appeals.operations.filing import file_appeal
from appeals.operations.waiving import waive_appeal
from appeals.queries.closing import closing_blockers, own_window
from appeals.states import Ground
from appeals.sweeps import sweep
from appeals.verbs import CLOSE_APPEALS_EARLY
from core.actors import machine
from core.operations.days import add_non_working_day
from core.operations.decisions import approve, decide, prepare
from evaluation.models import ClockStop, Notice
from evaluation.queries.reminders import windows_ending
from evaluation.queries.windows import proposed_extensions
from evaluation.verbs import CORRECT, RESUME_CLOCK, STOP_CLOCK
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db

CLOSES = datetime.fromisoformat("2026-01-27T00:00:00+09:00")


@pytest.fixture
def story() -> Story:
    return told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


def stop(story: Story, now: str, *teams: str, reason: str = "호우로 인한 정전") -> None:
    story.decide(STOP_CLOCK, now=at(now), teams=list(teams), reason=reason)


def resume(story: Story, now: str, *teams: str, reason: str = "복구됨") -> None:
    story.decide(RESUME_CLOCK, now=at(now), teams=list(teams), reason=reason)


def window(story: Story, team: str = "d") -> Any:
    return Notice.objects.get(entry__team__code=team, announcement__round=story.round).window_closes_at


CASES = [
    ("2026-01-20T10:00", 7, "2026-01-23T09:00", "2026-01-31T00:00", "20 to 26 left; seven days from the 24th"),
    (
        "2026-01-20T10:00",
        7,
        "2026-01-20T18:00",
        "2026-01-28T00:00",
        "stopped and resumed on one day: that day is given back",
    ),
    ("2026-01-15T14:00", 11, "2026-01-16T09:00", "2026-01-28T00:00", "stopped as it arrived: that day is none of it"),
    ("2026-01-26T23:59", 1, "2026-01-28T10:00", "2026-01-30T00:00", "the last day is whole again"),
    ("2026-01-25T10:00", 2, "2026-02-04T10:00", "2026-02-07T00:00", "Friday, 6 February"),
    ("2026-01-24T10:00", 3, "2026-01-28T10:00", "2026-02-03T00:00", "the third day is Saturday the 31st: Monday"),
    (
        "2026-01-20T10:00",
        7,
        "2026-02-09T10:00",
        "2026-02-20T00:00",
        "the seventh day is Seollal, 16 February: the 19th",
    ),
    ("2026-01-20T00:00", 7, "2026-01-22T23:59", "2026-01-30T00:00", "days, not hours"),
    ("2026-01-19T23:59", 8, "2026-01-23T00:00", "2026-02-03T00:00", "the eighth day is Saturday the 31st: Monday"),
]


@pytest.mark.parametrize("case", CASES, ids=[why for *_, why in CASES])
def test_the_remainder(story: Story, case: tuple[str, int, str, str, str]):
    stopped, left, resumed, closes, _ = case
    stop(story, stopped, "d")
    kept = ClockStop.objects.get()
    assert (kept.days_left, kept.closed_at, window(story)) == (left, CLOSES, None)
    resume(story, resumed, "d")
    assert window(story) == at(closes)
    assert window(story) > CLOSES
    assert story.fresh().appeals_close_at == at(closes)
    assert {window(story, team) for team in "abce"} == {CLOSES}


def test_stopped_and_resumed_on_the_day_of_arrival_nothing_is_lost(story: Story):
    stop(story, "2026-01-15T14:00", "d")
    resume(story, "2026-01-15T18:00", "d")
    assert window(story) == CLOSES


def test_it_may_stand_still_twice(story: Story):
    stop(story, "2026-01-20T10:00", "d")
    resume(story, "2026-01-23T09:00", "d")
    stop(story, "2026-01-29T10:00", "d")
    resume(story, "2026-02-02T10:00", "d")
    # 29 and 30 January were left: 3 and 4 February.
    assert window(story) == at("2026-02-05T00:00")
    assert list(ClockStop.objects.values_list("days_left", flat=True)) == [7, 2]


def test_it_blocks_the_closing_until_the_remainder_is_over(story: Story):
    stop(story, "2026-01-20T10:00", "d")
    assert story.fresh().appeals_close_at == CLOSES
    assert [(each.kind, each.who) for each in closing_blockers(story.round, CLOSES)] == [("stop", "팀 d")]
    sweep(actor=machine("test"), now=at("2026-03-01T00:00"))
    assert story.fresh().state == "announced"
    resume(story, "2026-03-02T09:00", "d")
    sweep(actor=machine("test"), now=window(story) - timedelta(microseconds=1))
    assert story.fresh().state == "announced"
    sweep(actor=machine("test"), now=window(story))
    assert story.fresh().state == "final"


def test_with_every_clock_stopped_the_round_keeps_its_last_end(story: Story):
    stop(story, "2026-01-20T10:00", *"abcde")
    assert story.fresh().appeals_close_at == CLOSES
    assert {window(story, team) for team in "abcde"} == {None}


def test_a_team_may_object_and_waive_while_its_clock_stands_still(story: Story):
    stop(story, "2026-01-20T10:00", "d", "e")
    long_after = at("2026-03-01T10:00")
    facts = {"code": "appeal-1", "ground": Ground.OTHER, "statement": "다시 보아 주십시오"}
    assert file_appeal(story.entry("d"), actor=story.actor("d-lead"), now=long_after, **facts).state == "filed"
    assert waive_appeal(story.entry("e"), actor=story.actor("e-lead"), now=long_after).entry == story.entry("e")


def test_early_closing_waits_for_the_resumption(story: Story):
    for team in ("c", "d", "e"):
        waive_appeal(story.entry(team), actor=story.actor(f"{team}-lead"), now=at("2026-01-19T10:00"))
    stop(story, "2026-01-20T10:00", "a")
    with refused("still_pending") as caught:
        story.decide(CLOSE_APPEALS_EARLY, now=at("2026-01-21T10:00"))
    assert "팀 a 기간의 재개" in str(caught.value)


def test_stopping_what_stands_still_changes_no_stop(story: Story):
    stop(story, "2026-01-20T10:00", "d")
    stop(story, "2026-01-21T10:00", "d", "e")
    assert list(ClockStop.objects.values_list("notice__entry__team__code", "days_left")) == [("d", 7), ("e", 6)]


def test_stop_refused(story: Story):
    with refused("unknown"):
        stop(story, "2026-01-20T10:00", "z")
    with refused("too_late"):
        stop(story, "2026-01-27T00:00", "d")
    with refused("incomplete"):
        stop(story, "2026-01-20T10:00")
    with refused("incomplete"):
        stop(story, "2026-01-20T10:00", "d", reason=" ")


def test_stop_refused_before_the_announcement_and_before_the_arrival():
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50})
    with refused("wrong_state"):
        stop(story, "2026-01-20T10:00", "d")
    story.announce(on_paper=["d"], delivered={"e": "2026-01-21T10:00:00+09:00"})
    for team in ("d", "e"):
        with refused("too_early"):
            stop(story, "2026-01-20T10:00", team)


def test_resume_refused(story: Story):
    with refused("wrong_state"):
        resume(story, "2026-01-20T10:00", "d")
    stop(story, "2026-01-20T10:00", "d")
    with refused("unknown"):
        resume(story, "2026-01-20T10:00", "z")
    with refused("wrong_state"):
        resume(story, "2026-01-21T10:00", "d", "e")
    with refused("incomplete"):
        resume(story, "2026-01-21T10:00")
    with refused("incomplete"):
        resume(story, "2026-01-21T10:00", "d", reason=" ")
    resume(story, "2026-01-21T10:00", "d")
    with refused("wrong_state"):
        resume(story, "2026-01-21T10:00", "d")


@pytest.mark.parametrize(
    ("preparer", "approver", "code"),
    [
        ("official-1", "official-1", "same_person"),
        ("official-1", "auditor-1", "not_allowed"),
        ("a-lead", "official-1", "not_allowed"),
    ],
)
def test_two_officials_stop_a_clock(story: Story, preparer: str, approver: str, code: str):
    with refused(code):
        decide(
            STOP_CLOCK,
            story.round,
            preparer=story.actor(preparer),
            approver=story.actor(approver),
            now=NOW,
            reason="사유",
            arguments={"teams": ["d"]},
        )


def test_a_window_that_changed_meanwhile_voids_the_preparation(story: Story):
    facts = {"actor": story.actor("official-1"), "now": NOW, "reason": "사유", "arguments": {"teams": ["d"]}}
    prepared = prepare(STOP_CLOCK, story.round, **facts)
    stop(story, "2026-01-20T10:00", "d")
    assert approve(prepared, actor=story.actor("official-2"), now=at("2026-01-20T11:00")).state == "void"


def test_a_holiday_added_later_is_proposed_for_the_remainder(story: Story):
    stop(story, "2026-01-20T10:00", "d")
    resume(story, "2026-01-23T09:00", "d")
    assert proposed_extensions(story.round) == []
    with unchanged():
        assert window(story) == at("2026-01-31T00:00")
    add_non_working_day(
        calendar="kr",
        day=at("2026-01-30T00:00").date(),
        name_ko="임시공휴일",
        name_en="Temporary holiday",
        source="시험",
        actor=story.actor("official-1"),
        now=at("2026-01-25T09:00"),
    )
    (proposed,) = proposed_extensions(story.round)
    assert (proposed.notice.entry.team.code, proposed.closes_at) == ("d", at("2026-02-03T00:00"))


def test_a_window_that_stands_still_lets_the_team_object_though_a_later_notice_s_is_over(story: Story):
    """What keeps the round from closing is what the team may still use."""
    stop(story, "2026-01-16T10:00", "b")
    items = [{"set_points": {"team": "b", "criterion": "bench", "points": "0"}}]
    story.decide(CORRECT, now=at("2026-01-17T10:00"), corrections=items, reason="정정")
    later = Notice.objects.filter(entry__team__code="b").latest("pk")
    assert windows_ending(3, later.window_closes_at - timedelta(days=2)).filter(entry__team__code="b").count() == 0
    blockers = closing_blockers(story.round, later.window_closes_at)
    assert [(each.kind, each.who) for each in blockers] == [("stop", "팀 b")]
    facts = {"code": "appeal-1", "ground": Ground.OTHER, "statement": "다시 보아 주십시오"}
    filed = file_appeal(story.entry("b"), **facts, actor=story.actor("b-lead"), now=later.window_closes_at)
    assert filed.state == "filed"


def test_of_two_windows_the_one_that_ends_last_counts(story: Story):
    """The first notice arrived late and its window was stopped for weeks; the second's has ended before it."""
    stop(story, "2026-01-16T10:00", "b")
    items = [{"set_points": {"team": "b", "criterion": "bench", "points": "0"}}]
    story.decide(CORRECT, now=at("2026-01-17T10:00"), corrections=items, reason="정정")
    resume(story, "2026-02-10T10:00", "b")
    first, later = Notice.objects.filter(entry__team__code="b").order_by("pk")
    assert first.window_closes_at > later.window_closes_at
    near = windows_ending(3, first.window_closes_at - timedelta(days=2)).filter(entry__team__code="b")
    assert list(near) == [first]
    assert own_window(story.entry("b"), first.window_closes_at) == first
