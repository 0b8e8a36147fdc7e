"""Eight experts handing in sheets at once, while a worker recomputes: `.venv/bin/python bench/writers.py [M L]`.

DATABASE_URL and CELERY_BROKER_URL name a PostgreSQL and a broker (Redis by default). Told are the sheets handed in a
second beside bare inserts of the same rows by eight connections, how long a standing stayed stale, and what was stale
once all was quiet.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.filling import NOW, SIZES, own_database, start  # noqa: E402
from bench.plain import BARE_MARK, BARE_SHEET, BARE_SHEETS, EVENT, MARK, NAMES, SHEET, STALE  # noqa: E402

WRITERS, BURSTS, SHEETS = 8, 20, 5
"""Each writer hands in so many sheets in each burst."""
QUIET_WITHIN = 60


def set_up() -> None:
    """Django in a writer's own process, on the bench's database."""
    import django

    django.setup()


def admit(code: str, round: Any) -> None:
    """Let the writers act as experts who have declared that they have no conflict with any team."""
    from django.db import transaction

    from core.ledger.naming import named
    from core.models import Account, RoleGrant
    from core.roles import Role
    from evaluation.models import ConflictDeclaration

    facts = {"round": round, "kind": "none", "reason": "-", "declared_at": NOW}
    teams = list(round.entries.values_list("team_id", flat=True))
    with transaction.atomic(), named(actor="system:bench", verb="fill"):
        for account in Account.objects.filter(username__in=[expert(code, writer) for writer in range(WRITERS)]):
            RoleGrant.objects.create(account=account, role=Role.EVALUATOR)
            ConflictDeclaration.objects.bulk_create(
                ConflictDeclaration(account=account, team_id=team, declared_by=account, **facts) for team in teams
            )


def expert(code: str, writer: int) -> str:
    """The username of a writer: an expert who has no sheet yet."""
    return f"{code}.expert-{SIZES[code.upper()].experts + writer + 1}"


def hand_in(code: str, writer: int, burst: int) -> int:
    """One writer's sheets of one burst, through the operation."""
    from core.actors import actor_of
    from core.models import Account
    from evaluation.models import Round
    from evaluation.operations.sheets import submit_sheet

    round = Round.objects.get(programme__code=code)
    person = Account.objects.get(username=expert(code, writer))
    actor, leaves = actor_of(person), list(round.criteria.filter(source="sheets"))
    entries = round.entries.select_related("team", "round").order_by("pk")[burst * SHEETS : (burst + 1) * SHEETS]
    for entry in entries:
        points = {leaf: Decimal(writer + burst) / 10 for leaf in leaves}
        submit_sheet(entry, person=person, points=points, actor=actor, now=NOW)
    return SHEETS


def insert(code: str, writer: int, burst: int) -> int:
    """The same rows as bare inserts, each sheet in a transaction."""
    from django.db import transaction

    _, person, leaves, entries = _lots(code, writer, burst)
    for entry in entries:
        with transaction.atomic():
            _write(BARE_SHEET, BARE_MARK, [entry, person, NOW], leaves, Decimal(writer + burst) / 10)
    return SHEETS


def ledgered(code: str, writer: int, burst: int) -> int:
    """The same in the project's own tables, with what a sheet writes beside itself, and the ledger; no checks."""
    from django.db import connection, transaction

    round, person, leaves, entries = _lots(code, writer + WRITERS, burst)
    for entry in entries:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NAMES)
            _write(SHEET, MARK, [entry, person, NOW], leaves, Decimal(writer + burst) / 10)
            cursor.execute(STALE, [round, entry, leaves, NOW])
            cursor.execute(EVENT, [entry, NOW])
    return SHEETS


def _lots(code: str, writer: int, burst: int) -> tuple[int, int, list[int], list[int]]:
    """Keys of the round, of a writer, of the criteria scored by sheets, and of the entries of one burst."""
    from core.models import Account
    from evaluation.models import Round

    round = Round.objects.get(programme__code=code)
    leaves = list(round.criteria.filter(source="sheets").values_list("pk", flat=True))
    entries = round.entries.order_by("pk").values_list("pk", flat=True)[burst * SHEETS : (burst + 1) * SHEETS]
    return round.pk, Account.objects.get(username=expert(code, writer)).pk, leaves, list(entries)


def _write(sheet: str, mark: str, given: list[Any], leaves: list[int], points: Decimal) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sheet, given)
        key = cursor.fetchone()[0]
        cursor.executemany(mark, [(key, leaf, points) for leaf in leaves])


def rate(pool: ProcessPoolExecutor, act: Callable[[str, int, int], int], code: str, burst: int) -> float:
    """Sheets a second while all writers act at once."""
    begun = time.perf_counter()
    done = sum(pool.map(act, [code] * WRITERS, range(WRITERS), [burst] * WRITERS))
    return done / (time.perf_counter() - begun)


class Watch(Thread):
    """How long each mark of a round's staleness stood, as another connection sees it."""

    def __init__(self, round: Any) -> None:
        super().__init__(daemon=True)
        self.round = round
        self.over, self.first, self.lasted = Event(), {}, []  # type: Event, dict[int, float], list[float]

    def run(self) -> None:
        from evaluation.models import StaleMark

        while not self.over.wait(0.01):
            now = time.perf_counter()
            marked = set(StaleMark.objects.filter(round=self.round).values_list("pk", flat=True))
            for gone in self.first.keys() - marked:
                self.lasted.append(now - self.first.pop(gone))
            self.first |= dict.fromkeys(marked - self.first.keys(), now)


@contextmanager
def worker() -> Iterator[None]:
    """A real worker on the real broker, once it answers: it starts beside eight writers, on a slow machine for long."""
    from celery import current_app

    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "--loglevel", "error"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            while not current_app.control.ping(timeout=1):
                assert process.poll() is None, "the worker has ended"
            yield
        finally:
            process.terminate()


def stale_rows(round: Any) -> int:
    """How many standings differ from what follows from the inputs, once nothing is marked any more."""
    from evaluation.models import LiveStanding, StaleMark
    from evaluation.queries.standings import computed_standings

    deadline = time.monotonic() + QUIET_WITHIN
    while StaleMark.objects.filter(round=round).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    stands = {
        row.entry.team.code: row for row in LiveStanding.objects.filter(round=round).select_related("entry__team")
    }
    return sum(
        (stands[row.team].rank, stands[row.team].total, stands[row.team].outcome) != (row.rank, row.total, row.outcome)
        for row in computed_standings(round).standings.rows
    )


def measure(name: str) -> None:
    """One size: all the bursts."""
    from django.db import connection

    from bench.filling import filled
    from evaluation.operations.recomputing import recompute_all

    round = filled(SIZES[name])
    admit(name.lower(), round)
    with connection.cursor() as cursor:
        cursor.execute(BARE_SHEETS)
    watch, stale, ours, bare = Watch(round), 0, [], []
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn"), initializer=set_up) as pool, worker():
        recompute_all(round)
        rate(pool, insert, name.lower(), BURSTS)  # connections are open
        watch.start()
        for burst in range(BURSTS):
            ours.append(rate(pool, hand_in, name.lower(), burst))
            stale += stale_rows(round)
            bare.append(rate(pool, insert, name.lower(), burst))
        watch.over.set()
        watch.join()
        least = statistics.median(rate(pool, ledgered, name.lower(), burst) for burst in range(BURSTS))
    share = statistics.median(ours) / statistics.median(bare)
    lasted = statistics.median(watch.lasted)
    print(
        f"| {name} | 3 eight writers | {statistics.median(ours):.0f}/s | {statistics.median(bare):.0f}/s "
        f"(with their ledger {least:.0f}/s) "
        f"| {share:.0%} of bare, stale rows {stale}, staleness median {lasted:.2f} s, most {max(watch.lasted):.2f} s "
        f"| 30 %, 0, 0.3 s |",
        flush=True,
    )


def main() -> None:
    os.environ["DATABASE_URL"] = own_database(
        os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    )
    os.environ.setdefault("CELERY_BROKER_URL", "redis://127.0.0.1:6379/14")
    os.environ.setdefault("CELERY_TASK_DEFAULT_QUEUE", "simsa-bench")
    start(os.environ["DATABASE_URL"])
    for name in [each for each in sys.argv[1:] if each in ("M", "L", "XL")] or ["M", "L"]:
        measure(name)


if __name__ == "__main__":
    main()
