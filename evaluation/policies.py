"""Who has a conflict with a team, and who sits on the panel."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from consortia.models import Team
from consortia.queries import acts_for, local_day, organisation_on, sits_in
from core.actors import Actor
from core.errors import Code, Refused
from core.models import Account
from core.roles import Role
from evaluation.models import ConflictDeclaration, Round
from evaluation.states import ConflictKind


class Conflict(StrEnum):
    """What is known of a person's interest in a team. Unknown is not none."""

    NONE = "none"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


def conflict(round: Round, account: Account, team: Team, now: datetime) -> Conflict:
    """Whether the person has a conflict with the team, on the day that it is in the programme's zone.

    A person whose organisation belongs to the team on that day has one without declaring it, whatever was declared; a
    declared one counts until the round is over; somebody of whom no organisation is known is `unknown` until cleared.
    """
    day = local_day(round.programme, now)
    organisation = organisation_on(account, day)
    if organisation is not None and sits_in(organisation, team, day):
        return Conflict.CONFLICT
    declared = _declared(round, account, team)
    if declared is not None and declared != ConflictKind.NONE:
        return Conflict.CONFLICT
    if organisation is None and declared is None:
        return Conflict.UNKNOWN
    return Conflict.NONE


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
