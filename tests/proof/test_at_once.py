"""Two at the same moment, each on a connection of its own: one order, both outcomes legal, nothing lost.

Each race is run at the same instant, and then with the one or the other held back, until both orders have come about.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection

from appeals.models import Waiver
from appeals.operations.filing import withdraw_appeal
from appeals.operations.waiving import waive_appeal
from appeals.verbs import DECIDE_APPEAL, SELECT
from consortia.models import Call
from core.errors import Refused
from core.ledger.verifier import verify
from core.models import Decision, Event
from core.operations.decisions import approve, prepare
from evaluation.models import Correction, Snapshot, Vacancy
from evaluation.operations.figures import record_responses
from evaluation.rules.criteria import Criterion as Rule
from tests.appeals.after import (
    ENDS,
    TICK,
    admitted,
    answered,
    authorised,
    chosen,
    decided_on,
    filed,
    swept,
    voted,
)
from tests.story import NOW, Story, told

USER = (Rule("user", Decimal(100), source="responses"),)
PASSED = {"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}
HELD_BACK = (0.0, 0.02, -0.02, 0.2, -0.2, 2.0, -2.0)
"""Seconds by which the second is held back; the first, where it is less than nothing."""
Acts = tuple[Callable[[], Any], Callable[[], Any]]
ROUNDS = 1
WAIT = "60s"


@pytest.fixture(autouse=True)
def ledger(transactional_db: None) -> Iterator[None]:
    """Whatever happened at once, the ledger is whole in the end."""
    yield
    connection.ensure_connection()
    assert verify(connection.connection).damage is None


def announced(code: str) -> Story:
    """Two teams for two seats, of which b fails the gate."""
    story = told(code, teams=("a", "b"), criteria=USER, seats=2).open()
    for team, mark in (("a", 90), ("b", 80)):
        criterion, official = story.criterion("user"), story.actor("official-3")
        record_responses(story.entry(team), criterion=criterion, marks=[Decimal(mark)], actor=official, now=NOW)
        story.judge(team, "failed" if team == "b" else "passed")
    return story.announce()


def at_once(first: Callable[[], Any], second: Callable[[], Any], held_back: float) -> tuple[str, str]:
    """How each ended: `done`, or the code of its refusal. Any other fault is raised."""
    line = threading.Barrier(2)

    def run(act: Callable[[], Any], seconds: float) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{WAIT}'")
            line.wait(60)
            time.sleep(max(seconds, 0))
            act()
        except Refused as refusal:
            return str(refusal.code)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as two:
        one, other = two.submit(run, first, -held_back), two.submit(run, second, held_back)
        return one.result(120), other.result(120)


def race(make: Callable[[Story], Acts], *orders: str) -> Iterator[tuple[Story, str, str]]:
    """The race again and again; where `orders` says how the first may end, until it has ended in each of these ways."""
    met: set[str] = set()
    for number, held_back in enumerate(HELD_BACK):
        if number >= ROUNDS and met >= set(orders):
            return
        story = announced(f"race-{number}")
        first, second = at_once(*make(story), held_back)
        met.add(first)
        yield story, first, second
    assert met >= set(orders), f"of {orders} only {met} came about"


def test_two_officials_approve_the_same_decision() -> None:
    def make(story: Story) -> Acts:
        decision = prepare(
            DECIDE_APPEAL,
            admitted(filed(story), story),
            actor=story.actor("official-1"),
            now=NOW,
            reason="재심의 결과",
            arguments={"outcome": "upheld", "corrections": [PASSED]},
        )
        one, other = story.actor("official-2"), story.actor("official-3")
        return partial(approve, decision, actor=one, now=NOW), partial(approve, decision, actor=other, now=NOW)

    for story, *ended in race(make, "done", "wrong_state"):
        assert sorted(ended) == ["done", "wrong_state"]
        assert Correction.objects.filter(round=story.round).count() == 1
        assert list(Snapshot.objects.filter(round=story.round).values_list("number", flat=True)) == [1, 2]
        assert Decision.objects.filter(verb="decide_appeal", subject_id=story.round.appeals.get().pk).count() == 1


def test_an_appeal_is_filed_as_the_window_closes() -> None:
    def make(story: Story) -> Acts:
        authorised(story)
        return partial(filed, story, now=ENDS - TICK), partial(swept, ENDS)

    for story, filing, sweeping in race(make, "done", "too_late"):
        assert sweeping == "done"
        call = Call.objects.get(programme=story.programme)
        legal = {
            "done": (("announced", "authorised"), 1),
            "too_late": (("final", "open"), 0),
        }
        assert ((story.fresh().state, call.state), story.round.appeals.count()) == legal[filing]
        assert Vacancy.objects.filter(round=story.round).count() == (filing == "too_late")


def test_two_sweeps_close_at_once() -> None:
    def make(story: Story) -> Acts:
        authorised(story)
        return partial(swept, ENDS), partial(swept, ENDS)

    for story, *ended in race(make):
        assert ended == ["done", "done"]
        swept(ENDS)
        assert story.fresh().state == "final"
        assert Vacancy.objects.filter(round=story.round).count() == 1
        assert Call.objects.get(programme=story.programme).state == "open"
        for verb, kind in (("close_round", "evaluation.round"), ("open_call", "consortia.call")):
            subject = story.round.pk if kind == "evaluation.round" else Call.objects.get(programme=story.programme).pk
            assert Event.objects.filter(verb=verb, subject_kind=kind, subject_id=subject).count() == 1


def test_taken_back_as_it_is_decided() -> None:
    def make(story: Story) -> Acts:
        row = admitted(filed(story), story)
        lead = story.actor("b-lead")
        return (
            partial(withdraw_appeal, row, actor=lead, now=NOW),
            partial(decided_on, row, story, "upheld", [PASSED]),
        )

    for story, withdrawing, deciding in race(make, "done", "wrong_state"):
        state, snapshots = story.round.appeals.get().state, story.round.snapshots.count()
        assert (withdrawing, deciding, state, snapshots) in {
            ("done", "wrong_state", "withdrawn", 1),
            ("wrong_state", "done", "upheld", 2),
        }


def test_the_same_appeal_twice_at_once() -> None:
    for story, *ended in race(lambda story: (partial(filed, story), partial(filed, story))):
        assert ended == ["done", "done"]
        assert story.round.appeals.count() == 1


def test_two_appeals_on_one_ground_at_once() -> None:
    def make(story: Story) -> Acts:
        return partial(filed, story, code="appeal-1"), partial(filed, story, code="appeal-2")

    for story, *ended in race(make, "done", "duplicate"):
        assert sorted(ended) == ["done", "duplicate"]
        assert story.round.appeals.count() == 1


def test_waived_as_it_objects() -> None:
    def make(story: Story) -> Acts:
        return partial(filed, story), partial(waive_appeal, story.entry("b"), actor=story.actor("b-lead"), now=NOW)

    for story, filing, waiving in race(make, "done", "not_entitled"):
        assert waiving == "done"
        assert Waiver.objects.filter(entry=story.entry("b")).count() == 1
        assert (filing, story.round.appeals.count()) in {("done", 1), ("not_entitled", 0)}


def test_waived_twice_at_once() -> None:
    def make(story: Story) -> Acts:
        waive = partial(waive_appeal, story.entry("b"), actor=story.actor("b-lead"), now=NOW)
        return waive, waive

    for story, *ended in race(make):
        assert ended == ["done", "done"]
        assert Waiver.objects.filter(entry=story.entry("b")).count() == 1


def test_selected_twice_at_once_fills_one_seat() -> None:
    story = announced("one-seat")
    call = answered(story, "x", "y")
    for team in "xy":
        voted(story, call, team, "expert-1", "expert-2", "expert-3")
    two = [("official-1", "official-2"), ("official-2", "official-3")]
    acts = [partial(chosen, story, call, team, by=by) for team, by in zip("xy", two, strict=True)]
    ended = at_once(acts[0], acts[1], 0.0)
    assert sorted(ended) == ["done", "wrong_state"]
    assert Vacancy.objects.get().filled == 1
    assert Event.objects.filter(verb=SELECT.code).count() == 1
