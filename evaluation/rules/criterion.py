"""One criterion of a round: how many points it carries and how values become them."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from core.points import round_half_up
from evaluation.rules.scales import Points, Scale

DIRECT: Final = "direct"
SHEETS: Final = "sheets"
MEASUREMENTS: Final = "measurements"
RESPONSES: Final = "responses"
SOURCES: Final = (DIRECT, SHEETS, MEASUREMENTS, RESPONSES)

MEAN: Final = "mean"
TRIMMED_MEAN: Final = "trimmed_mean"
MEDIAN: Final = "median"
SUM: Final = "sum"
AGGREGATES: Final = (MEAN, TRIMMED_MEAN, MEDIAN, SUM)


@dataclass(frozen=True)
class Criterion:
    """A leaf, which turns values into points, or a parent, which only adds up what stands under it.

    `points` are the full marks (배점). `trim` is how many of the highest, and as many of the lowest, a trimmed mean
    leaves out. `quorum` None means the default of `least_values`. `places` are the decimal places of the result.
    """

    code: str
    points: Decimal
    under: str | None = None
    source: str | None = None
    aggregate: str = MEAN
    trim: int = 1
    quorum: int | None = None
    scale: Scale = field(default_factory=Points)
    places: int = 1


def least_possible(criterion: Criterion) -> int:
    """The fewest values that an aggregate can be taken of: one, or 2·trim + 1 so that trimming leaves one."""
    return max(1, 2 * criterion.trim + 1) if criterion.aggregate == TRIMMED_MEAN else 1


def least_values(criterion: Criterion) -> int:
    """The quorum in force: the fewest values with which a leaf counts as complete."""
    return least_possible(criterion) if criterion.quorum is None else criterion.quorum


def full_result(criterion: Criterion) -> Decimal:
    """What a leaf's full marks come to as a result: another figure where they are finer than the result's places.

    8.75 points in one place are 8.8, which lies beyond the points, so that a full score is refused.
    """
    return round_half_up(criterion.points, criterion.places)
