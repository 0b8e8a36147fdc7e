"""How far a long import is, told while it runs: beside its transaction, which nobody else can look into."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from evaluation.models import Upload

_LOCK_CLASS = 7002  # advisory locks of this kind: one piece of work on an upload at a time


class Cancelled(Exception):  # noqa: N818 - somebody's wish, not an error
    """Somebody has asked that the work stop; nothing of it remains."""


@contextmanager
def reporting(upload: Upload) -> Iterator[Callable[[int], None]]:
    """Tells how many rows are worked through, on a connection of its own, and stops the work where that was asked.

    The work itself leaves the upload's row alone until its end: it would wait for its own teller.
    """
    beside, told = connection.copy(), "UPDATE evaluation_upload SET done = %s WHERE id = %s RETURNING cancelled"

    def tell(done: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(told, [done, upload.pk])
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Cancelled

    try:
        yield tell
    finally:
        beside.close()


def free(upload: Upload) -> bool:
    """Whether nobody else works on the upload; nobody will until the running transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK_CLASS, upload.pk])
        ((got,),) = cursor.fetchall()
    return bool(got)
