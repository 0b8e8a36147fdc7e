"""A million responses from a CSV file beside a COPY of the same rows: `.venv/bin/python bench/importing.py [rows]`.

DATABASE_URL names a PostgreSQL whose user may create databases; fsync must be on. Medians of 7, each run into a round
of its own, by the operation that a confirmed upload calls: read twice, checked, written and committed, with digests and
the ledger. The plain side is one COPY into a table of the same columns, primary key and foreign key, without triggers.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.filling import NOW, Size, own_database, start

RUNS, ROWS, TEAMS = 7, 1_000_000, 1_000

BARE = """
DROP TABLE IF EXISTS bare_response;
CREATE TABLE bare_response (LIKE evaluation_response INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (batch_id) REFERENCES evaluation_responsebatch (id))"""

READ = """
COPY (SELECT r.batch_id, r.mark FROM evaluation_response r JOIN evaluation_responsebatch b ON b.id = r.batch_id
      WHERE b.code = '{key}' ORDER BY r.id) TO STDOUT"""


def written(file: Path, rows: int) -> None:
    """Lines of every team and every criterion in turn, marks from 0 to 10."""
    with file.open("w", encoding="utf-8") as table:
        table.write("team,criterion,mark\n")
        for number in range(rows):
            team, leaf = number % TEAMS + 1, number // TEAMS % 5
            table.write(f"t-{team},r{leaf},{number * 31 % 11}\n")


def seconds(act: Any) -> float:
    """How long it took."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def official_of(round: Any) -> Any:
    """An official of the round's programme, as an actor."""
    from django.db import transaction

    from core.actors import actor_of
    from core.ledger.naming import named
    from core.models import Account, RoleGrant
    from core.roles import Role

    official = Account.objects.get(username=f"{round.programme.code}.official-1")
    with transaction.atomic(), named(actor="system:bench", verb="fill"):
        RoleGrant.objects.create(account=official, role=Role.OFFICIAL)
    return actor_of(official)


def bring(round: Any, file: Path, key: str, actor: Any) -> None:
    """The rows, as an upload that an official has confirmed brings them in."""
    from evaluation.operations.importing import import_responses
    from evaluation.readers.uploads import panel

    with file.open("rb") as table:
        import_responses(round, panel(table, file.name), key=key, actor=actor, now=NOW)


def copy(lines: Iterable[bytes]) -> None:
    """The same rows into the bare table, committed."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE)
        with cursor.copy("COPY bare_response (batch_id, mark) FROM STDIN") as table:
            for block in lines:
                table.write(block)


def main() -> None:
    start(own_database(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")))
    from django.db import connection

    from bench.filling import filled  # Django must be set up before its models can be read

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.csv"
        written(file, rows)
        for run in range(RUNS):
            round, key = filled(Size(f"I{run}", TEAMS, 1, 5 * TEAMS)), f"bench-{run}"
            ours.append(seconds(partial(bring, round, file, key, official_of(round))))
            with connection.cursor() as cursor, cursor.copy(READ.format(key=key)) as table:
                lines = [bytes(block) for block in table]
            plain.append(seconds(partial(copy, lines)))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    one, other = statistics.median(ours), statistics.median(plain)
    print(f"| – | 5 {rows:,} responses from a file | {one:.1f} s | {other:.1f} s | {one / other:.2f} | 3 | {most} MB |")


main()
