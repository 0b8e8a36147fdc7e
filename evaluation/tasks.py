"""Celery's doors into this package."""

import time
from datetime import timedelta

from celery import shared_task

from core.actors import machine
from core.clock import database_now
from core.jobs import ring
from core.sweeps import LONG
from evaluation import sweeps
from evaluation.jobs import RECOMPUTE
from evaluation.operations.reminding import mail_reminder as mail

PAUSE = timedelta(milliseconds=100)
"""In which inputs gather before a round is looked at again: it is computed once for all of them."""
AT_MOST = 20
"""A round is looked at so many times before other work has its turn."""


@shared_task
def recompute(round_id: int) -> None:
    """Bring one round's live standings up to date, until no input has come meanwhile; a round may be gone.

    Whoever enters an input rings only where no earlier one waits, so that what has been done is looked at once more.
    """
    for _ in range(AT_MOST):
        if not sweeps.recompute_round(round_id, actor=machine("recompute"), now=database_now()):
            return
        time.sleep(PAUSE.total_seconds())
    ring(RECOMPUTE, round_id)


@shared_task
def mail_reminder(reminder_id: int) -> None:
    """Mail one reminder, if that is still to be done."""
    mail(reminder_id, actor=machine("mail"), now=database_now())


@shared_task(time_limit=LONG)
def check_upload(upload_id: int) -> None:
    """Read one upload through, if that is still to be done."""
    sweeps.check_upload(upload_id, actor=machine("upload"), now=database_now())


@shared_task(time_limit=LONG)
def carry_out_upload(upload_id: int) -> None:
    """Bring in one upload that an official has confirmed, if that is still to be done."""
    sweeps.carry_out_upload(upload_id, now=database_now())


@shared_task(time_limit=LONG)
def make_export(export_id: int) -> None:
    """Make one export that somebody has asked for, if that is still to be done."""
    sweeps.make_export(export_id, now=database_now())


@shared_task(time_limit=LONG)
def compute_supposing(supposing_id: int) -> None:
    """Compute one supposition that somebody has asked for, if that is still to be done."""
    sweeps.compute_supposing(supposing_id, now=database_now())


@shared_task(time_limit=LONG)
def make_recount(recount_id: int) -> None:
    """Count one round once more for whoever has asked, if that is still to be done."""
    sweeps.make_recount(recount_id, now=database_now())
