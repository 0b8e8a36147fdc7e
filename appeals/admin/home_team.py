"""The first page of a team: its result, until when it may object, what is asked of it, and calls."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from appeals.admin.blocking import page_of
from appeals.admin.home_calls import calls_of
from appeals.models import Appeal, CompletionRequest, Waiver
from appeals.states import UNDECIDED
from consortia.models import Team
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.calendar.words import window_words
from core.roles import Role
from core.sight import visible
from core.wording import language
from evaluation.admin.window_words import window_of
from evaluation.models import (
    ComponentDeclaration,
    CriteriaConsent,
    CriteriaVersion,
    Document,
    Notice,
    ServiceAddress,
    SnapshotRow,
)
from evaluation.queries.components import Declared, by_component
from evaluation.queries.windows import BY_END
from evaluation.states import CriteriaState
from evaluation.verbs import DECLARE_COMPONENT, FILE_DOCUMENT

MOST_PAPERS = 10
"""Papers on the first page; a list has them all."""


def for_team(request: HttpRequest) -> dict[str, Any]:
    """What waits for a team's person; nothing for anybody else. Each is his own team's and no other's."""
    actor, now = acting(request), now_of(request)
    if Role.APPLICANT not in actor.roles or actor.account is None:
        return {}
    teams = list(Team.objects.filter(people__account=actor.account).select_related("programme").order_by("pk"))
    results = _results(request, teams, now)
    return {
        "team": {
            "teams": [
                {"team": team, "address": address, **_by_subject(_buttons(request, team))}
                for team, address in _addresses(teams)
            ],
            "papers": _papers(teams, actor, now),
            "declared": _declared(teams, actor, now),
            "results": results,
            "criteria": _criteria(request, teams, actor, now),
            "appeals": _appeals(teams, actor),
            "asked": _asked(teams, actor, now),
            "calls": calls_of(teams, actor, now),
        }
    }


def _buttons(request: HttpRequest, thing: Any) -> list[dict[str, Any]]:
    """What the person may do with the thing now, whichever package has put it there."""
    site = admin.site.get_model_admin(type(thing))
    return [each for each in site.buttons(request, thing) if not each["blocked"]]  # type: ignore[attr-defined]


def _by_subject(buttons: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """What the person may hand in and declare apart from how the team is served."""
    apart = {FILE_DOCUMENT: "filing", DECLARE_COMPONENT: "declaring"}
    found: dict[str, list[dict[str, Any]]] = {"filing": [], "declaring": [], "buttons": []}
    for each in buttons:
        found[apart.get(each["page"].verb, "buttons")].append(each)
    return found


def _papers(teams: list[Team], actor: Actor, now: datetime) -> list[Document]:
    """What the teams have handed in last, with its files."""
    rows = visible(Document.objects.filter(team__in=teams), actor, now)
    return list(rows.select_related("round").prefetch_related("files").order_by("-received_at", "-pk")[:MOST_PAPERS])


def _declared(teams: list[Team], actor: Actor, now: datetime) -> list[Declared]:
    """What the teams have declared of their components, the newest round first."""
    rows = visible(ComponentDeclaration.objects.filter(entry__team__in=teams), actor, now)
    related = rows.select_related("entry__team", "entry__round__programme", "gate")
    return list(by_component(related.order_by("-entry__round__number", "pk")).values())


def _criteria(request: HttpRequest, teams: list[Team], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The criteria by which a team is or may be judged, proposed or in force, and whether it has signed them off."""
    alive = CriteriaVersion.objects.filter(state__in=(CriteriaState.PROPOSED, CriteriaState.IN_FORCE))
    versions = visible(alive.select_related("round__programme"), actor, now).order_by("round_id", "-number")
    given = CriteriaConsent.objects.filter(team__in=teams, version__in=versions)
    consents = {consent.version_id: consent for consent in given}
    return [
        {
            "version": version,
            "consent": consents.get(version.pk),
            "buttons": _buttons(request, version) if version.round.criteria_consent else [],
        }
        for version in versions
    ]


def _addresses(teams: list[Team]) -> list[tuple[Team, str]]:
    newest = ServiceAddress.objects.filter(team__in=teams).order_by("team_id", "-pk").distinct("team_id")
    standing = {each.team_id: each.address for each in newest}
    return [(team, standing.get(team.pk, "")) for team in teams]


def _results(request: HttpRequest, teams: list[Team], now: datetime) -> list[dict[str, Any]]:
    """The newest notice of each round that has arrived, its outcome, and the window that counts (`BY_END`)."""
    arrived = Notice.objects.filter(entry__team__in=teams, arrived_at__lte=now).prefetch_related("stops")
    related = arrived.select_related("entry__team", "entry__round__programme", "announcement").order_by(*BY_END)
    counting = {notice.entry_id: notice for notice in related}
    newest = {each.entry_id: each for each in sorted(related, key=lambda each: (each.arrived_at, each.pk))}
    snapshots = [notice.announcement.snapshot_id for notice in newest.values()]
    rows = SnapshotRow.objects.filter(entry__in=newest, snapshot__in=snapshots)
    outcomes = {(row.snapshot_id, row.entry_id): row for row in rows}
    waived = set(Waiver.objects.filter(entry__in=newest).values_list("entry_id", flat=True))
    return [
        {
            "notice": notice,
            "round": notice.entry.round,
            "team": notice.entry.team,
            "row": outcomes.get((notice.announcement.snapshot_id, notice.entry_id)),
            "window": window_of(counting[notice.entry_id], now),
            "waived": notice.entry_id in waived,
            "buttons": _buttons(request, notice),
        }
        for notice in reversed(newest.values())
    ]


def _appeals(teams: list[Team], actor: Actor) -> list[dict[str, Any]]:
    mine = Appeal.objects.filter(entry__team__in=teams).select_related("programme", "round")
    return [
        {
            "appeal": appeal,
            "url": page_of(appeal, actor),
            "term": words(appeal.decide_by, appeal) if appeal.state in UNDECIDED else "",
        }
        for appeal in mine.order_by("-filed_at", "-pk")
    ]


def _asked(teams: list[Team], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What officials have asked the team to complete and it has not; one past its time is still taken in."""
    waiting = CompletionRequest.objects.filter(
        appeal__entry__team__in=teams, appeal__state__in=UNDECIDED, completion__isnull=True
    )
    return [
        {
            "request": request,
            "url": page_of(request.appeal, actor),
            "term": words(request.until, request.appeal),
            "late": request.is_over(now),
        }
        for request in waiting.select_related("appeal__programme").order_by("until", "pk")
    ]


def words(until: datetime | None, thing: Any) -> str:
    """A term in words, in the zone of the thing's programme."""
    return window_words(until, thing.programme.zone, language()) if until else "—"
