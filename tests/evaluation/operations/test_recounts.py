"""Recounts: what is counted anew, what is found where somebody has bent a figure, and what is refused."""

from decimal import Decimal

import pytest
from django.db import connection

from core.clock import database_now
from core.models import Event
from core.sweeps import LOST, PATIENCE
from evaluation import sweeps, tasks
from evaluation.models import Cell, LiveStanding, Recount, Snapshot, SnapshotRow
from evaluation.operations import recounts
from evaluation.operations.figures import record_responses
from evaluation.operations.recomputing import recompute
from evaluation.operations.recounts import (
    ask_for_recount,
    cancel_recount,
    give_up_recount,
    make_recount,
    see_differences,
)
from evaluation.queries.digests import inputs_digest
from evaluation.queries.recounting import result_digest
from evaluation.queries.standings import published_board
from evaluation.queries.supposing import Steps
from evaluation.sweeps import resume_work
from tests.evaluation.panelled import panelled, sits_on_the_panel
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return panelled()


def asked(story: Story, person: str = "official-1") -> Recount:
    return ask_for_recount(story.round, actor=story.actor(person), now=database_now())


def done(story: Story, person: str = "official-1") -> Recount:
    recount = asked(story, person)
    assert sweeps.make_recount(recount.pk, now=database_now())
    recount.refresh_from_db()
    return recount


def live(story: Story) -> list[tuple[object, ...]]:
    return list(LiveStanding.objects.filter(round=story.round).order_by("pk").values_list("rank", "total", "outcome"))


def test_of_a_round_being_scored_nothing_differs(story, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        recount = asked(story)
    assert bells.jobs() == ["evaluation.tasks.make_recount"]
    tasks.make_recount(recount.pk)
    recount.refresh_from_db()
    assert (recount.phase, recount.done, recount.total, recount.said) == ("done", 18, 18, "모두 맞습니다.")
    assert (recount.scores, recount.differing, recount.apart, recount.mended) == (9, 0, [], False)
    assert (recount.snapshot, recount.inputs_digest) == (None, inputs_digest(story.round))


def test_what_waits_to_be_recomputed_is_recomputed_and_not_told_as_a_difference(story):
    assert live(story) == []
    assert done(story).differing == 0
    assert [row[0] for row in live(story)] == [1, 2, 3]
    assert not recompute(story.round, actor=SYSTEM, now=NOW)


def test_a_published_result_is_counted_too(story):
    story.announce()
    recount = done(story, "auditor-1")
    assert (recount.differing, recount.snapshot) == (0, Snapshot.objects.get())


def test_the_digest_in_plain_words_is_the_published_one(story):
    story.announce()
    snapshot = Snapshot.objects.get()
    assert result_digest(published_board(snapshot)) == snapshot.digest


def test_a_bent_score_is_found_told_and_mended(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    right = live(story)
    a, user = story.entry("a"), story.criterion("user")
    Cell.objects.filter(entry=a, criterion=user).update(points=Decimal("29.0"), count=99)
    LiveStanding.objects.filter(entry=a).update(rank=3, total=Decimal(100))
    with written() as changes:
        recount = done(story)
    assert (recount.differing, recount.mended, recount.said) == (4, True, "다른 곳이 4군데 있습니다.")
    found = {(where, team, fact): stands for where, team, fact, stands, _ in recount.apart}
    assert found[("live", "a", "rank")] == "3"
    assert found[("live", "a", "total")] == "100"
    assert found[("live", "a", "score:user")] == "29.0"
    assert found[("live", "a", "values:user")].startswith("99: ")
    assert live(story) == right
    assert changes == ["core_event I test.official-1 recount"] * 2
    assert Event.objects.latest("id").facts["apart"] == [
        ["live", "a", fact] for fact in ("rank", "score:user", "total", "values:user")
    ]
    assert done(story).differing == 0


def test_a_missing_row_is_found(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(entry=story.entry("b")).delete()
    recount = done(story)
    facts = [["live", "b", fact, None] for fact in ("outcome", "rank", "reason", "total")]
    assert ([each[:4] for each in recount.apart], recount.mended) == (facts, True)


def test_a_published_result_that_somebody_has_bent_is_found_and_left(story):
    story.announce()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, change in (("row", "total = total + 1 WHERE rank = 1"), ("", "digest = repeat('0', 64)")):
            cursor.execute(f"ALTER TABLE evaluation_snapshot{table} DISABLE TRIGGER ALL")
            cursor.execute(f"UPDATE evaluation_snapshot{table} SET {change}")
    bent = list(SnapshotRow.objects.values_list())
    recount = done(story)
    assert (recount.differing, recount.mended) == (2, False)
    assert [each[:3] for each in recount.apart] == [["published", "", "digest"], ["published", "a", "total"]]
    assert list(SnapshotRow.objects.values_list()) == bent


def test_what_the_tables_compute_otherwise_is_told_as_not_mended(story, monkeypatch):
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(entry=story.entry("a")).update(rank=2)
    monkeypatch.setattr(recounts, "recompute_all", lambda _: None)
    recount = done(story)
    assert (recount.differing, recount.mended) == (1, False)


def test_of_many_differences_the_first_are_kept(story, monkeypatch):
    monkeypatch.setattr(recounts, "MOST_KEPT", 1)
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(round=story.round).update(total=Decimal(1))
    recount = done(story)
    assert (recount.differing, len(recount.apart)) == (3, 1)


def test_it_is_counted_anew_where_an_input_came_in_meanwhile(story, monkeypatch):
    arrivals, told = iter([Decimal(1)]), Steps.whole

    def arriving(steps: Steps) -> None:
        told(steps)
        for mark in arrivals:
            facts = {"criterion": story.criterion("user"), "actor": story.actor("official-1"), "now": NOW}
            record_responses(story.entry("a"), marks=[mark], **facts)

    monkeypatch.setattr(Steps, "whole", arriving)
    recount = done(story)
    assert (recount.differing, recount.inputs_digest) == (0, inputs_digest(story.round))


def test_it_is_refused_where_inputs_never_cease(story, monkeypatch):
    digests = iter(range(100))
    monkeypatch.setattr(recounts, "inputs_digest", lambda _: str(next(digests)))
    recount = asked(story)
    assert not sweeps.make_recount(recount.pk, now=database_now())
    recount.refresh_from_db()
    assert (recount.phase, recount.differing) == ("refused", None)
    assert "평가 자료가 계속 들어왔습니다" in recount.said
    assert next(digests) == 2 * recounts.MOST_TIMES


def test_whoever_asks_meanwhile_is_led_to_the_one_under_way(story):
    first = asked(story)
    with unchanged():
        assert asked(story, "auditor-1") == first
    assert make_recount(first, actor=story.actor("official-1"), now=database_now())
    with unchanged():
        assert not make_recount(first, actor=story.actor("official-1"), now=database_now())
    assert asked(story) != first


def test_who_may_not_ask(story):
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            asked(story, person)
    waiting = asked(story)
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        asked(story)
    assert not sweeps.make_recount(waiting.pk, now=database_now())
    waiting.refresh_from_db()
    assert (waiting.phase, "평가위원은 결정에 참여할 수 없습니다" in waiting.said) == ("refused", True)


def test_a_round_that_is_drafted_has_nothing_to_count():
    story = told()
    with refused("wrong_state"):
        asked(story)


def test_looking_at_figures_is_recorded(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(entry=story.entry("a")).update(rank=2)
    recount = done(story)
    (found,) = see_differences(recount, actor=story.actor("auditor-1"), now=NOW)
    assert found == ("live", "a", "rank", "2", "1")
    event = Event.objects.latest("id")
    assert (event.actor, event.verb, event.facts) == ("test.auditor-1", "see_standings", {"recount": recount.pk})
    for person in ("expert-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            see_differences(recount, actor=story.actor(person), now=NOW)
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        see_differences(recount, actor=story.actor("official-1"), now=NOW)


def test_one_that_waits_is_cancelled_at_once(story):
    recount = asked(story)
    with refused("not_allowed"):
        cancel_recount(recount, actor=story.actor("expert-1"), now=NOW)
    assert cancel_recount(recount, actor=story.actor("official-2"), now=NOW).phase == "cancelled"
    with unchanged():
        assert not sweeps.make_recount(recount.pk, now=database_now())
    with refused("wrong_state"):
        cancel_recount(recount, actor=story.actor("official-2"), now=NOW)


def test_one_that_was_told_to_stop_leaves_everything_as_it_was(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(entry=story.entry("a")).update(rank=2)
    recount, before = asked(story), live(story)
    Recount.objects.filter(pk=recount.pk).update(cancelled=True)
    assert not sweeps.make_recount(recount.pk, now=database_now())
    recount.refresh_from_db()
    assert (recount.phase, recount.differing, recount.said) == ("cancelled", None, "취소해 검산을 멈췄습니다.")
    assert live(story) == before


def test_what_is_over_is_not_given_up(story):
    recount = done(story)
    with unchanged():
        give_up_recount(recount, said="늦음", actor=SYSTEM, now=NOW)
    assert Recount.objects.get().phase == "done"


def test_a_lost_ring_is_rung_again_and_what_never_ends_is_given_up(story, bells, django_capture_on_commit_callbacks):
    recount = asked(story)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(recount.at)
        resume_work(recount.at + 2 * LOST)
    assert bells.jobs() == ["evaluation.tasks.make_recount"]
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(recount.at + 2 * PATIENCE)
    recount.refresh_from_db()
    assert (recount.phase, bells.jobs()) == ("refused", [])
