"""Suppositions as jobs: asked for, computed, kept for a week; what is refused when one is asked for, made or read."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from core.clock import database_now
from core.models import Event
from core.sweeps import LOST, PATIENCE
from evaluation import sweeps, tasks
from evaluation.models import Supposing
from evaluation.operations.supposing import as_fact, change_of, suppose
from evaluation.operations.supposings import (
    ask_for_supposing,
    cancel_supposing,
    compute_supposing,
    give_up_supposing,
    remove_supposing,
    see_supposing,
)
from evaluation.queries import comparing
from evaluation.queries.supposed import Seen, seen_of
from evaluation.queries.supposing import Steps
from evaluation.rules.supposing import GateDecided, TeamWithdrawn, Trimmed, Weighted, WithoutEvaluator
from evaluation.sweeps import resume_work
from evaluation.verbs import ADOPT_CRITERIA
from tests.evaluation.operations.test_criteria_changes import proposed
from tests.evaluation.panelled import panelled, sits_on_the_panel
from tests.story import NOW, SYSTEM, Story
from tests.support import decided
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
CHANGES = (
    Weighted("expert", Decimal("50.5")),
    Trimmed("user", 1),
    WithoutEvaluator("expert-5"),
    GateDecided("originality", "c", "failed"),
    TeamWithdrawn("c"),
)


@pytest.fixture
def story() -> Story:
    return panelled()


def asked(story: Story, *changes, person: str = "official-1") -> Supposing:
    return ask_for_supposing(story.round, changes=changes or CHANGES, actor=story.actor(person), now=database_now())


def done(story: Story, *changes) -> Supposing:
    supposing = asked(story, *changes)
    assert sweeps.compute_supposing(supposing.pk, now=database_now())
    supposing.refresh_from_db()
    return supposing


def seen(story: Story, supposing: Supposing, person: str = "auditor-1") -> Seen:
    found: Seen = see_supposing(supposing, actor=story.actor(person), now=database_now())
    return found


def test_each_change_is_read_back_as_it_was_written():
    assert [change_of(as_fact(each)) for each in CHANGES] == list(CHANGES)


def test_what_is_kept_is_what_is_computed_at_once(story, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        supposing = asked(story)
    assert bells.jobs() == ["evaluation.tasks.compute_supposing"]
    tasks.compute_supposing(supposing.pk)
    supposing.refresh_from_db()
    assert (supposing.phase, supposing.done, supposing.total) == ("done", 24, 24)
    now = seen_of(suppose(story.round, changes=CHANGES, actor=story.actor("official-1"), now=NOW))
    assert seen(story, supposing) == now
    assert (now.snapshot, len(now.differences.rows)) == (None, 3)


def test_beside_a_snapshot_too(story):
    story.announce()
    supposing = done(story, WithoutEvaluator("expert-5"))
    assert seen(story, supposing).snapshot == 1


def test_of_more_teams_than_a_page_holds_the_first_that_change_are_kept(story, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_ROWS", 1)
    found = seen(story, done(story, WithoutEvaluator("expert-5"))).differences
    assert ([row.after.team for row in found.rows], found.omitted) == (["b"], 2)
    assert found.anew == {"b": "팀 b", "a": "팀 a"}


def test_everybody_who_asks_computes_or_looks_is_recorded(story):
    supposing = done(story, TeamWithdrawn("c"))
    seen(story, supposing)
    changes = [{"team_withdrawn": {"team": "c"}}]
    lines = Event.objects.filter(verb__contains="suppos").order_by("id").values_list("actor", "verb", "facts")
    assert list(lines) == [
        ("test.official-1", "suppose", {"supposing": supposing.pk, "changes": changes}),
        ("test.official-1", "suppose", {"snapshot": None, "changes": changes}),
        ("test.official-1", "suppose", {"supposing": supposing.pk, "snapshot": None, "kept": 7}),
        ("test.auditor-1", "see_supposing", {"supposing": supposing.pk, "snapshot": None}),
    ]


def test_progress_is_told_by_entries(story, monkeypatch):
    monkeypatch.setattr(Steps, "EVERY", 1)
    heard: list[int] = []
    suppose(story.round, changes=CHANGES, steps=Steps(3, heard.append), actor=story.actor("official-1"), now=NOW)
    assert heard == [3, 6, 9, 12, 13, 14, 15, 18, 19, 20, 21, 24]


def test_whoever_asks_for_the_same_is_led_to_the_one_under_way(story):
    first = asked(story)
    with unchanged():
        assert asked(story) == first
    assert asked(story, TeamWithdrawn("a")) != first
    assert asked(story, person="auditor-1") != first
    assert compute_supposing(first, actor=story.actor("official-1"), now=database_now())
    with unchanged():
        assert not compute_supposing(first, actor=story.actor("official-1"), now=database_now())
    assert asked(story) != first


def test_what_cannot_be_supposed_is_refused_when_it_is_asked(story):
    for change in (Weighted("nothing", Decimal(1)), WithoutEvaluator("expert-6"), TeamWithdrawn("x")):
        with refused("unknown"):
            asked(story, change)
    for change in (Weighted("expert", Decimal(-1)), Trimmed("expert", 10), Trimmed("bench", 1)):
        with refused("out_of_range"):
            asked(story, change)
    with refused("incomplete"):
        ask_for_supposing(story.round, changes=(), actor=story.actor("official-1"), now=NOW)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            asked(story, person=person)
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        asked(story)


def test_who_has_come_onto_the_panel_gets_no_result_and_sees_none(story):
    kept, waiting = done(story), asked(story, TeamWithdrawn("c"))
    sits_on_the_panel(story)
    assert not sweeps.compute_supposing(waiting.pk, now=database_now())
    waiting.refresh_from_db()
    assert (waiting.phase, waiting.found) == ("refused", None)
    assert "평가위원은 결정에 참여할 수 없습니다" in waiting.said
    assert Event.objects.latest("id").actor == "system:supposing"
    with refused("conflict_of_interest"):
        seen(story, kept, person="official-1")
    assert seen(story, kept)


def test_by_other_criteria_it_is_another_result(story):
    kept = done(story)
    decided(story, ADOPT_CRITERIA, proposed(story, {"bench": {"points": "35"}, "expert": {"points": "40"}}))
    with refused("wrong_state"):
        seen(story, kept)


def test_nothing_is_seen_of_what_is_not_done(story):
    waiting = asked(story)
    with refused("unknown"):
        seen(story, waiting)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            seen(story, waiting, person=person)


def test_one_that_waits_is_cancelled_at_once(story):
    supposing = asked(story)
    for person in ("expert-1", "a-lead"):
        with refused("not_allowed"):
            cancel_supposing(supposing, actor=story.actor(person), now=NOW)
    assert cancel_supposing(supposing, actor=story.actor("official-2"), now=NOW).phase == "cancelled"
    with unchanged():
        assert not sweeps.compute_supposing(supposing.pk, now=database_now())
    with refused("wrong_state"):
        cancel_supposing(supposing, actor=story.actor("official-2"), now=NOW)


def test_one_that_was_told_to_stop_leaves_no_result(story):
    supposing = asked(story)
    Supposing.objects.filter(pk=supposing.pk).update(cancelled=True)
    assert not sweeps.compute_supposing(supposing.pk, now=database_now())
    supposing.refresh_from_db()
    assert (supposing.phase, supposing.found, supposing.said) == ("cancelled", None, "취소해 계산을 멈췄습니다.")


def test_what_is_over_is_not_given_up(story):
    supposing = done(story)
    with unchanged():
        give_up_supposing(supposing, said="늦음", actor=SYSTEM, now=NOW)
    assert Supposing.objects.get().phase == "done"


def test_a_lost_ring_is_rung_again_and_what_never_ends_is_given_up(story, bells, django_capture_on_commit_callbacks):
    supposing = asked(story)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(supposing.at)
        resume_work(supposing.at + 2 * LOST)
    assert bells.jobs() == ["evaluation.tasks.compute_supposing"]
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(supposing.at + 2 * PATIENCE)
    supposing.refresh_from_db()
    assert (supposing.phase, bells.jobs()) == ("refused", [])
    assert "한 시간이 지나도록" in supposing.said


def test_a_result_is_removed_when_its_time_is_over(story):
    kept, later = done(story), done(story, TeamWithdrawn("c"))
    ends = database_now() - timedelta(seconds=1)
    with unchanged():
        assert not remove_supposing(kept, actor=SYSTEM, now=ends)
    Supposing.objects.filter(pk=kept.pk).update(kept_until=ends)
    kept.refresh_from_db()
    with refused("unknown"):
        seen(story, kept)
    resume_work(database_now())
    kept.refresh_from_db()
    assert (kept.phase, kept.found, kept.said) == ("done", None, "보관 기한이 지나 결과를 지웠습니다.")
    assert Event.objects.filter(verb="remove_supposing", actor="system:supposing").count() == 1
    assert seen(story, later)
    with unchanged():
        resume_work(database_now())
