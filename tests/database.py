"""The test databases: one for each process of a run, and a pristine copy that all of them are made and restored from.

The ledger's tables refuse TRUNCATE and DELETE whatever the session says, so the flush after a transactional test cannot
work, and it would also lose the rows that migrations put there. A copy made by PostgreSQL brings everything back:
rows, sequences, triggers and their modes. Copying takes a tenth of a second and migrating a hundred times as long, so
the first process of a run migrates and the others copy.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from config.local.place import MEMORY

PREFIX = "test_simsa_"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
RUN = os.getppid() if WORKER else os.getpid()
"""The process that a run lives as long as: one's own, or the one that started the others."""

OURS = f"{PREFIX}{RUN}_"
NAME = f"{OURS}{WORKER or 'main'}"
"""A name of its own, so that several runs in one checkout do not take each other's database."""

PRISTINE = f"{OURS}pristine"


@contextmanager
def maintenance() -> Iterator["psycopg.Connection[tuple[str]]"]:
    """A connection beside the test database, which can be dropped and copied from there."""
    known = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**known, autocommit=True) as keeper:
        yield keeper


@contextmanager
def alone() -> Iterator[None]:
    """One process of the run at a time: the others wait until the block ends, however it ends."""
    with maintenance() as keeper:
        keeper.execute("SELECT pg_advisory_lock(hashtext(%s))", [PRISTINE])
        yield


def names(like: str = PREFIX) -> list[str]:
    """The databases whose names begin so."""
    with maintenance() as keeper:
        found = keeper.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [like])
        return [name for (name,) in found.fetchall()]


def drop_orphans() -> None:
    """Drop the databases of runs that were killed."""
    for name in names():
        owner = re.match(rf"{PREFIX}(\d+)_", name)
        if owner and not _lives(int(owner[1])):
            drop(name)


def _lives(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True


def keep_pristine() -> None:
    """Copy the fresh test database unless that was done; each transactional test's end restores it from there."""
    if connection.settings_dict["NAME"] != NAME:
        # Where no test is marked for the database, none is made, and this would be the real one.
        raise RuntimeError(f"{connection.settings_dict['NAME']} is no test database: mark such tests with django_db")
    if PRISTINE not in names():
        _number_apart()
        connection.close()
        copy(NAME, PRISTINE)
    TransactionTestCase._fixture_teardown = lambda test: restore()


def _number_apart() -> None:
    """Begin each table's numbers elsewhere: a thing's number is then not by chance that of another kind of thing."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT setval(seqrelid, greatest(1, coalesce(pg_sequence_last_value(seqrelid), 1)) + 1000 * row_number()
                OVER (ORDER BY seqrelid)) FROM pg_sequence""")


def restore() -> None:
    """The test database as the migrations left it."""
    connection.close()
    copy(PRISTINE, NAME)


def drop_unless_used() -> None:
    """The last process of the run, whose own database is gone, clears away what all have used."""
    if names(OURS) == [PRISTINE]:
        drop(PRISTINE)


def drop(name: str) -> None:
    """Drop a database whoever uses it."""
    with maintenance() as keeper:
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def copy(source: str, target: str) -> None:
    """Make the target what the source is, whoever uses them."""
    words = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    with maintenance() as keeper:
        # A thread or worker of the test may still hold a connection: neither copying nor dropping waits for it.
        keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**words))
        keeper.execute(sql.SQL(f"CREATE DATABASE {{target}} TEMPLATE {{source}} {_strategy(keeper)}").format(**words))


def _strategy(keeper: "psycopg.Connection[tuple[str]]") -> str:
    """In memory files are copied as they are, ten times as fast; on a disk that would wait for all to be written."""
    (place,) = keeper.execute("SELECT current_setting('data_directory')").fetchall()[0]
    return "STRATEGY file_copy" if place.startswith(str(MEMORY)) else ""
