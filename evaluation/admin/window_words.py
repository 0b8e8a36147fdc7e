"""A team's window to object, as people read it: until when, and how many days are left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.admin.columns import badge
from core.calendar.words import window_words
from core.wording import language
from evaluation.models import ClockStop, Notice
from evaluation.queries.windows import days_left


@dataclass(frozen=True)
class Window:
    """`until` in words, a dash where no end is known; `left` is a badge: the days left, or why none are counted."""

    until: str
    left: Any
    running: bool


def window_of(notice: Notice, now: datetime) -> Window:
    """The window of a notice. Its round and programme, and its stops, are read beforehand: this asks nothing."""
    round = notice.entry.round
    if notice.window_closes_at is None:
        return Window("—", _without_end(notice), running=notice.arrived_at is not None)
    until = window_words(notice.window_closes_at, round.programme.zone, language())
    if notice.is_over(now):
        return Window(until, badge("", _("끝남")), running=False)
    if notice.arrived_at is not None and notice.arrived_at > now:
        return Window(until, badge("scoring", _("도달 예정")), running=False)
    left = days_left(round, notice, now)
    words = _("오늘 끝남") if left == 1 else _("%(days)s일 남음") % {"days": left}
    return Window(until, badge("scoring" if left <= SOON else "announced", words), running=True)


SOON = 3
"""Days left from which a window is shown as ending."""


def _without_end(notice: Notice) -> Any:
    stop = standing_stop(notice)
    if stop is None:
        return badge("scoring", _("도달 전"))
    return badge("failed", _("정지됨 · 남은 %(days)s일") % {"days": stop.days_left})


def standing_stop(notice: Notice) -> ClockStop | None:
    """The stop under which the clock stands still; None where it runs. Reads the stops that were fetched."""
    return next((stop for stop in notice.stops.all() if stop.resumed_at is None), None)
