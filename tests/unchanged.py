"""What a step wrote, told by the ledger: nothing at all where it was refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.db import connection

from core.errors import Refused
from core.ledger.verifier import counted_tables

DERIVED = {
    "core_pulse": "when a job last ran: a running figure of the machine",
    "core_verification": "a note on the ledger being verified: what came of it is in the record",
    "evaluation_stalemark": "a note that a recomputation is due, taken away by it",
    "evaluation_livestanding": "derived from counted inputs, never published",
    "evaluation_cell": "derived from counted inputs, never published",
    "evaluation_upload": "a note on an import under way: what it brought in stands in counted rows",
    "consortia_rosterimport": "a note on a long roster that is being brought in: what it registers is counted",
    "evaluation_export": "a note on an archive that is being made, and where it lies: who took it out is in the record",
    "evaluation_supposing": "a note on a supposition being computed, and its result for a week: who looked is recorded",
    "evaluation_recount": "a note on a round being counted once more: what came of it is in the record",
    "evaluation_uploadfile": "where a file lies until it is brought in, and no longer",
}
"""Tables that the ledger does not count, and why. Their rows are counted here."""


@cache
def _counting() -> str:
    connection.ensure_connection()
    tables = [*(table.relation for table in counted_tables(connection.connection)), *DERIVED, "core_ledgeritem"]
    return " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)


def rows() -> dict[str, int]:
    """How many rows every counted and every derived table has, and how many items the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return dict(cursor.fetchall())


@contextmanager
def unchanged() -> Iterator[None]:
    """Nothing is written within: no row more or less, and (every change of a counted row being one) no ledger item."""
    before = rows()
    yield
    after = rows()
    assert {table: count for table, count in after.items() if count != before[table]} == {}


@contextmanager
def refused(code: str) -> "Iterator[pytest.ExceptionInfo[Refused]]":
    """The step within is refused with exactly this code, and nothing has changed."""
    with unchanged(), pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code, f"{caught.value.code}: {caught.value}"


@contextmanager
def written() -> Iterator[list[str]]:
    """The changes made within, in their order, as "table I actor verb" (I, U, D; B for a whole statement)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM core_ledgeritem")
        ((newest,),) = cursor.fetchall()
    changes: list[str] = []
    yield changes
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relation || ' ' || change || ' ' || actor || ' ' || verb FROM core_ledgeritem WHERE id > %s"
            " ORDER BY id",
            [newest],
        )
        changes += [change for (change,) in cursor.fetchall()]
