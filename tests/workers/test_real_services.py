"""Workers and beat as processes of their own, on a real database and each real broker."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from consortia.models import Call
from core.models import Pulse
from tests.appeals.due import call_of, closed_once, due
from tests.config.test_services import address
from tests.races.together import ledger_damage
from tests.sessions import other_sessions, waiting_sessions
from tests.story import Story
from tests.workers.processes import Processes
from tests.workers.waiting import wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
SWEEP = "appeals.tasks.sweep"


@pytest.fixture
def processes(transactional_db, broker_url, tmp_path: Path) -> Iterator[Processes]:
    connection.ensure_connection()
    mine = Processes(
        {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": address(),
            "CELERY_BROKER_URL": broker_url,
            "CELERY_TASK_DEFAULT_QUEUE": f"test-{uuid.uuid4().hex}",
            "SWEEP_SECONDS": "1",
        },
        tmp_path,
    )
    yield mine
    mine.end()


@pytest.fixture
def story(transactional_db) -> Story:
    """Announced in January: by the database's clock its window has long been over."""
    return due()


@contextmanager
def locked(statement: str) -> Iterator[None]:
    """A lock held by a session of its own."""
    with psycopg.connect(**connection.get_connection_params()) as holder:
        holder.execute(statement)
        yield
        holder.rollback()


def pulses() -> str | None:
    pulse = Pulse.objects.filter(name="sweep").first()
    return pulse and pulse.finished_at.isoformat()


def next_pulse(after: str | None) -> bool:
    return wait_for(lambda: pulses() not in (None, after))


def test_beats_tick_closes_a_due_round_and_opens_its_call_once(processes, story):
    worker = processes.worker(2)
    processes.beat()

    assert wait_for(lambda: call_of(story).state == "open"), worker.said()
    for _ in range(2):  # and the ticks that follow find nothing more to do
        assert next_pulse(pulses()), worker.said()
    assert closed_once(story)


def test_a_worker_killed_in_the_middle_of_a_closing(processes, story):
    """The round is final and its vacancy counted, but not committed; the call is waited for when the worker dies."""
    worker = processes.worker()
    with locked("SELECT FROM consortia_call FOR UPDATE"):
        processes.ring(SWEEP)
        assert wait_for(lambda: waiting_sessions() == 1), worker.said()
        worker.kill()
    assert wait_for(lambda: other_sessions() == 0)
    assert (story.fresh().state, call_of(story).state) == ("announced", "authorised")

    successor = processes.worker()
    processes.ring(SWEEP)
    assert wait_for(lambda: call_of(story).state == "open"), successor.said()
    assert closed_once(story)
    assert ledger_damage() is None


def test_a_process_of_a_worker_killed_in_the_middle_of_a_closing(processes, story):
    """The worker starts another process, and the next tick finishes the work."""
    worker = processes.worker()
    with locked("SELECT FROM consortia_call FOR UPDATE"):
        processes.ring(SWEEP)
        assert wait_for(lambda: waiting_sessions() == 1), worker.said()
        worker.kill_children()
    assert wait_for(lambda: other_sessions() == 0)
    assert (story.fresh().state, call_of(story).state) == ("announced", "authorised")

    processes.beat()
    assert wait_for(lambda: call_of(story).state == "open"), worker.said()
    assert closed_once(story)


def test_four_processes_sweep_at_once(processes, story):
    second = due("second")
    worker = processes.worker(4)
    with locked("LOCK TABLE evaluation_round IN ACCESS EXCLUSIVE MODE"):
        processes.ring(SWEEP, times=4)
        assert wait_for(lambda: waiting_sessions() == 4), worker.said()

    assert wait_for(lambda: worker.done() == 4), worker.said()
    assert [closed_once(story), closed_once(second)] == [True, True]
    assert Call.objects.filter(state="open").count() == 2
    assert ledger_damage() is None
