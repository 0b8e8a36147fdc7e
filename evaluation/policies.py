"""Who has a conflict with a team, and who sits on the panel."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Any

from consortia.models import Membership, Team
from consortia.queries import acts_for, local_day, organisations_on
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
    """Whether the person has a conflict with the team: see `conflicts`."""
    return conflicts(round, [account.pk], [team.pk], now)[account.pk, team.pk]


def conflicts(
    round: Round, accounts: Sequence[int], teams: Sequence[int], now: datetime
) -> dict[tuple[int, int], Conflict]:
    """(account id, team id) -> conflict, on the day that it is in the programme's zone, in three queries.

    A person whose organisation belongs to the team on that day has one without declaring it, whatever was declared; a
    declared one counts until the round is over; somebody of whom no organisation is known is `unknown` until cleared.
    """
    day = local_day(round.programme, now)
    organisation = organisations_on(accounts, day)
    members = set(Membership.objects.on(day).filter(team__in=teams).values_list("organisation_id", "team_id"))
    rows = ConflictDeclaration.objects.filter(round=round, account__in=accounts, team__in=teams).order_by("id")
    declared = {(account, team): kind for account, team, kind in rows.values_list("account_id", "team_id", "kind")}
    found = {}
    for pair in product(accounts, teams):
        known = organisation.get(pair[0])
        if (known, pair[1]) in members or declared.get(pair, ConflictKind.NONE) != ConflictKind.NONE:
            found[pair] = Conflict.CONFLICT
        elif known is None and pair not in declared:
            found[pair] = Conflict.UNKNOWN
        else:
            found[pair] = Conflict.NONE
    return found


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
