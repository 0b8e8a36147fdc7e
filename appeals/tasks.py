"""Celery's doors into this package."""

from functools import partial

from celery import shared_task

from appeals import sweeps
from consortia.sweeps import resume_rosters
from core.actors import machine
from core.clock import database_now
from core.sweeps import one_after_another, resume_verifications
from evaluation.sweeps import resume_work


# The tick acknowledges early and expires (see the schedule): a lost one is made good by the next.
@shared_task(name="appeals.tasks.sweep", acks_late=False, time_limit=50)
def sweep() -> None:
    """Do what is due now, tell people what comes, and then look after work that was left.

    What has a legal term comes first, and what fails in the one does not keep the other: files that cannot be reached
    hold up no closing.
    """
    actor, now = machine("beat"), database_now()
    one_after_another(
        "the tick",
        partial(sweeps.sweep, actor=actor, now=now),
        partial(sweeps.tell, actor=actor, now=now),
        partial(resume_verifications, now),
        partial(resume_rosters, now),
        partial(resume_work, now),
    )
