"""Declaring conflicts of interest, and clearing an unknown."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.roles import Role
from core.text import stated
from evaluation.models import ConflictDeclaration, Round, Sheet, SheetExclusion
from evaluation.operations.inputs import hold, hold_panelist, mark_stale
from evaluation.policies import Conflict, conflict
from evaluation.states import ConflictKind, RoundState
from evaluation.verbs import DECLARE_CONFLICT, DECLARE_CONFLICTS

CLEARED = "평가에 앞서 확인"
"""The reason that is kept where an expert declares that there is nothing, and says no more."""


@operation(DECLARE_CONFLICT)
def declare_conflict(
    round: Round, *, team: Team, person: Account, kind: ConflictKind, reason: str, actor: Actor, now: datetime
) -> ConflictDeclaration:
    """Declare a person's conflict with a team, or by `none` clear an unknown. Officials may do so for others.

    The team need not take part in the round: it may be one that answers the call for its vacancy.

    `none` for somebody who has a conflict is refused with `conflict_of_interest`. A sheet that the person has handed
    in before the announcement is set aside with this reason; after it, only a correction may set it aside.
    """
    round = hold(round.pk)
    hold_panelist(round, person)
    if actor.account != person and Role.OFFICIAL not in actor.roles:
        raise Refused(Code.NOT_ENTITLED, _("다른 사람의 이해관계는 담당 공무원만 적을 수 있습니다."))
    if kind == ConflictKind.NONE and conflict(round, person, team, now) is Conflict.CONFLICT:
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            format_lazy(_("{team}: 이해관계가 있어 없음으로 확인할 수 없습니다."), team=team),
        )
    declaration = ConflictDeclaration.objects.create(
        round=round,
        account=person,
        team=team,
        kind=kind,
        reason=stated(reason, _("사유")),
        declared_by=actor.person(),
        declared_at=now,
    )
    record(DECLARE_CONFLICT, declaration, at=now, person=person.username, team=team.code, kind=kind)
    if kind != ConflictKind.NONE and round.state == RoundState.SCORING:
        _set_sheet_aside(declaration, now)
    return declaration


@operation(DECLARE_CONFLICTS)
def declare_conflicts(
    round: Round, *, declared: Mapping[Team, tuple[ConflictKind, str]], actor: Actor, now: datetime
) -> list[ConflictDeclaration]:
    """What an expert declares of himself about several teams at once: a kind and a reason for each, all or none."""
    person = actor.person()
    return [
        declare_conflict(round, team=team, person=person, kind=kind, reason=reason, actor=actor, now=now)
        for team, (kind, reason) in declared.items()
    ]


def _set_sheet_aside(declaration: ConflictDeclaration, now: datetime) -> None:
    of_the_team = Sheet.objects.filter(entry__round=declaration.round, entry__team=declaration.team)
    sheet = of_the_team.filter(account=declaration.account, exclusion__isnull=True).first()
    if sheet is None:
        return
    SheetExclusion.objects.create(
        sheet=sheet, reason=f"이해관계 신고: {declaration.reason}", by=declaration.declared_by, at=now
    )
    mark_stale(declaration.round, now)
    record(DECLARE_CONFLICT, sheet, at=now, excluded=True)
