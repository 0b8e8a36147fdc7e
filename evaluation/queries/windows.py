"""Windows to object: their ends, which of them have none yet, and what the calendar proposes about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consortia.queries import local_day, non_working_days
from core.calendar.window import DAY, window_end
from evaluation.models import ClockStop, Notice, Round

BY_END = (F("window_closes_at").asc(nulls_last=True), "pk")
"""A team may object while any window of its arrived notices runs: of these, in this order, the last one counts.

A clock that stands still has no end. What keeps the round from closing and what the team may do are so the same.
"""


@dataclass(frozen=True)
class Window:
    """A notice with its team, and since when which number of days is counted; `since` is None before its arrival."""

    notice: Notice
    since: datetime | None
    days: int

    def runs(self, now: datetime) -> bool:
        """Whether the notice has arrived and the window is not over: its clock can be stopped."""
        closes, arrived = self.notice.window_closes_at, self.notice.arrived_at
        return closes is not None and arrived is not None and arrived <= now and not self.notice.is_over(now)

    @property
    def stopped(self) -> bool:
        """Whether its clock stands still: it has arrived, and has no end."""
        return self.notice.arrived_at is not None and self.notice.window_closes_at is None


@dataclass(frozen=True)
class Extension:
    """A notice whose window would end at `closes_at`, later than notified, by the calendar as it is now."""

    notice: Notice
    closes_at: datetime


def windows_of(round: Round) -> list[Window]:
    """Every window of the round, in one query.

    One that went on after its clock had stood still is counted from there, with the days that it had left.
    """
    last = ClockStop.objects.filter(notice=OuterRef("pk")).order_by("-pk")
    notices: QuerySet[Notice] = Notice.objects.filter(announcement__round=round)
    counted = notices.annotate(
        since=Coalesce(Subquery(last.values("resumed_at")[:1]), "arrived_at"),
        days=Coalesce(Subquery(last.values("days_left")[:1]), round.appeal_days),
    )
    ordered = counted.select_related("entry__team").order_by("pk")
    return [Window(notice, notice.since, notice.days) for notice in ordered]


def proposed_extensions(round: Round) -> list[Extension]:
    """Windows that a day added to the calendar since would end later; two queries."""
    return extensions_of(round, windows_of(round))


def extensions_of(round: Round, windows: Sequence[Window]) -> list[Extension]:
    """Those among the round's windows that would end later. Two officials decide; a job never does."""
    programme = round.programme
    zone, holidays = programme.zone, non_working_days(programme)
    proposed = []
    for each in windows:
        if each.since is None or each.notice.window_closes_at is None:
            continue  # A window with an end has begun, or has been resumed.
        closes_at = window_end(each.since, each.days, holidays, zone)
        if closes_at > each.notice.window_closes_at:
            proposed.append(Extension(each.notice, closes_at))
    return proposed


def latest_window(round: Round) -> datetime | None:
    """The end of the window that ends last, of those whose end is known; None where none is.

    A paper that is on its way and a clock that stands still have no end: they keep the round open by themselves.
    """
    notices = Notice.objects.filter(announcement__round=round)
    latest: datetime | None = notices.aggregate(latest=Max("window_closes_at"))["latest"]
    return latest


def remainder(round: Round, notice: Notice, now: datetime) -> int:
    """The whole days that a stop at `now` leaves of a running window, the day of `now` among them; 0 where none runs.

    What is told to people as days left is `core.calendar.window.days_left`, which does not count today. Days are those
    on the wall of the programme's zone. The day of the arrival is no day of the window.
    """
    if notice.arrived_at is None or notice.window_closes_at is None:
        return 0
    programme = round.programme
    first = max(local_day(programme, now), local_day(programme, notice.arrived_at) + DAY)
    return (local_day(programme, notice.window_closes_at) - first) // DAY
