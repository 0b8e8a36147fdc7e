"""Trying out what an operation would do."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import transaction


class _Undo(Exception):  # noqa: N818 - not an error: it only unwinds a savepoint
    pass


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is taken back at the end, ledger items and all: nothing has ever been written.

    What is to be known of it is read within. Jobs that were rung for do not run, and locks are given back.
    """
    with suppress(_Undo), transaction.atomic():
        yield
        raise _Undo
