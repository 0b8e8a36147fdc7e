"""Jobs are rung after commit, by name.

A message only rings: what is due is read from the database by the job itself, so a lost, doubled or late message
changes nothing but the moment at which the work is done.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from celery import current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)

VERIFY_LEDGER = "core.tasks.verify_ledger"
"""The kernel's own job."""


@dataclass(frozen=True)
class _Bell:
    task: str
    ids: tuple[int, ...]
    needless: Callable[[], bool] | None = field(compare=False)

    def __call__(self) -> None:
        try:
            if self.needless is not None and self.needless():
                return
            current_app.send_task(self.task, args=list(self.ids), retry=False)
        except Exception:
            logger.warning("could not ring for %s%s: the sweep will find the work", self.task, self.ids, exc_info=True)


def ring(task: str, *ids: int, needless: Callable[[], bool] | None = None) -> None:
    """Ask for a job once the running transaction is committed; however often it is asked for, it is rung once.

    A broker that is away must not undo or delay the decision just taken: the failure is logged, and the periodic
    sweep finds the work. `needless` is asked after the commit: whether somebody else's ring will do.
    """
    bell = _Bell(task, ids, needless)
    # One that waits already will ring whenever this one would: what is rolled back from here on takes both.
    if any(waiting[1] == bell for waiting in connection.run_on_commit):
        return
    transaction.on_commit(bell)
