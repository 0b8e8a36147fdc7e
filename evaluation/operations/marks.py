"""Opening marks or findings is recorded: they stay confidential after the result is published."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import models

from core.actors import Actor
from core.events import record
from core.models import Event
from core.operation import reading
from evaluation.models import Entry
from evaluation.queries.explain import Explained, explained
from evaluation.verbs import SEE_MARKS


class Someones(Protocol):
    """Whatever is shown under somebody's name: a sheet, a draft, a finding, a vote."""

    @property
    def account_id(self) -> int: ...


@reading(SEE_MARKS)
def see_marks(subject: models.Model, *, actor: Actor, now: datetime, **facts: Any) -> Event:
    """Note that somebody opened the marks or findings behind a result, and which."""
    return record(SEE_MARKS, subject, at=now, **facts)


def see_experts(
    subject: models.Model, shown: Mapping[str, Iterable[Someones]], *, actor: Actor, now: datetime, **facts: Any
) -> None:
    """Note that somebody was shown experts by name, with what they found or how far they have got.

    The line says how many of each kind in `shown` were others'. Whoever was shown only his own leaves none.
    """
    own = actor.account.pk if actor.account else None
    others = {kind: sum(each.account_id != own for each in rows) for kind, rows in shown.items()}
    seen = {kind: number for kind, number in others.items() if number}
    if seen:
        see_marks(subject, actor=actor, now=now, **facts, **seen)


@reading(SEE_MARKS)
def open_figure(entry: Entry, *, code: str | None, page: int = 1, actor: Actor, now: datetime) -> Explained:
    """A figure down to its marks, and a line that says who opened it; `unknown` for a criterion that is none."""
    found = explained(entry, code, page)
    record(SEE_MARKS, entry, at=now, criterion=code)
    return found
