"""Statements of many parts that run often: the server plans them once for each connection, not each time they run."""

from types import SimpleNamespace
from typing import Any

import psycopg
from django.db import connection


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
