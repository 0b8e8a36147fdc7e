"""The wrapper that makes a function an operation: atomic, permitted, named in the ledger.

A write outside an operation is impossible: the ledger's triggers refuse a change that names nobody.
"""

import functools
import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from core.actors import Actor
from core.ledger.naming import named
from core.prepared import planned
from core.verbs import Verb
from core.wording import in_korean

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Running:
    """The operation that is under way: who, what and why."""

    actor: Actor
    verb: Verb
    reason: str


_running: ContextVar[Running | None] = ContextVar("running", default=None)


def running() -> Running:
    """The operation under way; LookupError outside of one, where nothing may be recorded."""
    current = _running.get()
    if current is None:
        raise LookupError("only an operation can record")
    return current


def reading(verb: Verb) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An operation that shows what is confidential, and records that it did.

    What it returns is read at once, so its body runs in the reader's language; the line that it leaves is Korean as any
    other (`core.events`).
    """
    return _behind(verb, nullcontext, often=False)


def operation(verb: Verb, *, often: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the operation behind `verb`.

    The function takes a keyword-only `actor` (and `now` where time matters, `reason` where one is given). Calling it
    checks the actor's role (`not_allowed`), opens a transaction or savepoint, and names actor, verb, reason and
    mandate for the ledger until it returns; what it was before is restored for the operation that called it. The body
    runs in Korean, so that what it stores is Korean whatever language the person reads; a refusal is translated when
    it is shown.

    Where somebody else has just filled the place that a unique constraint keeps (two windows, one button), the
    operation is begun anew: it then finds what stands, and answers as it does a moment later.

    The statements of an operation that many people do `often` are kept planned by the server (`core.prepared`).
    """
    return _behind(verb, in_korean, often=often)


def _behind(
    verb: Verb, language: Callable[[], AbstractContextManager[Any]], *, often: bool
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def wrap(body: Callable[P, R]) -> Callable[P, R]:
        if inspect.signature(body).parameters["actor"].kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{body.__qualname__}: `actor` must be keyword-only")

        @functools.wraps(body)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["actor"]
            actor.require(verb)
            try:
                return attempt(*args, **kwargs)
            except IntegrityError as fault:
                if not isinstance(fault.__cause__, UniqueViolation):
                    raise
            return attempt(*args, **kwargs)

        def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["actor"]
            reason = str(kwargs.get("reason") or "")
            whole = not connection.in_atomic_block
            with (
                language(),
                transaction.atomic(),
                named(actor=actor.name, verb=verb.code, reason=reason, mandate=actor.mandate, whole=whole),
                planned() if often else nullcontext(),
            ):
                token = _running.set(Running(actor, verb, reason))
                try:
                    return body(*args, **kwargs)
                finally:
                    _running.reset(token)

        act.verb = verb  # type: ignore[attr-defined]
        return act

    return wrap
