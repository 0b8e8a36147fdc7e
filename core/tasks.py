"""Celery's doors into the kernel."""

from celery import shared_task

from core import sweeps
from core.actors import machine
from core.clock import database_now
from core.operations.verifications import ask_for_verification


@shared_task
def check_calendar() -> None:
    """Warn where the calendar's rows and the library differ."""
    sweeps.check_calendar(now=database_now())


@shared_task
def verify_nightly() -> None:
    """Ask for the night's verification of the ledger."""
    ask_for_verification(actor=machine("verification"), now=database_now())


@shared_task(time_limit=sweeps.LONG)
def verify_ledger(verification_id: int) -> None:
    """Verify the ledger once for whoever has asked, if that is still to be done."""
    sweeps.verify_ledger(verification_id, now=database_now())
