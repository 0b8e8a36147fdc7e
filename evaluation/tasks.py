"""Celery's doors into this package."""

from celery import shared_task

from core.actors import machine
from core.clock import database_now
from evaluation import sweeps


@shared_task
def recompute(round_id: int) -> None:
    """Bring one round's live standings up to date; a round that is gone is nothing to do."""
    sweeps.recompute_round(round_id, actor=machine("recompute"), now=database_now())
