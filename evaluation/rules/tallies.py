"""Aggregates of values that come as how often each was given: a million responses are a handful of numbers."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from typing import Final

from core.points import exact
from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import MEDIAN, SUM, TRIMMED_MEAN, Criterion, least_values

Tally = Mapping[Decimal, int]
"""Value -> how often it was given, at least once."""

EXACTLY: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
"""A decimal context that adds and multiplies without rounding, whatever context is active; it would rather raise."""


def tally_of(values: Iterable[Decimal]) -> dict[Decimal, int]:
    """How often each value was given."""
    found: dict[Decimal, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def gather_tally(criterion: Criterion, tally: Tally) -> Gathered:
    """The same as `aggregates.gather` of the values one by one, to the last digit."""
    count = sum(tally.values())
    if count < least_values(criterion):
        return Gathered(count, None)
    if criterion.aggregate == MEDIAN:
        return Gathered(count, _median(tally, count))
    if criterion.aggregate == SUM:
        return Gathered(count, total(tally))
    if criterion.aggregate == TRIMMED_MEAN:
        kept = trimmed(tally, criterion.trim)
        return Gathered(count, total(kept) / sum(kept.values()))
    return Gathered(count, total(tally) / count)


def total(tally: Tally) -> Fraction:
    """The exact sum of all values."""
    added = Decimal(0)
    for value, times in tally.items():
        added = EXACTLY.add(added, EXACTLY.multiply(value, Decimal(times)))
    return exact(added)


def squares(tally: Tally) -> Fraction:
    """The exact sum of the squares of all values."""
    added = Decimal(0)
    for value, times in tally.items():
        added = EXACTLY.add(added, EXACTLY.multiply(EXACTLY.multiply(value, value), Decimal(times)))
    return exact(added)


def trimmed(tally: Tally, trim: int) -> dict[Decimal, int]:
    """Without the `trim` lowest and the `trim` highest values."""
    lowest_gone = _without_first(sorted(tally.items()), trim)
    return dict(_without_first(sorted(lowest_gone, reverse=True), trim))


def _without_first(ordered: Iterable[tuple[Decimal, int]], number: int) -> Iterator[tuple[Decimal, int]]:
    for value, times in ordered:
        gone = min(number, times)
        number -= gone
        if times > gone:
            yield value, times - gone


def _median(tally: Tally, count: int) -> Fraction:
    ordered = sorted(tally.items())
    return (_at(ordered, (count - 1) // 2) + _at(ordered, count // 2)) / 2


def _at(ordered: Iterable[tuple[Decimal, int]], place: int) -> Fraction:
    """The value at a place, from 0, of all values in order."""
    for value, times in ordered:
        if place < times:
            return exact(value)
        place -= times
    raise ValueError("a place beyond the values")
