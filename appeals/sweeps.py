"""The sweep: everything that is due now, decided from the database alone.

Messages get lost, doubled and delayed, so none is trusted: each run asks the database what is due, takes one row at a
time that no other sweep holds, checks its whole condition again under the lock, does the whole act in one transaction,
and goes on. It may run twice, late, or in several workers at once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from appeals.operations.closing import close_round, open_for
from appeals.operations.reminding import remind_of_decision, remind_of_vacancy
from appeals.queries.calls import call_in_the_way, calls_over, calls_to_open, vacancies_to_fill, vacancies_to_tell_of
from appeals.queries.closing import closing_blockers, rounds_announced, rounds_due
from appeals.queries.terms import appeals_near_their_term, windows_to_remind
from appeals.verbs import SWEEP
from consortia.operations.calls import close_call
from core.actors import Actor, machine
from core.calendar.words import window_words
from core.errors import Refused
from core.jobs import ring
from core.models import Pulse
from evaluation import jobs
from evaluation.models import Round, Vacancy
from evaluation.operations.reminding import remind_of_window
from evaluation.queries.reminders import DAYS_BEFORE, to_be_mailed
from evaluation.sweeps import recompute_stale

logger = logging.getLogger(__name__)

MOST_ACTS = 200
"""Acts of one kind in one run: a sweep must end before the next begins, and the next takes up the rest."""


@dataclass
class Swept:
    """What one run did, and what it left undone and why. `opened` names the vacancies for which a call opened."""

    closed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    calls_closed: list[str] = field(default_factory=list)
    recomputed: int = 0
    waiting: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def sweep(*, actor: Actor, now: datetime, programme: int | None = None) -> Swept:
    """Do what is due in one programme, or in all. Whoever rings for it, the acts are the machine's own.

    What cannot be done yet is logged with its reason and left as it is. An act that fails does not stop the others;
    it is logged, and the failures are raised together at the end.
    """
    actor.require(SWEEP)
    system, swept, faults = machine("sweep"), Swept(), []
    ended: list[Round] = []
    steps: list[tuple[QuerySet[Any], Callable[..., Any], list[str]]] = [
        (rounds_due(programme, now), partial(_close, ended), swept.closed),
        (vacancies_to_fill(programme), open_for, swept.opened),
        (calls_over(programme, now), close_call, swept.calls_closed),
    ]
    for rows, act, done in steps:
        faults += each_due(rows, partial(act, actor=system, now=now), done)
    swept.opened += map(str, Vacancy.objects.filter(round__in=ended, call__isnull=False).select_related("round"))
    rounds = None if programme is None else list(Round.objects.filter(programme=programme).values_list("pk", flat=True))
    recomputed, failed = recompute_stale(rounds, actor=system, now=now)
    swept.recomputed = len(recomputed)
    faults += failed
    swept.waiting = _waiting(programme, now)
    swept.failed = [repr(fault) for fault in faults]
    if programme is None:
        Pulse.objects.update_or_create(name="sweep", defaults={"finished_at": now, "found": vars(swept)})
    logger.info("sweep at %s: %s", now.isoformat(), vars(swept))
    if faults:
        raise ExceptionGroup("the sweep could not do everything", faults)
    return swept


def _close(ended: list[Round], round: Round, *, actor: Actor, now: datetime) -> Round:
    """Close a round and keep it in mind: its closing may have opened a call, which is to be told as well."""
    closed: Round = close_round(round, actor=actor, now=now)
    ended.append(closed)
    return closed


def tell(*, actor: Actor, now: datetime) -> list[str]:
    """Remind teams that their windows end, and officials of appeals to be decided and of vacancies without a call.

    What was told, by subject.

    Apart from the sweep, so that a rehearsal, which plays one, tells nobody. Mail goes out by a job of its own: it is
    rung again here for whatever has not gone.
    """
    actor.require(SWEEP)
    system, told, faults = machine("sweep"), list[str](), list[Exception]()
    for days in DAYS_BEFORE:
        of_window = partial(remind_of_window, days=days, actor=system, now=now)
        of_decision = partial(remind_of_decision, days=days, actor=system, now=now)
        faults += each_due(windows_to_remind(days, now), of_window, told)
        faults += each_due(appeals_near_their_term(days, now), of_decision, told)
    faults += each_due(vacancies_to_tell_of(), partial(remind_of_vacancy, actor=system, now=now), told)
    for reminder in to_be_mailed(now):
        ring(jobs.MAIL_REMINDER, reminder)
    if faults:
        raise ExceptionGroup("not everybody could be told", faults)
    return told


def each_due(rows: QuerySet[Any], act: Callable[[Any], Any], done: list[str]) -> list[Exception]:
    """Act on one row after another that nobody else holds, each in a transaction of its own; what went wrong.

    Rows on which the act found something to do are named in `done`. A row that fails is not tried again in this run.
    A refusal is no failure: the list was read before the row was held, and an appeal that came in between them makes
    the row no longer due. The act looks again under its lock, and what it says is logged.
    """
    seen: list[int] = []
    faults: list[Exception] = []
    while len(seen) < MOST_ACTS:
        tried = len(seen)
        try:
            with transaction.atomic():
                free = rows.exclude(pk__in=seen).order_by("pk").select_for_update(skip_locked=True, of=("self",))
                row = free.first()
                if row is None:
                    return faults
                seen.append(row.pk)
                found = act(row)
            if found:
                done.append(str(row))
        except Refused as refused:
            logger.info("no longer due: %s: %s", seen[tried:], refused)
        except Exception as fault:
            logger.exception("the sweep could not act on %s", seen[tried:] or "anything")
            faults.append(fault)
            if len(seen) == tried:  # no row could even be read: there is nothing to go on with
                return faults
    return faults


def _waiting(programme: int | None, now: datetime) -> list[str]:
    """Why announced rounds are still open, by the last blocker of each, and authorised calls are not open yet."""
    left = [(round, closing_blockers(round, now)) for round in rounds_announced(programme)]
    waiting = [f"{round}: {blockers[-1]}" for round, blockers in left if blockers]
    for call in calls_to_open(programme):
        other = call_in_the_way(call, now)
        if other is not None and other.closes_at is not None:
            until = window_words(other.closes_at, call.programme.zone)
            waiting.append(f"{call}: 먼저 끝나야 하는 공모가 있습니다. {other}({until})")
    return waiting
