"""Windows to object: their ends, which of them have none yet, and what the calendar proposes about them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from consortia.queries import local_day, non_working_days
from core.calendar.window import DAY, window_end
from evaluation.models import ClockStop, Notice, Round


@dataclass(frozen=True)
class Extension:
    """A notice whose window would end at `closes_at`, later than notified, by the calendar as it is now."""

    notice: Notice
    closes_at: datetime


def proposed_extensions(round: Round) -> list[Extension]:
    """Windows that a day added to the calendar since would end later. Two officials decide; a job never does.

    A window that went on after its clock had stood still is counted from there, with the days that it had left.
    """
    programme = round.programme
    zone, holidays = programme.zone, non_working_days(programme)
    resumed = {stop.notice_id: stop for stop in ClockStop.objects.filter(notice__announcement__round=round)}
    running = Notice.objects.filter(announcement__round=round, window_closes_at__isnull=False)
    proposed = []
    for notice in running.select_related("entry__team").order_by("pk"):
        stop = resumed.get(notice.pk)
        since, days = (stop.resumed_at, stop.days_left) if stop else (notice.arrived_at, round.appeal_days)
        if since is None or notice.window_closes_at is None:
            continue  # A window with an end has begun, or has been resumed.
        closes_at = window_end(since, days, holidays, zone)
        if closes_at > notice.window_closes_at:
            proposed.append(Extension(notice, closes_at))
    return proposed


def latest_window(round: Round) -> datetime | None:
    """The end of the window that ends last, of those whose end is known; None where none is.

    A paper that is on its way and a clock that stands still have no end: they keep the round from closing by themselves
    (`without_end`).
    """
    notices = Notice.objects.filter(announcement__round=round)
    latest: datetime | None = notices.aggregate(latest=Max("window_closes_at"))["latest"]
    return latest


def without_end(round: Round) -> list[Notice]:
    """The round's notices whose window has no end: not arrived yet, or stopped. None of them lets the round close."""
    notices = Notice.objects.filter(announcement__round=round, window_closes_at=None)
    return list(notices.select_related("entry__team").order_by("pk"))


def running_windows(round: Round, now: datetime) -> list[Notice]:
    """Notices that have arrived and whose window is not over: those whose clock can be stopped."""
    running = Notice.objects.filter(announcement__round=round, arrived_at__lte=now, window_closes_at__gt=now)
    return list(running.select_related("entry__team").order_by("pk"))


def stopped_clocks(round: Round) -> list[ClockStop]:
    """The stops under which a clock of the round stands still."""
    standing = ClockStop.objects.filter(notice__announcement__round=round, resumed_at=None)
    return list(standing.select_related("notice__entry__team").order_by("pk"))


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
