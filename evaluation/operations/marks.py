"""Opening marks or findings is recorded: they stay confidential after the result is published."""

from datetime import datetime
from typing import Any

from django.db import models

from core.actors import Actor
from core.events import record
from core.models import Event
from core.operation import reading
from evaluation.models import Entry
from evaluation.queries.explain import Explained, explained
from evaluation.verbs import SEE_MARKS


@reading(SEE_MARKS)
def see_marks(subject: models.Model, *, actor: Actor, now: datetime, **facts: Any) -> Event:
    """Note that somebody opened the marks or findings behind a result, and which."""
    return record(SEE_MARKS, subject, at=now, **facts)


@reading(SEE_MARKS)
def open_figure(entry: Entry, *, code: str | None, page: int = 1, actor: Actor, now: datetime) -> Explained:
    """A figure down to its marks, and a line that says who opened it; `unknown` for a criterion that is none."""
    found = explained(entry, code, page)
    record(SEE_MARKS, entry, at=now, criterion=code)
    return found
