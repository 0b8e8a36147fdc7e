"""When a period that is counted in days ends: plain dates and times, no clock and no database."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date, non_working: Collection[date]) -> bool:
    """Monday to Friday, and not among the public or substitute holidays of the calendar."""
    return day.weekday() < SATURDAY and day not in non_working


def window_end(arrived_at: datetime, days: int, non_working: Collection[date], zone: ZoneInfo) -> datetime:
    """The first instant that is too late for whoever was notified at `arrived_at`.

    The first day is not counted (Civil Act art. 157); a period ends with the end of its last day (art. 159); a last
    day that is a Saturday or a public holiday moves on to the next day that is neither (art. 161). The General Act on
    Public Administration art. 6 applies these to administrative periods. Days in between count whatever they are.

    The day is the one on the wall of `zone`, since that is where the recipient's day ends. The result is stored as an
    exclusive bound, so that "24:00 of the day" needs no last second that a finer clock could fall behind.
    """
    if arrived_at.tzinfo is None:
        raise ValueError("arrived_at must carry its offset")
    if days < 1:
        raise ValueError("a period has at least one day")
    last = arrived_at.astimezone(zone).date() + days * DAY
    while not is_working_day(last, non_working):
        last += DAY
    return datetime.combine(last + DAY, time(), tzinfo=zone)


def is_over(now: datetime, closes: datetime | None) -> bool:
    """Whether a period that ends at `closes` is over; one without an end is not.

    Periods are half-open `[opens, closes)`: `closes` is the first instant that is too late, so that those that follow
    one another share no instant and leave none between them. For the rows of a table: `core.calendar.periods`.
    """
    return closes is not None and now >= closes


def days_left(now: datetime, closes: datetime, zone: ZoneInfo) -> int:
    """How many days follow on today, on the wall of `zone`, until the last day that is in time: 0 on that day itself.

    Counted as the period itself is: today is not (Civil Act art. 157), so that of 30 days an objection filed today has
    30 left. Below 0 when the period is over. What a stopped clock has left is another count, with a rule of its own
    (`evaluation.queries.windows.remainder`).
    """
    last = (closes - timedelta.resolution).astimezone(zone).date()
    return (last - now.astimezone(zone).date()).days
