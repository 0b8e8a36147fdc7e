"""Celery's doors into the kernel."""

from celery import shared_task

from core import sweeps
from core.clock import database_now


@shared_task
def check_calendar() -> None:
    """Warn where the calendar's rows and the library differ."""
    sweeps.check_calendar(now=database_now())
