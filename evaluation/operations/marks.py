"""Opening marks or findings is recorded: they stay confidential after the result is published."""

from datetime import datetime
from typing import Any

from django.db import models

from core.actors import Actor
from core.events import record
from core.models import Event
from core.operation import operation
from evaluation.verbs import SEE_MARKS


@operation(SEE_MARKS)
def see_marks(subject: models.Model, *, actor: Actor, now: datetime, **facts: Any) -> Event:
    """Note that somebody opened the marks or findings behind a result, and which."""
    return record(SEE_MARKS, subject, at=now, **facts)
