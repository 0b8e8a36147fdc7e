"""3: eight writers hand in sheets for one round while a worker recomputes; beside the bare inserts of the same rows.

Each writer is a process with a connection of its own. A burst is over when all have handed in; then the worker goes on
until no mark is left, and what stands is held against everything computed anew.
"""

import multiprocessing
import os
import statistics
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connection, transaction

from bench.filling import NOW
from consortia.models import Affiliation, Organisation
from core.actors import actor_of, machine
from core.ledger.naming import named
from core.models import Account, RoleGrant
from core.roles import Role
from evaluation.models import Cell, Entry, LiveStanding, Round, StaleMark
from evaluation.operations.recomputing import recompute, recompute_all
from evaluation.operations.sheets import submit_sheet

WRITERS = 8
BURSTS = 20
EACH = 5
"""Sheets of one writer in a burst."""

BARE = """
DROP TABLE IF EXISTS bare_mark, bare_sheet;
CREATE TABLE bare_sheet (LIKE evaluation_sheet INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (entry_id) REFERENCES evaluation_entry (id), FOREIGN KEY (account_id) REFERENCES core_account (id));
CREATE TABLE bare_mark (LIKE evaluation_mark INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (sheet_id) REFERENCES bare_sheet (id),
    FOREIGN KEY (criterion_id) REFERENCES evaluation_criterion (id))"""
BARE_SHEET = """
WITH sheet AS (INSERT INTO bare_sheet (entry_id, account_id, comment, digest, at) VALUES (%s, %s, '', '', now())
    RETURNING id)
INSERT INTO bare_mark (sheet_id, criterion_id, points) SELECT sheet.id, c, 5 FROM sheet, unnest(%s::bigint[]) c"""


def writers(round: Round) -> list[str]:
    """Eight experts who have judged nobody yet, with a role and an organisation of no team's."""
    names = [f"{round.programme.code}.expert-{number}" for number in range(1, 2000)]
    free = list(Account.objects.filter(username__in=names, sheets=None).order_by("pk")[:WRITERS])
    with transaction.atomic(), named(actor="system:bench", verb="fill"):
        where = Organisation.objects.create(programme=round.programme, code="outside", name_ko="밖", name_en="Outside")
        for account in free:
            Affiliation.objects.create(account=account, organisation=where)
            RoleGrant.objects.create(account=account, role=Role.EVALUATOR)
    with connection.cursor() as cursor:
        cursor.execute(BARE)
    return [account.username for account in free]


def write(round_id: int, name: str, entries: list[int], start: Any) -> None:
    """One writer: a sheet for each of the entries."""
    connection.close()
    round, account = Round.objects.get(pk=round_id), Account.objects.get(username=name)
    points = {leaf: Decimal(5) for leaf in round.criteria.filter(source="sheets")}
    rows = {entry.pk: entry for entry in Entry.objects.filter(pk__in=entries).select_related("team", "round")}
    actor = actor_of(account)
    start.wait()
    for entry in entries:
        submit_sheet(rows[entry], person=account, points=points, actor=actor, now=NOW)


def write_bare(round_id: int, name: str, entries: list[int], start: Any) -> None:
    """The same rows, and nothing else."""
    connection.close()
    account = Account.objects.get(username=name).pk
    leaves = list(Round.objects.get(pk=round_id).criteria.filter(source="sheets").values_list("pk", flat=True))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        start.wait()
        for entry in entries:
            bare.execute(BARE_SHEET, [entry, account, leaves])


def work(round_id: int, stop: Any) -> None:
    """The worker: recomputes as long as there is anything to do."""
    connection.close()
    round = Round.objects.get(pk=round_id)
    while not stop.is_set():
        if not recompute(round, actor=machine("bench"), now=datetime.now(UTC)):
            time.sleep(0.005)


def burst(act: Any, round: Round, names: list[str], entries: list[int]) -> tuple[float, list[float]]:
    """Seconds from when all are ready until the last is done; and how long each mark stood, until there was none."""
    start = multiprocessing.Barrier(WRITERS + 1)
    tasks = [multiprocessing.Process(target=act, args=(round.pk, name, entries, start)) for name in names]
    connection.close()
    for task in tasks:
        task.start()
    start.wait()
    begun = time.perf_counter()
    ended, seen, stood = 0.0, dict[int, float](), list[float]()
    while True:
        now, there = time.perf_counter(), set(StaleMark.objects.filter(round=round).values_list("pk", flat=True))
        stood += [now - seen.pop(mark) for mark in seen.keys() - there]
        seen |= {mark: now for mark in there if mark not in seen}
        if not ended and not any(task.is_alive() for task in tasks):
            ended = now
        if ended and not there:
            return ended - begun, stood
        time.sleep(0.01)


def wrong(round: Round) -> int:
    """Rows that differ from everything computed anew."""
    stood = set(_rows(round))
    recompute_all(round, NOW)
    return len(stood ^ set(_rows(round)))


def _rows(round: Round) -> list[tuple[Any, ...]]:
    cells = Cell.objects.filter(entry__round=round).values_list("entry", "criterion", "count", "points")
    return [*cells, *LiveStanding.objects.filter(round=round).values_list("entry", "rank", "total", "outcome")]


def measured(round: Round) -> tuple[float, float, float, int]:
    """Sheets a second: ours and bare; the median staleness in seconds; rows that were wrong once all was quiet."""
    names, entries = writers(round), list(round.entries.values_list("pk", flat=True))
    recompute_all(round, NOW)
    stop = multiprocessing.Event()
    worker = multiprocessing.Process(target=work, args=(round.pk, stop))
    connection.close()
    worker.start()
    ours, bare, stood, faults = 0.0, 0.0, list[float](), 0
    for number in range(BURSTS):
        part = entries[number * EACH % len(entries) :][:EACH]
        took, stale = burst(write, round, names, part)
        ours, stood = ours + took, stood + stale
        faults += wrong(round)
        bare += burst(write_bare, round, names, part)[0]
    stop.set()
    worker.join()
    total = WRITERS * EACH * BURSTS
    return total / ours, total / bare, statistics.median(stood or [0.0]), faults
