"""Statements that run often: the server plans them once for each connection, not each time they run.

Only what touches a few rows by their keys, however many there are by then: a plan that was made while a table was empty
may stand for as long as the connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor

_OFTEN = 2
"""So many times a statement is run before it is kept planned: what is seldom asked is planned for itself."""


class _Prepared(psycopg.Cursor[Any]):
    """Binds on the server; tells Django's log of queries what ran, which psycopg does not of a prepared statement."""

    def execute(self, query: Any, *given: Any, **options: Any) -> Any:
        done = super().execute(query, *given, **options | {"prepare": True})
        self._query: Any = SimpleNamespace(query=str(query).encode())
        return done


def prepared() -> Any:
    """A cursor like `connection.cursor()`, whose statements the server keeps planned.

    Planning a dozen common table expressions takes several times as long as running them on one entry. For that the
    text of a statement must stay the same from run to run: what differs is given as a parameter.
    """
    connection.ensure_connection()
    raw: Any = _Prepared(connection.connection)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)


@contextmanager
def planned() -> Iterator[None]:
    """Until the block ends, what Django composes is bound by the server and kept planned there as well.

    Django binds on its own side, so that each value makes another statement, and the dozen that an expert's sheet asks
    were planned anew for each.
    """
    connection.ensure_connection()
    raw: Any = connection.connection
    was = raw.cursor_factory, raw.prepare_threshold
    raw.cursor_factory, raw.prepare_threshold = ServerBindingCursor, _OFTEN
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold = was


def columns_of(model: type[models.Model], table: str) -> str:
    """The columns of a model's rows in SQL, of the table that is called so in the statement.

    A statement that is kept planned names them: one that asks for `*` fails once a migration has added another.
    """
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)
