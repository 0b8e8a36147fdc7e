from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.models import Event
from evaluation.models import Announcement, Notice, Snapshot
from evaluation.operations.entries import withdraw
from evaluation.verbs import ANNOUNCE
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
TOTALS = {"a": 90, "b": 80, "c": "70.5", "d": 60, "e": 50}
CLOSES = datetime(2026, 1, 26, 15, tzinfo=UTC)  # Monday 2026-01-26 24:00 in Seoul


@pytest.fixture
def story() -> Story:
    return told(seats=3).open().score_all(TOTALS, failed=["b"])


def test_the_announcement_publishes_the_first_snapshot(story):
    story.announce(disclosure="totals")
    snapshot = Snapshot.objects.get()
    assert (snapshot.round, snapshot.number, snapshot.made_at) == (story.round, 1, NOW)
    assert (snapshot.advanced, snapshot.vacancies) == (2, 1)
    assert snapshot.means == {"bench": "40.00", "expert": "26.10", "user": "4.00", "total": "70.10"}
    announcement = Announcement.objects.get()
    assert (announcement.snapshot, announcement.disclosure, announcement.announced_at) == (snapshot, "totals", NOW)
    decision = announcement.decision
    assert (decision.verb, decision.state) == ("announce", "approved")


def test_its_rows_keep_ranks_scores_verdicts_and_outcomes(story):
    story.announce()
    rows = Snapshot.objects.get().rows.all()
    assert [(row.entry.team.code, row.position, row.rank, str(row.total), row.outcome) for row in rows] == [
        ("a", 1, 1, "90.0", "advanced"),
        ("b", 2, 2, "80.0", "gate_failed"),
        ("c", 3, 3, "70.5", "advanced"),
        ("d", 4, 4, "60.0", "eliminated"),
        ("e", 5, 5, "50.0", "eliminated"),
    ]
    assert rows[2].scores == {"bench": "40.0", "expert": "30.5", "user": "0.0"}
    assert [row.gates["originality"] for row in rows] == ["passed", "failed", "passed", "passed", "passed"]
    assert {row.reason for row in rows} == {""}


def test_the_round_is_announced_with_its_times(story):
    story.announce()
    assert (story.round.state, story.round.announced_at, story.round.appeals_close_at) == ("announced", NOW, CLOSES)
    assert story.round.appeals_closed_at is None


def test_every_team_gets_a_notice_with_its_window(story):
    story.announce()
    notices = Notice.objects.order_by("pk").values_list("entry__team__code", "arrived_at", "window_closes_at")
    assert list(notices) == [(team, NOW, CLOSES) for team in TOTALS]


def test_a_notice_that_arrives_later_has_a_later_window(story):
    arrival = datetime(2026, 1, 16, 0, 30, tzinfo=UTC)
    story.announce(delivered={"b": arrival.isoformat()})
    windows = dict(Notice.objects.values_list("entry__team__code", "window_closes_at"))
    later = datetime(2026, 1, 26, 15, tzinfo=UTC)
    assert windows == {**dict.fromkeys(TOTALS, CLOSES), "b": later}


def test_the_latest_window_closes_the_appeals(story):
    # It arrives on Tuesday the 20th in Seoul: the tenth day is Friday the 30th.
    story.announce(delivered={"e": "2026-01-19T15:00:00+00:00", "a": "2026-01-19T14:59:59+00:00"})
    windows = dict(Notice.objects.values_list("entry__team__code", "window_closes_at"))
    assert windows["e"] == datetime(2026, 1, 30, 15, tzinfo=UTC)
    assert windows["a"] == datetime(2026, 1, 29, 15, tzinfo=UTC)
    assert story.round.appeals_close_at == windows["e"]


def test_what_was_announced_is_recorded_with_its_digest(story):
    with written() as changes:
        story.announce()
    event = Event.objects.filter(verb="announce").latest("id")
    assert event.facts == {
        "snapshot": 1,
        "digest": Snapshot.objects.get().digest,
        "disclosure": "outcomes",
        "outcomes": {"a": "advanced", "b": "gate_failed", "c": "advanced", "d": "eliminated", "e": "eliminated"},
        "appeals_close_at": "2026-01-27T00:00:00+09:00",
        "on_paper": [],
    }
    announced = [change.split()[0] for change in changes if change.endswith("test.official-2 announce")]
    assert announced == [
        "evaluation_snapshot",
        "evaluation_snapshotrow",
        "evaluation_announcement",
        *["evaluation_notice"] * 5,
        "evaluation_round",
        "core_event",
    ]


def test_a_withdrawn_team_is_told_too_and_stands_last(story):
    withdraw(story.entry("a"), reason="사정", actor=story.actor("official-1"), now=NOW)
    story.announce()
    last = Snapshot.objects.get().rows.last()
    assert (last.entry.team.code, last.rank, last.total, last.outcome, last.reason) == (
        "a",
        None,
        None,
        "withdrawn",
        "withdrawn",
    )
    assert last.scores == {"bench": None, "expert": None, "user": None}
    assert Notice.objects.filter(entry__team__code="a").exists()


def test_a_round_from_which_all_have_withdrawn_is_announced_empty():
    story = told(teams="a", seats=1).open()
    withdraw(story.entry("a"), reason="사정", actor=story.actor("official-1"), now=NOW)
    story.announce()
    snapshot = Snapshot.objects.get()
    assert (snapshot.advanced, snapshot.vacancies) == (0, 1)
    assert snapshot.means == {"bench": None, "expert": None, "user": None, "total": None}


def test_a_missing_score_is_incomplete():
    story = told(seats=1).open()
    story.score_all({team: total for team, total in TOTALS.items() if team != "e"})
    with refused("incomplete") as caught:
        story.announce()
    assert caught.value.facts == {"missing": (("e", "bench"), ("e", "expert"), ("e", "user"))}


def test_a_missing_verdict_within_the_seats_is_incomplete():
    story = told(teams="abc", seats=2).open()
    for team, total in {"a": 90, "b": 80, "c": 70}.items():
        story.score(team, total)
    story.judge("a")
    with refused("incomplete") as caught:
        story.announce()
    assert caught.value.facts == {"missing": (("b", "originality"),)}
    story.judge("b")
    story.announce()
    assert Snapshot.objects.get().rows.last().gates == {"originality": None}


def test_before_it_opens_a_round_is_not_announced():
    story = told()
    with refused("wrong_state"):
        story.announce()


def test_a_round_is_announced_once(story):
    story.announce()
    with refused("wrong_state"):
        story.announce()


def test_a_notice_for_a_team_that_does_not_take_part_is_unknown(story):
    with refused("unknown"):
        story.announce(delivered={"x": NOW.isoformat()})


def test_no_notice_arrives_before_the_announcement(story):
    with refused("out_of_range"):
        story.announce(delivered={"a": (NOW - timedelta(seconds=1)).isoformat()})


def test_what_is_missing_is_told_before_what_is_out_of_range():
    story = told(seats=1).open()
    early = (NOW - timedelta(days=1)).isoformat()
    with refused("incomplete"):
        story.announce(delivered={"a": early})


def test_what_is_out_of_range_is_told_before_a_tie():
    story = told(teams="ab", seats=1).open().score_all({"a": 80, "b": 80})
    with refused("out_of_range"):
        story.announce(delivered={"a": (NOW - timedelta(days=1)).isoformat()})


def test_the_announced_state_is_told_before_an_arrival_out_of_range(story):
    story.announce()
    with refused("wrong_state"):
        story.decide(ANNOUNCE, delivered={"a": (NOW - timedelta(days=1)).isoformat()})


def test_a_shorter_period_ends_sooner():
    story = told(teams="a", seats=1, appeal_days=1).open().score_all({"a": Decimal(90)}).announce()
    assert story.round.appeals_close_at == datetime(2026, 1, 16, 15, tzinfo=UTC)
