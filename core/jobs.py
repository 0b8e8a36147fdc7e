"""Jobs are rung after commit, by name. A message only rings: what is due is read from the database by the job itself,

so a lost, doubled or late message changes nothing but the moment at which the work is done.
"""

from functools import partial

from celery import current_app
from django.db import transaction


def ring(task: str, *ids: int) -> None:
    """Ask for a job once the running transaction is committed.

    A broker that is away must not undo or delay the decision just taken: the failure is logged, and the periodic
    sweep finds the work.
    """
    transaction.on_commit(partial(_send, task, ids), robust=True)


def _send(task: str, ids: tuple[int, ...]) -> None:
    current_app.send_task(task, args=list(ids), retry=False)
