"""The test database: one per run, and a pristine copy of it that transactional tests start from.

The ledger's tables refuse TRUNCATE and DELETE whatever the session says, so the flush after a transactional test cannot
work, and it would also lose the rows that migrations put there. A copy made by PostgreSQL brings everything back:
rows, sequences, triggers and their modes.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

PREFIX = "test_simsa_"


def name_for_this_run() -> str:
    """A name of its own, so that several runs in one checkout do not take each other's database."""
    return f"{PREFIX}{os.getpid()}"


@contextmanager
def maintenance() -> Iterator["psycopg.Connection[tuple[str]]"]:
    """A connection beside the test database, which can be dropped and copied from there."""
    known = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**known, autocommit=True) as keeper:
        yield keeper


def drop_orphans() -> None:
    """Drop the databases of runs that were killed."""
    with maintenance() as keeper:
        for (name,) in keeper.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_simsa_%'").fetchall():
            owner = re.fullmatch(rf"{PREFIX}(\d+)(_pristine)?", name)
            if owner and not _lives(int(owner[1])):
                drop(name)


def _lives(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True


def keep_pristine() -> str:
    """Copy the fresh test database, and let each transactional test's end restore it from there; returns the copy."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith(PREFIX):
        # Where no test is marked for the database, none is made, and this would be the real one.
        raise RuntimeError(f"{name} is not a test database: mark the tests that need one with django_db")
    copy = f"{name}_pristine"
    _copy(name, copy)
    TransactionTestCase._fixture_teardown = lambda test: _copy(copy, name)
    return copy


def drop(name: str) -> None:
    """Drop a database whoever uses it."""
    with maintenance() as keeper:
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _copy(source: str, target: str) -> None:
    connection.close()
    names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
    with maintenance() as keeper:
        # A thread or worker of the test may still hold a connection: neither copying nor dropping waits for it.
        keeper.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**names))
        keeper.execute(sql.SQL("CREATE DATABASE {target} TEMPLATE {source}").format(**names))
