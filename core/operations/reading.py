"""Reading what is confidential is itself recorded (접근이력)."""

from datetime import datetime

from django.db import models

from core.actors import Actor
from core.events import record
from core.models import Event
from core.operation import operation
from core.own_verbs import SEE_RECORD


@operation(SEE_RECORD)
def see_record(subject: models.Model, *, actor: Actor, now: datetime) -> Event:
    """Note that somebody opened a line of the record or of the ledger, which may hold marks."""
    return record(SEE_RECORD, subject, at=now)
