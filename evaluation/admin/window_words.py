"""A team's window to object, as people read it: until when, and how many days are left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.admin.columns import badge, left_badge
from core.calendar.window import days_left
from core.calendar.words import window_words
from core.wording import language
from evaluation.models import ClockStop, Notice


@dataclass(frozen=True)
class Window:
    """`until` in words, a dash where no end is known; `left` is a badge: the days left, or why none are counted."""

    until: str
    left: Any
    running: bool


def window_of(notice: Notice, now: datetime) -> Window:
    """The window of a notice. Its round and programme, and its stops, are read beforehand: this asks nothing."""
    zone = notice.entry.round.programme.zone
    if notice.window_closes_at is None:
        return Window("—", _without_end(notice), running=notice.arrived_at is not None)
    until = window_words(notice.window_closes_at, zone, language())
    if notice.is_over(now):
        return Window(until, badge("", _("끝남")), running=False)
    if notice.arrived_at is not None and notice.arrived_at > now:
        return Window(until, badge("scoring", _("도달 예정")), running=False)
    return Window(until, left_badge(days_left(now, notice.window_closes_at, zone)), running=True)


def _without_end(notice: Notice) -> Any:
    stop = standing_stop(notice)
    if stop is None:
        return badge("scoring", _("도달 전"))
    return badge("failed", _("정지됨 · 남은 %(days)s일") % {"days": stop.days_left})


def standing_stop(notice: Notice) -> ClockStop | None:
    """The stop under which the clock stands still; None where it runs. Reads the stops that were fetched."""
    return next((stop for stop in notice.stops.all() if stop.resumed_at is None), None)
