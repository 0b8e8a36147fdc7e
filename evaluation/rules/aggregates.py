"""Aggregates: what is made of a leaf's values before they are scaled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.points import exact
from evaluation.rules.criterion import DIRECT, MEAN, MEDIAN, SUM, TRIMMED_MEAN, Criterion, least_values


@dataclass(frozen=True)
class Gathered:
    """How many values a leaf has, and their exact aggregate; None while they are fewer than the quorum.

    Too few is missing and never zero: zero is a judgement, and nobody has made it.
    """

    count: int
    aggregate: Fraction | None


def gather(criterion: Criterion, values: Sequence[Decimal]) -> Gathered:
    """The values of one entry in one leaf, in any order, as their count and aggregate."""
    if criterion.source == DIRECT and len(values) > 1:
        raise ValueError(f"{criterion.code}: points entered directly are one value, not {len(values)}")
    count = len(values)
    if count < least_values(criterion):
        return Gathered(count, None)
    return Gathered(count, aggregate(criterion, [exact(value) for value in values]))


def aggregate(criterion: Criterion, values: Sequence[Fraction]) -> Fraction:
    """The exact aggregate of enough values (`least_possible` of them or more)."""
    if criterion.aggregate == TRIMMED_MEAN:
        return trimmed_mean(values, criterion.trim)
    return PLAIN[criterion.aggregate](values)


def total(values: Sequence[Fraction]) -> Fraction:
    """The exact sum; of nothing it is zero."""
    return sum(values, Fraction(0))


def mean(values: Sequence[Fraction]) -> Fraction:
    """The exact mean of one or more values."""
    return total(values) / len(values)


def trimmed_mean(values: Sequence[Fraction], trim: int) -> Fraction:
    """The mean without the `trim` highest and the `trim` lowest (최고·최저점 제외), so that no single judge decides."""
    return mean(sorted(values)[trim : len(values) - trim])


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number the exact mean of the two in the middle."""
    ordered = sorted(values)
    upper = len(ordered) // 2
    return mean(ordered[upper : upper + 1] if len(ordered) % 2 else ordered[upper - 1 : upper + 1])


PLAIN: Final[Mapping[str, Callable[[Sequence[Fraction]], Fraction]]] = {MEAN: mean, MEDIAN: median, SUM: total}
