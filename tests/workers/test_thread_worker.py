"""A worker in this process on a broker in memory: a ring leads to standings that are up to date, and to work done."""

import logging
import time
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.db import connection, transaction

from config.celery import app
from consortia.operations.roster_imports import AT_ONCE, bring_in_roster
from consortia.readers.rosters import Kind, Row
from core.attachments.receiving import private_storage
from core.clock import database_now
from core.operations.verifications import ask_for_verification
from evaluation.models import Entry, LiveStanding, StaleMark
from evaluation.operations.exports import ask_for_export
from evaluation.operations.figures import record_responses
from evaluation.operations.recounts import ask_for_recount
from evaluation.operations.supposings import ask_for_supposing
from evaluation.queries.standings import computed_standings
from evaluation.rules.supposing import TeamWithdrawn
from evaluation.tasks import PAUSE
from tests.appeals.due import drafted, due, respond
from tests.races.together import together
from tests.sessions import other_sessions
from tests.story import Story
from tests.workers.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
INPUTS = 50


@pytest.fixture
def worker(transactional_db) -> Iterator[list[str]]:
    """A worker on two threads; the names of the tasks that it has done."""
    done: list[str] = []

    def note(sender: Any, **_: Any) -> None:
        done.append(sender.name)
        connection.close()

    level = logging.getLogger().level
    app.control.purge()  # what earlier tests have rung for
    task_postrun.connect(note)
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False, shutdown_timeout=30):
        yield done
    task_postrun.disconnect(note)
    logging.getLogger().setLevel(level)  # a worker sets it for its whole process


def up_to_date(story: Story) -> bool:
    """Nothing is stale, and the live standings are those that follow from the inputs."""
    if StaleMark.objects.filter(round=story.round).exists():
        return False
    live = LiveStanding.objects.filter(entry__round=story.round).select_related("entry__team")
    shown = {row.entry.team.code: (row.rank, row.total, row.outcome) for row in live}
    computed = computed_standings(story.round).standings.rows
    return shown == {row.team: (row.rank, row.total, row.outcome) for row in computed}


def test_an_input_brings_the_standings_up_to_date(worker):
    story = drafted().open()
    respond(story, "a", 90)

    assert wait_for(lambda: up_to_date(story))
    assert LiveStanding.objects.get(entry=story.entry("a")).total == 90
    assert wait_for(lambda: "evaluation.tasks.recompute" in worker)


def test_the_next_input_does_so_again(worker):
    story = drafted().open()
    respond(story, "a", 90)
    assert wait_for(lambda: up_to_date(story))
    respond(story, "a", 80)

    assert wait_for(lambda: LiveStanding.objects.get(entry=story.entry("a")).total == 85)


def test_a_burst_in_one_transaction_rings_once(worker):
    story = drafted()
    with transaction.atomic():
        story.open()
        for _ in range(INPUTS):
            respond(story, "a", 90)

    assert wait_for(lambda: up_to_date(story))
    assert wait_for(lambda: worker == ["evaluation.tasks.recompute"])


def test_a_burst_of_inputs_leads_to_few_recomputations(worker):
    """Who finds an earlier input waiting does not ring; who finds nothing stale any more has nothing to do."""
    story = drafted().open()
    assert wait_for(lambda: up_to_date(story))
    criterion, entry = story.criterion("user"), story.entry("a")
    official = story.actor("official-1")
    for _ in range(INPUTS):
        record_responses(entry, criterion=criterion, marks=[Decimal(50)], actor=official, now=story.now)

    assert wait_for(lambda: up_to_date(story))
    assert wait_for(lambda: other_sessions() == 0)
    assert 1 <= recomputations() < INPUTS / 2
    assert worker.count("evaluation.tasks.recompute") < INPUTS / 2


def test_no_input_of_many_people_is_left_unheard(worker):
    """They come at any moment: while marks are taken, while the job pauses, when it has just ended.

    Nothing comes after them, and no sweep, that would make up for it.
    """
    story = drafted().open()
    criterion, official = story.criterion("user"), story.actor("official-1")
    entries = [story.entry("a"), story.entry("b")]

    def enter(entry: Entry, pause: float) -> None:
        for _ in range(INPUTS):
            record_responses(entry, criterion=criterion, marks=[Decimal(50)], actor=official, now=story.now)
            time.sleep(pause)

    together(*(partial(enter, entry, PAUSE.total_seconds() / part) for entry in entries for part in (3, 7)))

    assert wait_for(lambda: up_to_date(story))


def test_long_work_of_every_kind_is_carried_out(worker):
    story = due()
    facts = {"actor": story.actor("official-1"), "now": database_now()}
    export = ask_for_export(story.round, **facts)
    supposing = ask_for_supposing(story.round, changes=[TeamWithdrawn("a")], **facts)
    recount = ask_for_recount(story.round, **facts)
    rows = [Row(place, f"org-{place}", "기관", "Org") for place in range(2, AT_ONCE + 3)]
    roster = bring_in_roster(story.programme, kind=Kind.ORGANISATIONS, rows=rows, **facts)
    verification = ask_for_verification(**facts)

    for work in (export, supposing, recount, roster, verification):
        assert wait_for(lambda work=work: not type(work).objects.get(pk=work.pk).under_way)
        work.refresh_from_db()
        assert (work.phase, work.done) == ("done", work.total)
    jobs = {f"evaluation.tasks.{job}" for job in ("make_export", "compute_supposing", "make_recount")}
    assert {*jobs, "consortia.tasks.carry_out_roster", "core.tasks.verify_ledger"} <= set(worker)
    assert private_storage().exists(export.stored_as)


def recomputations() -> int:
    """How often the live standings were written anew, by PostgreSQL's own count of their tuples.

    A session that stays keeps its counts to itself for a while; only those that have ended are sure to be in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'evaluation_livestanding'"
        )
        return int(cursor.fetchone()[0]) // 2  # two entries
