"""Several people at once, each on a thread and a connection of their own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection

from core.errors import Refused
from core.ledger.verifier import Damage, verify

SECONDS = 60
"""Nobody waits for a lock longer than this: what hangs becomes a failure that says so."""


@contextmanager
def own_connection():
    """A connection of this thread's, on which a wait for a lock ends in an error."""
    try:
        with connection.cursor() as cursor:
            # What a race shows does not depend on a disk that is waited for at each commit.
            cursor.execute(f"SET lock_timeout = '{SECONDS}s'; SET synchronous_commit = off")
        yield
    finally:
        connection.close()


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Let all act at the same moment; what each returned, a refusal where there was one. Any other error is raised."""
    line = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with own_connection():
            line.wait(SECONDS)
            try:
                return act()
            except Refused as refusal:
                return refusal

    with ThreadPoolExecutor(len(acts)) as people:
        return [each.result(2 * SECONDS) for each in [people.submit(run, act) for act in acts]]


def codes(results: Sequence[Any]) -> list[str]:
    """Each result as a word: the code of a refusal, or "done"; in alphabetical order, since the race decides on it."""
    return sorted(str(result.code) if isinstance(result, Refused) else "done" for result in results)


def ledger_damage() -> Damage | None:
    """What the ledger's verifier finds; None for nothing."""
    connection.ensure_connection()
    return verify(connection.connection).damage
