"""Celery's doors into this package."""

from celery import shared_task

from core.actors import machine
from core.clock import database_now
from evaluation import sweeps
from evaluation.operations.reminding import mail_reminder as mail


@shared_task
def recompute(round_id: int) -> None:
    """Bring one round's live standings up to date; a round that is gone is nothing to do."""
    sweeps.recompute_round(round_id, actor=machine("recompute"), now=database_now())


@shared_task
def mail_reminder(reminder_id: int) -> None:
    """Mail one reminder, if that is still to be done."""
    mail(reminder_id, actor=machine("mail"), now=database_now())
