"""Equal net development time: what each team has, and how far a round's end must move for who started late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consortia.rules.periods import Period, last_of


@dataclass(frozen=True)
class TeamTime:
    """A team's own clock, in days with both ends counted.

    `days` is its net time by the round's end as it stands; `equal_until` the day by which it has had as many days as
    the round laid down (`Times.equal_days`). `short` says how many of these it lacks by the round's end, 0 for none.
    """

    team: str
    starts: date
    days: int
    equal_until: date
    short: int


@dataclass(frozen=True)
class Times:
    """The development time of a round's teams.

    `equal_days` is the measure: the most days that any team has by the end that was first laid down, so that an end
    moved for a newcomer does not raise what the newcomer is owed. `needed_end` is the first day by which every team has
    had them, never before the end as it stands; `move_days` is how far that is; `allowed` whether `latest_end` lets it:
    where none is laid down, the end may move as far as two officials decide.
    """

    ends: date
    latest_end: date | None
    equal_days: int
    needed_end: date
    move_days: int
    allowed: bool
    teams: tuple[TeamTime, ...]


def times(starts: Mapping[str, date], *, first_end: date, ends: date, latest_end: date | None) -> Times:
    """The net time of each team (code -> the day on which it starts), in the order given.

    Without a team there is nothing to make equal: no days, and the end stands.
    """
    most = max((Period(day, first_end).days() for day in starts.values()), default=0)
    teams = tuple(_time(team, day, ends, most) for team, day in starts.items())
    needed = max((each.equal_until for each in teams if each.short), default=ends)
    return Times(
        ends=ends,
        latest_end=latest_end,
        equal_days=most,
        needed_end=needed,
        move_days=(needed - ends).days,
        allowed=needed == ends or latest_end is None or needed <= latest_end,
        teams=teams,
    )


def _time(team: str, starts: date, ends: date, equal_days: int) -> TeamTime:
    days = Period(starts, ends).days()
    return TeamTime(team, starts, days, last_of(starts, equal_days), max(0, equal_days - days))
