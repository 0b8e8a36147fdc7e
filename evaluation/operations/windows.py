"""Extending windows because of a non-working day that became known after the announcement.

What every operation on windows asks and leaves behind stands here too.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from evaluation.models import Round
from evaluation.policies import bar_panelists
from evaluation.queries.windows import latest_window, proposed_extensions
from evaluation.states import RoundState
from evaluation.verbs import EXTEND_WINDOWS


def _proposal(round: Round, **__: object) -> list[tuple[int, str]]:
    return [(each.notice.pk, each.closes_at.isoformat()) for each in proposed_extensions(round)]


@decided(EXTEND_WINDOWS, Round, relies_on=_proposal, barred=bar_panelists)
def extend_windows(round: Round, *, reason: str = "", actor: Actor, now: datetime) -> Round:
    """Extend the windows that the calendar, as it is now, would end later. A window is never shortened.

    `wrong_state` unless the result is announced and not final, `too_late` where every such window is over already,
    `incomplete` where the calendar proposes nothing.
    """
    round = Round.objects.alone(round.pk)
    require_objections_open(round)
    proposed = proposed_extensions(round)
    if proposed and all(each.notice.is_over(now) for each in proposed):
        raise Refused(Code.TOO_LATE, _("이미 끝난 이의신청 기간입니다."))
    if not proposed:
        raise Refused(Code.INCOMPLETE, _("연장할 이의신청 기간이 없습니다."))
    for each in proposed:
        if not each.notice.is_over(now):
            each.notice.window_closes_at = each.closes_at
            each.notice.save(update_fields=["window_closes_at"])
            record(EXTEND_WINDOWS, each.notice, at=now, closes_at=each.closes_at)
    note_latest_window(round)
    record(EXTEND_WINDOWS, round, at=now, appeals_close_at=round.appeals_close_at)
    return round


def require_objections_open(round: Round) -> None:
    """Refuse with `wrong_state` what is done about windows unless the result is announced and not final."""
    if round.state != RoundState.ANNOUNCED:
        raise Refused(Code.WRONG_STATE, _("이의신청 기간이 아닙니다."), state=round.state)


def note_latest_window(round: Round) -> None:
    """Keep on the round, which the caller holds, when its last window ends, after one of them was given another end.

    Where no end is known any longer the last that was stays: what has none keeps the round from closing by itself.
    """
    round.appeals_close_at = latest_window(round) or round.appeals_close_at
    round.save(update_fields=["appeals_close_at"])
