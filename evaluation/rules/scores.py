"""Scores: values become a rounded result at the leaf, and results add up to parents and the total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.points import exact, round_half_up
from evaluation.rules.aggregates import Gathered, gather
from evaluation.rules.criterion import SHEETS, Criterion
from evaluation.rules.scales import Spread, scaled
from evaluation.rules.tree import leaves, leaves_of, places_shown


@dataclass(frozen=True)
class Cell:
    """One entry in one leaf, step by step, so that a published figure can be opened down to its values.

    `aggregate` and `scaled` are exact; `points` is the result, rounded to the criterion's places.
    """

    count: int
    aggregate: Fraction | None = None
    scaled: Fraction | None = None
    points: Decimal | None = None


def cell(criterion: Criterion, team: str, gathered: Gathered, among: Spread | None) -> Cell:
    """The steps from an aggregate to the result; rounding happens here, once, on the exact scaled value."""
    if gathered.aggregate is None or among is None:
        return Cell(gathered.count)
    points = scaled(criterion.scale, gathered.aggregate, points=criterion.points, team=team, among=among)
    return Cell(gathered.count, gathered.aggregate, points, round_half_up(points, criterion.places))


def out_of_bounds(criterion: Criterion, team: str, values: Sequence[Decimal]) -> bool:
    """Whether an event that leaves the entry with these values in this leaf must be refused.

    Values are never negative, a sheet's mark is at most its criterion's points, and a result lies between 0 and the
    points. The other entries have no say: on a scale relative to them the best gets the full points whoever it is,
    so the entry is taken to be the best.
    """
    if any(value < 0 for value in values):
        return True
    if criterion.source == SHEETS and any(value > criterion.points for value in values):
        return True
    return exceeds(criterion, team, gather(criterion, values))


def exceeds(criterion: Criterion, team: str, gathered: Gathered) -> bool:
    """Whether the result of values that are gathered already would lie above the criterion's points."""
    if gathered.aggregate is None:
        return False
    result = cell(criterion, team, gathered, Spread(gathered.aggregate, gathered.aggregate)).points
    return result is not None and result > criterion.points


def add_up(criteria: Sequence[Criterion], results: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """Every criterion's score in the criteria's order, from the leaves' results (leaf code -> points)."""
    return {criterion.code: _sum(leaves_of(criteria, criterion), results) for criterion in criteria}


def total(criteria: Sequence[Criterion], results: Mapping[str, Decimal | None]) -> Decimal | None:
    """The sum of all leaves; None while one is missing."""
    return _sum(leaves(criteria), results)


def _sum(made_of: Sequence[Criterion], results: Mapping[str, Decimal | None]) -> Decimal | None:
    known = [points for leaf in made_of if (points := results[leaf.code]) is not None]
    if len(known) < len(made_of):
        return None
    return round_half_up(sum(map(exact, known), Fraction(0)), places_shown(made_of))
