"""Means of a column of published scores."""

from collections.abc import Iterable
from decimal import Decimal

from core.points import exact, round_half_up
from evaluation.rules.aggregates import mean


def column_mean(column: Iterable[Decimal], places: int) -> Decimal | None:
    """The mean of the rounded scores in a column, rounded half up to `places`; None where nobody has one.

    It is taken of what was published, so that anyone can recompute it from the published figures.
    """
    scores = [exact(score) for score in column]
    return round_half_up(mean(scores), places) if scores else None
