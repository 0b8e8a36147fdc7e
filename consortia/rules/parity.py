"""Parity: whether what a team has of a line is what equal terms give it, or which written exception says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consortia.rules.periods import Period


class Parity(StrEnum):
    """What a comparison comes to. `unequal` and `to_return` are flagged: no written exception explains them."""

    EQUAL = "equal"
    EXCEPTED = "excepted"
    UNEQUAL = "unequal"
    TO_RETURN = "to_return"


@dataclass(frozen=True)
class Terms:
    """So many units of a line for every team, for so long."""

    number: int
    period: Period


@dataclass(frozen=True)
class Exempt:
    """A written exception: the number that the team gets instead (0: none), and why."""

    number: int
    reason: str


@dataclass(frozen=True)
class Share:
    """What a team has of a line on a day, beside what it is due.

    Unit-days (GPU-days, where the unit is a GPU) are the number times the days that a grant and the team's own
    development time have in common, so that a late start, which is no fault of the terms, is no inequality: its days
    are another matter (`consortia.rules.development`).
    """

    number: int
    due_number: int
    unit_days: int
    due_unit_days: int
    parity: Parity
    reason: str

    @property
    def flagged(self) -> bool:
        """Whether somebody must act: it is not equal, and no written exception says why."""
        return self.parity in {Parity.UNEQUAL, Parity.TO_RETURN}

    @property
    def missing(self) -> int:
        """The unit-days that the team lacks; below zero, those that it has too many."""
        return self.due_unit_days - self.unit_days


@dataclass(frozen=True)
class Part:
    """A team's part: its own development time, and the day from which it is due anything (None: as the line begins)."""

    development: Period
    since: date | None = None


def share(terms: Terms, exempt: Exempt | None, granted: Sequence[Terms], part: Part | None, day: date) -> Share:
    """Compare what was granted with the terms, on that day and over the team's own development time.

    `part` is None for a team that takes part no longer: it is due nothing, and what it still has on that day is to be
    returned.
    """
    number = sum(each.number for each in granted if each.period.holds(day))
    if part is None:
        parity = Parity.TO_RETURN if number else Parity.EQUAL
        return Share(number, 0, 0, 0, parity, "")
    due = terms if exempt is None else Terms(exempt.number, terms.period)
    unit_days = sum(_unit_days(each, part.development) for each in granted)
    due_unit_days = _unit_days(due, part.development)
    begun = part.since is None or part.since <= day
    due_number = due.number if begun and due.period.holds(day) else 0
    parity = Parity.EQUAL if exempt is None or exempt.number == terms.number else Parity.EXCEPTED
    if (number, unit_days) != (due_number, due_unit_days):
        parity = Parity.UNEQUAL
    return Share(number, due_number, unit_days, due_unit_days, parity, exempt.reason if exempt else "")


def _unit_days(terms: Terms, development: Period) -> int:
    return terms.number * terms.period.within(development).days()
