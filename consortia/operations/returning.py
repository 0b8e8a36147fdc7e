"""지원 회수와 재배정: what a team has that takes part no longer goes back, and may go to another."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Grant, SupportLine, SupportReturn, Team
from consortia.operations.granting import numbers_due, require_free
from consortia.queries import support_standing, teams_named
from consortia.rules.periods import Period
from consortia.verbs import REALLOCATE_SUPPORT, RETURN_SUPPORT
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated


def _held(team: Team, **__: object) -> list[list[object]]:
    grants = team.grants.order_by("pk").values_list("pk", "returned_on")
    return [[pk, str(day)] for pk, day in grants]


def _nobody_barred(team: Team, *, actor: Actor, **__: Any) -> None:
    """Support is decided beside the evaluation: no panel bars anybody."""


@decided(RETURN_SUPPORT, Team, relies_on=_held, barred=_nobody_barred)
def return_support(team: Team, *, day: str, reason: str = "", actor: Actor, now: datetime) -> list[SupportReturn]:
    """Take back everything that a team has, so that it has it no longer from `day` (ISO 8601) on.

    A grant that has not begun by then is returned before it begins; one that is over by then stays as it is. Asked
    again, when all is returned already, the returns that stand are given back.

    Refused: `wrong_state` where the team has nothing to return on that day and has returned nothing, `incomplete`
    without a reason.
    """
    team = Team.objects.get(pk=team.pk)
    from_day = date.fromisoformat(day)
    grants = list(team.grants.select_for_update(of=("self",)).select_related("line").order_by("pk"))
    left = [grant for grant in grants if grant.returned_on is None and not _over(grant, from_day)]
    standing = list(SupportReturn.objects.filter(grant__team=team))
    if not left and not standing:
        raise Refused(Code.WRONG_STATE, format_lazy(_("{team}에는 회수할 지원이 없습니다."), team=team), team=team.code)
    reason = stated(reason, _("사유"))
    if not left:
        return standing
    made = SupportReturn.objects.bulk_create(
        SupportReturn(grant=grant, reason=reason, decision_id=actor.decision_id(), at=now) for grant in left
    )
    for grant in left:
        grant.returned_on = max(from_day, grant.since)
    Grant.objects.bulk_update(left, ["returned_on"])
    record(RETURN_SUPPORT, team, at=now, day=day, returned={grant.line.code: grant.number for grant in left})
    return made


def _over(grant: Grant, day: date) -> bool:
    return grant.until is not None and grant.until < day


def _giver_barred(
    line: SupportLine, *, actor: Actor, giver: str = "", team: str = "", since: str = "", **__: Any
) -> None:
    """Names and rights stand above the rest in the table of codes; no panel bars anybody."""
    found = {each.code: each for each in teams_named(line.programme, [giver, team])}
    numbers_due(line, [found[team]], date.fromisoformat(since))


@decided(REALLOCATE_SUPPORT, SupportLine, relies_on=support_standing, barred=_giver_barred)
def reallocate_support(
    line: SupportLine, *, giver: str, team: str, since: str, reason: str = "", actor: Actor, now: datetime
) -> Grant:
    """Grant what `giver` has returned of a line to another team, from `since` (ISO 8601) to the end of the old grant.

    The other team gets what it is due on equal terms, no more than was returned. What was returned before it began is
    reallocated in the same way. The same once more is returned.

    Refused: `unknown` teams, `not_entitled` where a written exception gives the team none of the line, `still_pending`
    while `giver` has not returned it, `incomplete` where nothing is left to reallocate or no reason is given,
    `out_of_range` where less was returned than the team is due, or for a day before the return or after the end,
    `duplicate` where the team has the line on one of the days already.
    """
    line = SupportLine.objects.select_for_update(of=("self",)).select_related("programme").get(pk=line.pk)
    found = {each.code: each for each in teams_named(line.programme, [giver, team])}
    receiver, first = found[team], date.fromisoformat(since)
    number = numbers_due(line, [receiver], first)[receiver.pk]
    given = line.grants.filter(team=found[giver]).select_related("returned__reallocated").order_by("-pk")
    for grant in filter(None, map(_reallocated, given)):
        if (grant.team_id, grant.since) == (receiver.pk, first):
            return grant
    source = _source(list(given), giver, first)
    reason = stated(reason, _("사유"))
    period = Period(first, source.until)
    _require_covers(source, receiver, number, period)
    require_free(line, [receiver], period)
    made = Grant.objects.create(
        line=line,
        team=receiver,
        number=number,
        since=period.since,
        until=period.until,
        reallocates=source.returned,
        reason=reason,
        decision_id=actor.decision_id(),
        at=now,
    )
    record(REALLOCATE_SUPPORT, line, at=now, giver=giver, team=team, number=number, since=since)
    return made


def _reallocated(grant: Grant) -> Grant | None:
    """The grant that was made of what was returned of this one."""
    if grant.returned_on is None:
        return None
    made: Grant | None = getattr(grant.returned, "reallocated", None)
    return made


def _source(given: Sequence[Grant], giver: str, day: date) -> Grant:
    """The newest returned grant that nobody else has got yet; nothing of the line may still be with its team."""
    if any(grant.returned_on is None and not _over(grant, day) for grant in given):
        raise Refused(
            Code.STILL_PENDING, format_lazy(_("{giver}의 지원을 아직 회수하지 않았습니다."), giver=giver), team=giver
        )
    left = [grant for grant in given if grant.returned_on is not None and _reallocated(grant) is None]
    if not left:
        raise Refused(
            Code.INCOMPLETE, format_lazy(_("{giver}에서 회수하여 재배정할 지원이 없습니다."), giver=giver), team=giver
        )
    return left[0]


def _require_covers(source: Grant, team: Team, number: int, period: Period) -> None:
    if source.team_id == team.pk:
        raise Refused(Code.OUT_OF_RANGE, _("회수 대상 팀이 아닌 다른 팀에 재배정합니다."), team=team.code)
    if source.returned_on is None or period.since < source.returned_on:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("회수일({returned_on})보다 앞선 날입니다."), returned_on=source.returned_on),
            since=str(period.since),
        )
    if period.until is not None and period.until < period.since:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("지원 기간({until}까지) 뒤의 날입니다."), until=period.until),
            since=str(period.since),
        )
    if source.number < number:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("회수한 수량({number})보다 많습니다."), number=source.number),
            number=number,
        )
