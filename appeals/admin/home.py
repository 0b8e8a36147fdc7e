"""The first page: for each role, what waits for that person."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from appeals.admin.calls import judging_of
from appeals.admin.home_reviews import reviews_of
from appeals.admin.home_team import for_team
from appeals.queries.calls import vacancies_without_call
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Application, Call
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.briefs import briefs_of
from core.admin.decisions import what
from core.admin.records import LATE_AFTER
from core.admin.verifications import last_found
from core.models import Decision, Event, LedgerBlock, Pulse, Verification
from core.own_verbs import ADD_NON_WORKING_DAY, OPEN_ACCOUNT, SEE_RECORD, SIGN_IN, VERIFY_LEDGER
from core.roles import Role
from core.sight import may_see, visible
from evaluation.admin.overview import next_hindrances, next_step, steps_of
from evaluation.admin.own_sheets import own_teams
from evaluation.admin.window_words import window_of
from evaluation.models import Message, Notice, Round
from evaluation.queries.rules import OF_ROUND
from evaluation.states import RoundState
from evaluation.verbs import (
    COMPARE_SNAPSHOTS,
    DOWNLOAD_EXPORT,
    SEE_MARKS,
    SEE_NOTICE,
    SEE_PARITY,
    SEE_ROBUSTNESS,
    SEE_STANDINGS,
    SUBMIT_SHEET,
    SUPPOSE,
)

NEWEST = 8
# Who came in and read what is the auditor's matter; on an official's first page it would crowd out what was done.
READINGS = (
    *(SEE_MARKS.code, SEE_NOTICE.code, SEE_PARITY.code, SEE_RECORD.code, SEE_STANDINGS.code),
    *(DOWNLOAD_EXPORT.code, SUPPOSE.code, SEE_ROBUSTNESS.code, COMPARE_SNAPSHOTS.code, SIGN_IN.code),
    VERIFY_LEDGER.code,
)
AT_HAND = ((OPEN_ACCOUNT, "core_account"), (ADD_NON_WORKING_DAY, "core_nonworkingday"))
SOON = 10
AT_ONCE = 5


def home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the first page shows, as far as the actor may see it."""
    actor, now = acting(request), now_of(request)
    context["rounds"] = [
        {
            "round": round,
            "steps": steps_of(round),
            "mine": own_teams(round, actor, now) if actor.may(SUBMIT_SHEET) else None,
            **_in_the_way(round, actor, now),
        }
        for round in visible(Round.objects.select_related("programme").prefetch_related(*OF_ROUND), actor, now)
    ]
    if may_see(Decision, actor):
        waiting = list(Decision.objects.filter(state="prepared").select_related("prepared_by"))
        context["decisions"] = [
            {"decision": each, "what": what(each), "brief": brief, "own": each.prepared_by == actor.account}
            for each, brief in zip(waiting, briefs_of(waiting), strict=True)
        ]
    context.update(for_team(request))
    context["reviews"] = reviews_of(actor, now)
    context["messages_to_me"] = _messages(actor, now)
    if actor.may(SEE_STANDINGS):
        context["windows"] = _windows(now)
    context.update(_calls(actor, now))
    if may_see(Event, actor):
        context["events"] = _newest(actor)
    if Role.AUDITOR in actor.roles:
        context["head"] = LedgerBlock.objects.order_by("-pk").first()
    if may_see(Verification, actor):
        context["verified"] = last_found()
    if may_see(Pulse, actor):
        context["pulse"] = _pulse(now)
    context["quick"] = [
        (verb.label, reverse(f"admin:{route}_{verb.code}")) for verb, route in AT_HAND if actor.may(verb)
    ]
    context["nothing_yet"] = not any(
        context.get(name)
        for name in ("rounds", "decisions", "windows", "calls", "judging", "events", "head", "pulse", "team", "reviews")
    )
    context["roles"] = [Role(role).label for role in sorted(actor.roles)]
    return context


def _in_the_way(round: Round, actor: Actor, now: datetime) -> dict[str, Any]:
    """The first things that keep the round from its next step, and how many more there are; else the step itself."""
    found = next_hindrances(round, actor, now) or next_step(round, actor)
    return {"next": found[:AT_ONCE], "more": max(0, len(found) - AT_ONCE)}


def _windows(now: datetime) -> list[dict[str, Any]]:
    """The windows that end next, and those of which nobody knows the end."""
    open_now = Notice.objects.ending_after(now) | Notice.objects.filter(window_closes_at=None)
    notices = open_now.filter(entry__round__state=RoundState.ANNOUNCED).prefetch_related("stops")
    related = notices.select_related("entry__team", "entry__round__programme")
    return [
        {"notice": notice, "window": window_of(notice, now)}
        for notice in related.order_by("window_closes_at", "pk")[:SOON]
    ]


def _messages(actor: Actor, now: datetime) -> list[Message]:
    """What the person was told of periods that have not ended; a vacancy has none, and stands among the calls."""
    if actor.account is None:
        return []
    mine = Message.objects.filter(account=actor.account, reminder__until__gt=now)
    return list(mine.select_related("reminder").order_by("reminder__until", "pk")[:NEWEST])


def _calls(actor: Actor, now: datetime) -> dict[str, Any]:
    """The newest calls, vacancies for which none is authorised, and an evaluator's part in those that are over."""
    shown: dict[str, Any] = {}
    if may_see(Call, actor):
        calls = visible(Call.objects.select_related("programme"), actor, now).order_by("-pk")
        if Role.APPLICANT in actor.roles:
            # Those that take applications, and those that his team has answered, stand above (`home_calls`).
            answered = Application.objects.filter(team__people__account=actor.person())
            calls = calls.exclude(pk__in=Call.objects.taking(now)).exclude(pk__in=answered.values("call"))
        newest = list(calls[:NEWEST])
        if newest or Role.APPLICANT not in actor.roles:
            shown["calls"] = newest
    if actor.may(AUTHORISE_CALL):
        shown["vacant"] = vacancies_without_call(None).select_related("round__programme").order_by("pk")
    if Role.EVALUATOR in actor.roles:
        shown["judging"] = judging_of(actor, now)
    return shown


def _newest(actor: Actor) -> QuerySet[Event]:
    events = Event.objects.order_by("-pk")
    return (events if Role.AUDITOR in actor.roles else events.exclude(verb__in=READINGS))[:NEWEST]


def _pulse(now: datetime) -> dict[str, Any]:
    """The age of the last sweep; late where it is older than it may be, or never was."""
    pulse = Pulse.objects.filter(name="sweep").first()
    age = now - pulse.finished_at if pulse else None
    return {"pulse": pulse, "age": age, "late": age is None or age > LATE_AFTER}
