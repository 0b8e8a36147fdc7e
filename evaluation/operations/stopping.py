"""Force majeure: the clock of named teams stands still, and goes on with the remainder."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.queries import non_working_days
from core.actors import Actor
from core.calendar.window import window_end
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import ClockStop, Entry, Notice, Round
from evaluation.operations.windows import note_latest_window, require_objections_open
from evaluation.policies import bar_panelists
from evaluation.queries.lookup import entry_of
from evaluation.queries.windows import remainder
from evaluation.verbs import RESUME_CLOCK, STOP_CLOCK


def _windows(round: Round, *, teams: Sequence[str], **__: object) -> list[list[str]]:
    """What a stop or a resumption relies on: the windows of the teams that it names."""
    rows = Notice.objects.filter(announcement__round=round, entry__team__code__in=teams).order_by("pk")
    return [[str(value) for value in row] for row in rows.values_list("pk", "arrived_at", "window_closes_at")]


@decided(STOP_CLOCK, Round, relies_on=_windows, barred=bar_panelists)
def stop_clock(round: Round, *, teams: Sequence[str], reason: str = "", actor: Actor, now: datetime) -> list[ClockStop]:
    """Stop the clock of the named teams (codes), for a cause for which they are not responsible.

    Where a period cannot be kept because of a natural disaster or another cause for which the party is not responsible,
    it does not run until the day on which the cause ends (Administrative Procedures Act art. 16(1)). Read here so: the
    day of the stop is not lost, since the party had no whole day of it; the days left are counted from that day to the
    last day as notified, both included. A team may object while its clock stands still.

    Refused: `unknown` team, `wrong_state` unless the result is announced and not final, `too_early` before the notice
    has arrived, `too_late` when the window is over, `incomplete` without a team or a reason. A clock that stands still
    already is left as it is.
    """
    round = Round.objects.alone(round.pk)
    notices = {team: _arrived(entry_of(round, team), now) for team in dict.fromkeys(teams)}
    require_objections_open(round)
    for team, arrived in notices.items():
        if not arrived:
            raise Refused(
                Code.TOO_EARLY, format_lazy(_("아직 통지가 도달하지 않은 팀입니다: {team}"), team=team), team=team
            )
    for team, arrived in notices.items():
        if all(notice.is_over(now) for notice in arrived):
            raise Refused(Code.TOO_LATE, format_lazy(_("이의신청 기간이 끝난 팀입니다: {team}"), team=team), team=team)
    _require_teams(teams)
    reason = stated(reason, _("사유"))
    stops = []
    for notice in [notice for arrived in notices.values() for notice in arrived]:
        if notice.window_closes_at is None or notice.is_over(now):
            continue
        stop = ClockStop.objects.create(
            notice=notice,
            stopped_at=now,
            closed_at=notice.window_closes_at,
            days_left=remainder(round, notice, now),
            reason=reason,
            decision_id=actor.decision_id(),
        )
        notice.window_closes_at = None
        notice.save(update_fields=["window_closes_at"])
        record(STOP_CLOCK, notice, at=now, closed_at=stop.closed_at, days_left=stop.days_left)
        stops.append(stop)
    note_latest_window(round)
    record(STOP_CLOCK, round, at=now, teams=list(notices), appeals_close_at=round.appeals_close_at)
    return stops


@decided(RESUME_CLOCK, Round, relies_on=_windows, barred=bar_panelists)
def resume_clock(
    round: Round, *, teams: Sequence[str], reason: str = "", actor: Actor, now: datetime
) -> list[ClockStop]:
    """Let the clock of the named teams (codes) go on with the days that were left.

    The period does not run until the day on which the cause ends (art. 16(1)), so the day of the resumption is not
    counted and the remainder begins on the next; the last day still moves on to a working day. The new end is never
    earlier than the one before: the remainder holds the day of the stop, and begins no earlier than the day after it.

    Refused: `unknown` team, `wrong_state` unless the result is announced and the team's clock stands still,
    `incomplete` without a team or a reason.
    """
    round = Round.objects.alone(round.pk)
    entries = [entry_of(round, team) for team in dict.fromkeys(teams)]
    require_objections_open(round)
    standing = ClockStop.objects.filter(notice__entry__in=entries, resumed_at=None).select_related("notice")
    stops = list(standing.order_by("pk"))
    for entry in entries:
        if all(stop.notice.entry_id != entry.pk for stop in stops):
            raise Refused(
                Code.WRONG_STATE, format_lazy(_("정지되지 않은 기간입니다: {entry}"), entry=entry), team=entry.team.code
            )
    _require_teams(teams)
    reason = stated(reason, _("사유"))
    programme = round.programme
    zone, holidays = programme.zone, non_working_days(programme)
    for stop in stops:
        stop.resumed_at, stop.resumption_id, stop.resumption_reason = now, actor.decision_id(), reason
        stop.save(update_fields=["resumed_at", "resumption", "resumption_reason"])
        stop.notice.window_closes_at = window_end(now, stop.days_left, holidays, zone)
        stop.notice.save(update_fields=["window_closes_at"])
        record(RESUME_CLOCK, stop.notice, at=now, days_left=stop.days_left, closes_at=stop.notice.window_closes_at)
    note_latest_window(round)
    record(RESUME_CLOCK, round, at=now, teams=list(teams), appeals_close_at=round.appeals_close_at)
    return stops


def _arrived(entry: Entry, now: datetime) -> list[Notice]:
    return list(Notice.objects.filter(entry=entry, arrived_at__lte=now).order_by("pk"))


def _require_teams(teams: Sequence[str]) -> None:
    if not teams:
        raise Refused(Code.INCOMPLETE, _("팀을 적어야 합니다."), field="teams")
