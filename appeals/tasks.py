"""Celery's doors into this package."""

from celery import shared_task

from appeals import sweeps
from consortia.sweeps import resume_rosters
from core.actors import machine
from core.clock import database_now
from core.sweeps import resume_verifications
from evaluation.sweeps import resume_work


# The tick acknowledges early and expires (see the schedule): a lost one is made good by the next.
@shared_task(name="appeals.tasks.sweep", acks_late=False, time_limit=50)
def sweep() -> None:
    """Do what is due now, and tell people what comes; what fails in the one does not keep the other."""
    actor, now = machine("beat"), database_now()
    resume_verifications(now)
    resume_rosters(now)
    resume_work(now)
    try:
        sweeps.sweep(actor=actor, now=now)
    finally:
        sweeps.tell(actor=actor, now=now)
