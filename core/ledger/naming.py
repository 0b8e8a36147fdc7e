"""Who writes, for the ledger: the names that its triggers find on the running transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.pq import TransactionStatus

from core.prepared import prepared

_SET = """
    WITH outside AS MATERIALIZED (SELECT current_setting('simsa.actor', true), current_setting('simsa.verb', true),
        current_setting('simsa.reason', true), current_setting('simsa.mandate', true))
    SELECT outside.*, set_config('simsa.actor', %s, true), set_config('simsa.verb', %s, true),
        set_config('simsa.reason', %s, true), set_config('simsa.mandate', %s, true) FROM outside"""


@contextmanager
def named(*, actor: str, verb: str, reason: str = "", mandate: str = "", whole: bool = False) -> Iterator[None]:
    """Name whoever writes until the block ends; then whoever was named outside of it is named again.

    Where the block is the `whole` transaction the names go with it, and need not be taken back.

    Only inside a transaction: the names are its own, so that no later user of the connection can write under them.
    `mandate` is the human order that a job carries out, for instance "decision:12".
    """
    if not actor or not verb:
        raise ValueError("the ledger needs an actor and a verb")
    if not connection.in_atomic_block:
        raise TransactionManagementError("names are given to a transaction: open one with atomic() first")
    outside = _exchange([actor, verb, reason, mandate])
    try:
        yield
    finally:
        # A broken transaction takes no statement, and its rollback restores the names by itself.
        if not whole and not connection.needs_rollback and _usable():
            _exchange(outside)


def head() -> tuple[int, str]:
    """Number and head of the newest sealed block; 0 and zeros before the first. Receipts and notices carry it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, head FROM core_ledgerblock ORDER BY number DESC LIMIT 1")
        newest = cursor.fetchone()
    return (newest[0], newest[1]) if newest else (0, "0" * 64)


def _exchange(names: Sequence[str]) -> list[str]:
    with prepared() as cursor:
        cursor.execute(_SET, names)
        return [name or "" for name in cursor.fetchone()[:4]]


def _usable() -> bool:
    raw = connection.connection
    return raw is not None and raw.info.transaction_status == TransactionStatus.INTRANS
