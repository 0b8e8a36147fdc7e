"""Who has a conflict with a team, and who sits on the panel."""

from collections import defaultdict
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q

from consortia.models import Affiliation, Membership, Team
from consortia.queries import acts_for, local_day, organisation_on, sits_in
from core.actors import Actor
from core.errors import Code, Refused
from core.models import Account
from core.roles import Role
from core.sight import seen
from evaluation.models import (
    Announcement,
    ConflictDeclaration,
    Document,
    Enquiry,
    Entry,
    Finding,
    Notice,
    Round,
    Sheet,
    Snapshot,
    TieBreak,
    Vacancy,
    Verdict,
)
from evaluation.states import ConflictKind

# Who sees what. An evaluator sees the rounds on whose panel he sits, and there what is his own; never the marks of
# others, standings, or the papers of a team of which it is not known that he has no conflict with it.
_ALL = (Role.OFFICIAL, Role.AUDITOR)


def _own(account: Account, now: datetime) -> Q:
    return Q(account=account)


def _papers(account: Account, now: datetime) -> Q:
    free = [entry for entry, found in conflicts_of(account, now).items() if found is Conflict.NONE]
    fits = Q(pk__in=())
    for round, team in Entry.objects.filter(pk__in=free).values_list("round", "team"):
        fits |= Q(round=round, team=team)
    return fits & Q(late=False)


seen(Round, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(pk__in=account.panels.values("round"))})
seen(Entry, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(round__in=account.panels.values("round"))})
seen(Document, *_ALL, own={Role.EVALUATOR: _papers})
seen(ConflictDeclaration, *_ALL, own={Role.EVALUATOR: _own})
seen(Sheet, *_ALL, own={Role.EVALUATOR: _own})
seen(Finding, *_ALL, own={Role.EVALUATOR: _own})
for _model in (Enquiry, Verdict, TieBreak, Snapshot, Announcement, Notice, Vacancy):
    seen(_model, *_ALL)


class Conflict(StrEnum):
    """What is known of a person's interest in a team. Unknown is not none."""

    NONE = "none"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


def conflict(round: Round, account: Account, team: Team, now: datetime) -> Conflict:
    """Whether the person has a conflict with the team, on the day that it is in the programme's zone: see `_judged`."""
    day = local_day(round.programme, now)
    organisation = organisation_on(account, day)
    return _judged(
        employed=organisation is not None,
        in_team=organisation is not None and sits_in(organisation, team, day),
        declared=_declared(round, account, team),
    )


def _judged(*, employed: bool, in_team: bool, declared: str | None) -> Conflict:
    """What is known of a person and a team on a day.

    A person whose organisation belongs to the team on that day has a conflict without declaring it, whatever was
    declared; a declared one counts until the round is over; somebody of whom no organisation is known is `unknown`
    until cleared.
    """
    if in_team or (declared is not None and declared != ConflictKind.NONE):
        return Conflict.CONFLICT
    return Conflict.NONE if employed or declared else Conflict.UNKNOWN


def conflicts_of(account: Account, now: datetime) -> dict[int, Conflict]:
    """The same for every entry of the rounds on whose panel the person sits, by entry id; four queries in all."""
    entries = Entry.objects.filter(round__panel__account=account).select_related("round__programme")
    homes = list(Affiliation.objects.filter(account=account))
    parts: dict[int, list[Membership]] = defaultdict(list)
    for part in Membership.objects.filter(organisation__in=[home.organisation_id for home in homes]):
        parts[part.team_id].append(part)
    rows = ConflictDeclaration.objects.filter(account=account).order_by("id")
    declared = {(row.round_id, row.team_id): row.kind for row in rows}
    found = {}
    for entry in entries:
        day = local_day(entry.round.programme, now)
        at_home = {home.organisation_id for home in homes if _holds(home, day)}
        found[entry.pk] = _judged(
            employed=bool(at_home),
            in_team=any(part.organisation_id in at_home and _holds(part, day) for part in parts[entry.team_id]),
            declared=declared.get((entry.round_id, entry.team_id)),
        )
    return found


def _holds(term: Affiliation | Membership, day: date) -> bool:
    return (term.since or date.min) <= day <= (term.until or date.max)


def require_no_conflict(round: Round, account: Account, team: Team, now: datetime) -> None:
    """Refuse with `conflict_of_interest` a person with a conflict, or of whom it is not known that there is none."""
    found = conflict(round, account, team, now)
    if found is Conflict.CONFLICT:
        raise Refused(Code.CONFLICT_OF_INTEREST, f"{team}과(와) 이해관계가 있어 참여할 수 없습니다.", team=team.code)
    if found is Conflict.UNKNOWN:
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            f"{team}과(와)의 이해관계를 알 수 없습니다. 담당 공무원의 확인이 필요합니다.",
            team=team.code,
        )


def require_panelist(round: Round, person: Account, actor: Actor) -> None:
    """Refuse with `not_entitled` who acts for another, or does not sit on the round's panel."""
    if actor.account != person:
        raise Refused(Code.NOT_ENTITLED, "다른 사람을 대신해 할 수 없는 일입니다.", person=person.username)
    if not round.panel.filter(account=person).exists():
        raise Refused(Code.NOT_ENTITLED, "이 단계의 평가위원이 아닙니다.", person=person.username)


def require_own_team(actor: Actor, team: Team) -> None:
    """Refuse with `not_entitled` a team's person who acts for another team; officials act for any."""
    if Role.OFFICIAL in actor.roles:
        return
    if not acts_for(actor.person(), team):
        raise Refused(Code.NOT_ENTITLED, f"{team}의 담당자가 아닙니다.", team=team.code)


def bar_panelists(round: Round, *, actor: Actor, **_: Any) -> None:
    """Who decides on a round never sits on its panel (`conflict_of_interest`)."""
    if round.panel.filter(account=actor.person()).exists():
        raise Refused(Code.CONFLICT_OF_INTEREST, "평가위원은 결정에 참여할 수 없습니다.", person=actor.name)


def _declared(round: Round, account: Account, team: Team) -> str | None:
    """The newest declaration's kind; None where nothing was declared."""
    newest = ConflictDeclaration.objects.filter(round=round, account=account, team=team).order_by("-id").first()
    return newest.kind if newest else None
