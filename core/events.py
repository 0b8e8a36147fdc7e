"""The readable record: one line for people about each decision, in the transaction that made it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from core.models import Event
from core.operation import running
from core.verbs import Verb
from core.wording import in_korean

LONGEST_LABEL = 200


def record(verb: Verb, subject: models.Model, *, at: datetime, **facts: Any) -> Event:
    """Write the line: who did `verb` to `subject` at that time, why, and the facts before and after.

    Facts are JSON values (decimals and times as text). Must be called inside an operation, which names the actor.
    """
    current = running()
    with in_korean():
        return Event.objects.create(
            verb=verb.code,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_label=label_of(subject),
            actor=current.actor.name,
            mandate=current.actor.mandate,
            reason=current.reason,
            at=at,
            facts={name: plain(fact) for name, fact in facts.items()},
        )


def label_of(subject: models.Model) -> str:
    """What the subject is called, cut where a line ends: names put together can be longer than any of them."""
    return str(subject)[:LONGEST_LABEL]


def plain(fact: Any) -> Any:
    """A fact as a JSON value: whatever JSON has no word for is text."""
    if fact is None or isinstance(fact, bool | int | str):
        return fact
    if isinstance(fact, datetime):
        return fact.isoformat()
    if isinstance(fact, dict):
        return {str(key): plain(value) for key, value in fact.items()}
    if isinstance(fact, list | tuple | set | frozenset):
        return [plain(value) for value in fact]
    return f"{fact:f}" if isinstance(fact, Decimal) else str(fact)
