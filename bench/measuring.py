"""What is measured at one size: each act of the project beside the plain SQL that does the same work."""

import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import count, cycle
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.filling import NOW, Size, filled
from bench.plain import BARE_SCORE, BARE_TABLE, BOARD, EVENT, MEASUREMENT, NAMES, RUN, STALE, TOTALS
from core.actors import actor_of, machine
from core.ledger.naming import named
from core.models import Account, RoleGrant
from core.operation import operation
from core.roles import Role
from evaluation.models import LiveStanding, MeasurementRun, Round
from evaluation.operations.figures import record_measurements
from evaluation.operations.recomputing import recompute, recompute_all
from evaluation.operations.snapshots import take_snapshot
from evaluation.queries.standings import board
from evaluation.verbs import RECOMPUTE

RUNS = 7
WARM = 10
"""Scores that are not counted: what a connection keeps planned it plans with the first of them."""
numbers = count()


def took(act: Callable[[], Any]) -> float:
    """Milliseconds that it takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def medians(
    ours: Callable[[], Any], plain: Callable[[], float], before: Callable[[], Any] = lambda: None
) -> tuple[float, float]:
    """Milliseconds of both, the medians of runs in turn: the machine is not as fast from minute to minute.

    `before` is not counted, and `plain` tells its own.
    """
    pairs = []
    for _ in range(RUNS):
        before()
        pairs.append((took(ours), plain()))
    return statistics.median(our for our, _ in pairs), statistics.median(bare for _, bare in pairs)


def statements(asked: CaptureQueriesContext) -> int:
    """How many were asked; what begins and ends a transaction is not counted."""
    return sum(each["sql"] not in {"BEGIN", "COMMIT"} for each in asked.captured_queries)


def line(size: Size, what: str, ours: float, plain: float, bar: float) -> None:
    """One row of the table."""
    print(f"| {size.name} | {what} | {ours:.1f} | {plain:.1f} | {ours / plain:.2f} | {bar:g} |", flush=True)


@operation(RECOMPUTE)
def publish(round: Round, *, actor: Any) -> None:
    """Everything anew, and a snapshot, as an announcement does."""
    recompute_all(round)
    take_snapshot(round, NOW)


class Bench:
    """One size: a round with everything in it, and a cursor for the plain statements."""

    def __init__(self, size: Size) -> None:
        self.size, self.round, self.connection, self.actor = size, filled(size), connection, machine("bench")

    def fetch(self, statement: str) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, {"round": self.round.pk})
            return list(cursor.fetchall())

    def forget(self) -> None:
        """As if nothing had been computed yet."""
        with self.connection.cursor() as cursor:
            cursor.execute("TRUNCATE evaluation_cell, evaluation_livestanding")

    def whole(self) -> None:
        """1: cells, totals, ranks and outcomes anew, and a snapshot of them."""
        self.part_at_the_cut()
        act = partial(publish, self.round, actor=self.actor)
        self.line("1 everything, nothing there", act, TOTALS, 2.5, self.forget)
        self.line("1 everything, again", act, TOTALS, 2.5)

    def line(
        self, what: str, act: Callable[[], Any], plain: str, bar: float, before: Callable[[], Any] = lambda: None
    ) -> None:
        line(self.size, what, *medians(act, lambda: took(lambda: self.fetch(plain)), before), bar)

    def part_at_the_cut(self) -> None:
        """As many seats as leave no tie across the last one: a round with one is not announced."""
        recompute_all(self.round)
        below = LiveStanding.objects.filter(round=self.round, rank__gt=self.round.seats).order_by("rank")
        self.round.seats = (below[0].rank or 1) - 1

    def one(self) -> None:
        """2: one measured value more, until totals and ranks are right; beside the bare insert and commit of it."""
        self.grant(Role.OFFICIAL)
        with self.connection.cursor() as cursor:
            cursor.execute(BARE_TABLE)
        for code, what in (("m0", "2 one score"), ("best", "2 one score, relative scale")):
            criterion = self.round.criteria.get(code=code)
            for _ in range(WARM):
                self.score(criterion)
            with CaptureQueriesContext(self.connection) as asked:
                self.score(criterion)
            if "--statements" in sys.argv:
                print(*(" ".join(each["sql"].split())[:150] for each in asked.captured_queries), sep="\n")
            bare = partial(self.bare, criterion)
            both = medians(partial(self.score, criterion), bare)
            line(self.size, f"{what} ({statements(asked)} statements)", *both, 5)
        both = medians(partial(self.ledgered, criterion), bare)
        line(self.size, "2 the same rows with their ledger, bare", *both, 5)

    def score(self, criterion: Any) -> None:
        values = {f"more-{next(numbers)}": Decimal(5)}
        record_measurements(next(self.entries), criterion=criterion, values=values, actor=self.official, now=NOW)
        recompute(self.round, actor=self.actor, now=NOW)

    def bare(self, criterion: Any) -> float:
        entry = next(self.entries)
        run = MeasurementRun.objects.filter(entry=entry, criterion=criterion).earliest("pk")
        with self.connection.cursor() as cursor:
            begun = time.perf_counter()
            cursor.execute(BARE_SCORE, [run.pk, entry.pk, criterion.pk, f"more-{next(numbers)}", 5])
            return (time.perf_counter() - begun) * 1000

    def ledgered(self, criterion: Any) -> None:
        """What a score writes, ledger and all, by bare statements in one transaction; nothing is checked."""
        entry = next(self.entries)
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute(NAMES)
            cursor.execute(RUN, [entry.pk, criterion.pk, self.official.person().pk, NOW])
            cursor.execute(MEASUREMENT, [cursor.fetchone()[0], entry.pk, criterion.pk, f"more-{next(numbers)}", 5])
            cursor.execute(STALE, [self.round.pk, entry.pk, [criterion.pk], NOW])
            cursor.execute(EVENT, [entry.pk, NOW])

    def grant(self, role: Role) -> None:
        official = Account.objects.get(username=f"{self.size.name.lower()}.official-1")
        with transaction.atomic(), named(actor="system:bench", verb="fill"):
            RoleGrant.objects.get_or_create(account=official, role=role)
        self.official = actor_of(official)
        self.entries = cycle(self.round.entries.select_related("team", "round").order_by("?")[: 4 * RUNS])

    def board(self) -> None:
        """4: the published standings as a page reads them."""
        with CaptureQueriesContext(self.connection) as asked:
            board(self.round)
        self.line(f"4 board ({statements(asked)} statements)", lambda: board(self.round), BOARD, 3)
