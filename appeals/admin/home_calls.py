"""Calls on a team's first page: what it has handed in or left as a draft, and where it may go on."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from appeals.policies import answerable
from consortia.models import Application, ApplicationDraft, Call, Team
from consortia.queries import state_at
from core.actors import Actor
from core.calendar.words import window_words
from core.wording import language


def calls_of(teams: Sequence[Team], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Calls of the teams' programmes that take applications now, and those that a team has answered.

    Who may answer a call, or has, is led to its page in the panel; everybody else to the public one.
    """
    programmes = {team.programme_id for team in teams}
    own = _own(teams)
    taking = Call.objects.taking(now).filter(programme__in=programmes)
    answered = [call for call, parts in own.items() if any(part["application"] for part in parts)]
    calls = (taking | Call.objects.filter(pk__in=answered)).select_related("programme")
    mine = {*answered, *answerable(actor.person())}
    return [
        {
            "call": call,
            "state": state_at(call, now),
            "url": reverse("admin:consortia_call_change", args=[call.pk]) if call.pk in mine else "",
            "public_url": reverse("call", args=[call.programme.code, call.code]),
            "term": window_words(call.closes_at, call.programme.zone, language()) if call.closes_at else "",
            "own": own[call.pk],
        }
        for call in calls.order_by("closes_at", "pk")
    ]


def _own(teams: Sequence[Team]) -> dict[int, list[dict[str, Any]]]:
    """Call id -> of each team its application that stands, or else the draft that waits to be handed in."""
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    for draft in ApplicationDraft.objects.filter(team__in=teams).select_related("team").order_by("pk"):
        found[draft.call_id][draft.team_id] = {"team": draft.team, "draft": draft, "application": None}
    applications = Application.objects.filter(team__in=teams).select_related("team", "receipt").order_by("pk")
    for application in applications:
        found[application.call_id][application.team_id] = {"team": application.team, "application": application}
    return defaultdict(list, {call: list(parts.values()) for call, parts in found.items()})
