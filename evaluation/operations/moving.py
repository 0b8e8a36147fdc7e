"""Moving the end of a round's development period."""

from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Round
from evaluation.operations.inputs import require_no_result
from evaluation.policies import bar_panelists
from evaluation.verbs import MOVE_END


def _end(round: Round, **__: object) -> list[str]:
    return [round.state, str(round.ends)]


@decided(MOVE_END, Round, relies_on=_end, barred=bar_panelists)
def move_end(round: Round, *, ends: str, reason: str = "", actor: Actor, now: datetime) -> Round:
    """Move the end of development to a later day (ISO 8601), so that a late start is no disadvantage.

    `wrong_state` once the result is announced; `out_of_range` beyond `latest_end`, where one is laid down, or earlier
    than it is. The same day again changes nothing.
    """
    round = Round.objects.alone(round.pk)
    require_no_result(round)
    day, was = date.fromisoformat(ends), round.ends
    reason = stated(reason, _("사유"))
    if day == was:
        return round
    _require_later(day, was, round.latest_end)
    round.ends = day
    round.first_ends = round.first_ends or was
    round.save(update_fields=["ends", "first_ends"])
    record(MOVE_END, round, at=now, before=str(was), after=ends)
    return round


def _require_later(day: date, was: date, latest_end: date | None) -> None:
    if day < was:
        raise Refused(Code.OUT_OF_RANGE, format_lazy(_("종료일은 {was}보다 늦어야 합니다."), was=was), ends=str(day))
    if latest_end is not None and day > latest_end:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("종료일은 연장 한도({latest_end})를 넘을 수 없습니다."), latest_end=latest_end),
            ends=str(day),
        )
