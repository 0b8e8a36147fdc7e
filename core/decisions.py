"""결재: which verbs need two people, and what each does when it is approved.

A package declares a decided operation with `@decided`. Its first argument is the subject; everything else that it
needs must be plain JSON values by keyword (codes rather than ids), because that is what the preparer writes down, the
approver reads and the ledger keeps.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.models import Decision
from core.operation import operation
from core.verbs import Verb, named


@dataclass(frozen=True)
class Decided:
    """A decided verb: the kind of its subject, what it does, and a digest of what a preparer relies on.

    `barred` refuses a person who may not take part in the decision (`conflict_of_interest`), whatever the state, and
    whatever else stands above that in the table of codes.
    `held` takes the subject's lock, and first those of whatever stands above it.
    """

    verb: Verb
    subject: type[models.Model]
    act: Callable[..., Any]
    relies_on: Callable[..., object]
    barred: Callable[..., None]
    held: Callable[[int], Any]

    def digest(self, subject: models.Model, arguments: Mapping[str, Any]) -> str:
        """SHA-256 of what the decision is prepared against; another digest at approval voids it."""
        seen = json.dumps(self.relies_on(subject, **arguments), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(seen.encode()).hexdigest()


_registry: dict[str, Decided] = {}


def decided(
    verb: Verb,
    subject: type[models.Model],
    *,
    relies_on: Callable[..., object],
    barred: Callable[..., None],
    held: Callable[[int], Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function the operation that is carried out when `verb` on `subject` has been approved."""

    def wrap(body: Callable[..., Any]) -> Callable[..., Any]:
        act = operation(verb)(body)
        _registry[verb.code] = Decided(verb, subject, act, relies_on, barred, held or _held(subject))
        return act

    return wrap


def _held(subject: type[models.Model]) -> Callable[[int], Any]:
    return lambda pk: subject._default_manager.select_for_update().get(pk=pk)


def decided_by(verb: Verb) -> Decided:
    """What stands behind a decided verb."""
    return _registry[verb.code]


def every_decided() -> list[Decided]:
    """All decided verbs."""
    return list(_registry.values())


def subject_of(decision: Decision) -> models.Model:
    """The thing that the decision is about, to be read."""
    return decided_by(named(decision.verb)).subject._default_manager.get(pk=decision.subject_id)


def held_subject(verb: Verb, pk: int) -> models.Model:
    """The thing that a decision is about, held alone: what the decision relies on cannot change beneath it."""
    subject: models.Model = decided_by(verb).held(pk)
    return subject


def verb_of(decision: Decision) -> Verb:
    """The verb that the decision carries out."""
    return named(decision.verb)
