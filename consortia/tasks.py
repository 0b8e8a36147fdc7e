"""Celery's doors into this package."""

from celery import shared_task

from consortia import sweeps
from core.clock import database_now
from core.sweeps import LONG


@shared_task(time_limit=LONG)
def carry_out_roster(import_id: int) -> None:
    """Bring in one long roster that an official has confirmed, if that is still to be done."""
    sweeps.carry_out_roster(import_id, now=database_now())
