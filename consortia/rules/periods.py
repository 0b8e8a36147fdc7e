"""Periods of whole days, both ends included: the day on which a team starts and the day on which it ends count."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """The days from `since` to `until`, both included; without an end where `until` is None.

    `until` before `since` is a period of no day: what was granted and returned before it began.
    """

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of the period's."""
        return self.since <= day and (self.until is None or day <= self.until)

    def days(self) -> int:
        """How many days it has, 0 or more; ValueError for a period without an end."""
        if self.until is None:
            raise ValueError(f"the period from {self.since} has no end")
        return max(0, (self.until - self.since).days + 1)

    def within(self, other: "Period") -> "Period":
        """The days that both have."""
        ends = [until for until in (self.until, other.until) if until is not None]
        return Period(max(self.since, other.since), min(ends, default=None))


def last_of(since: date, days: int) -> date:
    """The last of so many days from `since` on, which is the first of them."""
    return since + timedelta(days=days - 1)
