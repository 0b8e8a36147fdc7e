"""지원 배정: granting a line to teams on equal terms, but for written exceptions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Grant, SupportLine, Team
from consortia.queries import exempt_from, support_standing, teams_named
from consortia.rules.periods import Period
from consortia.verbs import GRANT_SUPPORT
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated


def _grant_barred(
    line: SupportLine, *, actor: Actor, teams: Sequence[str] = (), since: str | None = None, **__: Any
) -> None:
    """As for exceptions: names and rights stand above the rest in the table of codes."""
    day = line.since if since is None else date.fromisoformat(since)
    numbers_due(line, teams_named(line.programme, teams), day)


@decided(GRANT_SUPPORT, SupportLine, relies_on=support_standing, barred=_grant_barred)
def grant_support(
    line: SupportLine,
    *,
    teams: Sequence[str],
    since: str | None = None,
    until: str | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> list[Grant]:
    """Grant a line to teams (codes), from `since` to `until` (ISO 8601, both included; the line's own unless given).

    Nobody names a number: each team gets the line's, or what a written exception says, so that terms are equal by
    themselves. A team that has just this grant keeps it.

    Refused: `unknown` team, `not_entitled` where an exception gives the team none, `incomplete` without a team or a
    reason, `out_of_range` for days outside the line's period, `duplicate` where the team has the line on one of the
    days already.
    """
    line = SupportLine.objects.select_for_update(of=("self",)).select_related("programme").get(pk=line.pk)
    since_day = line.since if since is None else date.fromisoformat(since)
    period = Period(since_day, line.until if until is None else date.fromisoformat(until))
    found = teams_named(line.programme, teams)
    numbers = numbers_due(line, found, period.since)
    if not found:
        raise Refused(Code.INCOMPLETE, _("지원을 받을 팀을 적어야 합니다."), line=line.code)
    reason = stated(reason, _("사유"))
    require_within(line, period)
    asked = {team.pk: (numbers[team.pk], period.since, period.until) for team in found}
    standing = _same(line, asked)
    wanted = [team for team in found if team.pk not in standing]
    require_free(line, wanted, period)
    made = Grant.objects.bulk_create(
        Grant(
            line=line,
            team=team,
            number=numbers[team.pk],
            since=period.since,
            until=period.until,
            reason=reason,
            decision_id=actor.decision_id(),
            at=now,
        )
        for team in wanted
    )
    if made:
        granted = {grant.team.code: grant.number for grant in made}
        record(GRANT_SUPPORT, line, at=now, teams=granted, since=period.since, until=period.until)
    return [*standing.values(), *made]


def _same(line: SupportLine, asked: "dict[int, tuple[int, date, date | None]]") -> dict[int, Grant]:
    """Team id -> the open grant that is just what is asked for."""
    held = line.grants.filter(team__in=asked, returned_on=None)
    return {each.team_id: each for each in held if (each.number, each.since, each.until) == asked[each.team_id]}


def numbers_due(line: SupportLine, teams: Sequence[Team], day: date) -> dict[int, int]:
    """Team id -> what it is due of the line; `not_entitled` where a written exception gives it none."""
    exempt = exempt_from([line.pk], [team.pk for team in teams], day)
    numbers = {}
    for team in teams:
        own = exempt.get((line.pk, team.pk))
        if own is not None and own.number == 0:
            raise Refused(
                Code.NOT_ENTITLED,
                format_lazy(
                    _("{team}: 지원 예외에 따라 받지 않는 항목입니다. {line}: {reason}"),
                    team=team,
                    line=line,
                    reason=own.reason,
                ),
                team=team.code,
            )
        numbers[team.pk] = line.number if own is None else own.number
    return numbers


def require_within(line: SupportLine, period: Period) -> None:
    """Refuse with `out_of_range` days on which the line is not given."""
    require_in_order(period)
    if period.within(line.terms.period) != period:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("지원 기간({since}부터 {until}) 밖입니다."), since=line.since, until=line.until or _("계속")),
            line=line.code,
        )


def require_free(line: SupportLine, teams: Sequence[Team], period: Period) -> None:
    """Refuse with `duplicate` where one of the teams has the line on one of the days already."""
    for grant in line.grants.filter(team__in=teams).select_related("team").order_by("pk"):
        both = grant.period.within(period)
        if both.until is None or both.days():
            raise Refused(
                Code.DUPLICATE,
                format_lazy(_("이미 지원을 받는 팀입니다: {team}"), team=grant.team),
                team=grant.team.code,
            )


def require_in_order(period: Period) -> None:
    """Refuse with `out_of_range` a period that ends before it begins."""
    if period.until is not None and period.until < period.since:
        raise Refused(Code.OUT_OF_RANGE, _("기간의 끝은 시작보다 앞설 수 없습니다."), until=str(period.until))
