"""Faults in how a leaf turns values into points."""

from collections.abc import Collection, Iterator

from core.points import plain
from evaluation.rules.criterion import (
    AGGREGATES,
    DIRECT,
    MEAN,
    SHEETS,
    SOURCES,
    TRIMMED_MEAN,
    Criterion,
    least_possible,
    least_values,
)
from evaluation.rules.fault import Fault
from evaluation.rules.scales import Linear, Scale, ShareOfTarget

LEAST_PLACES = 0
MOST_PLACES = 6
"""More would say nothing, and a smaller zero would be written with an exponent."""


def amount_faults(criterion: Criterion) -> Iterator[Fault]:
    """Faults that leaf and parent share: their numbers."""
    if criterion.points <= 0:
        yield Fault(criterion.code, "points_not_positive", {"points": plain(criterion.points)})
    if not LEAST_PLACES <= criterion.places <= MOST_PLACES:
        facts = {"places": str(criterion.places), "least": str(LEAST_PLACES), "most": str(MOST_PLACES)}
        yield Fault(criterion.code, "places_out_of_range", facts)


def source_faults(criterion: Criterion) -> Iterator[Fault]:
    """Where a leaf's values come from, and what a single value entered directly leaves no room for."""
    if criterion.source is None:
        yield Fault(criterion.code, "leaf_without_source")
    elif criterion.source not in SOURCES:
        yield Fault(criterion.code, "unknown_source", {"source": criterion.source})
    if criterion.source == DIRECT and criterion.aggregate != MEAN:
        yield Fault(criterion.code, "aggregate_for_direct", {"aggregate": criterion.aggregate})
    if criterion.source == DIRECT and criterion.quorum is not None and criterion.quorum > 1:
        yield Fault(criterion.code, "quorum_for_direct", {"quorum": str(criterion.quorum)})


def aggregate_faults(criterion: Criterion) -> Iterator[Fault]:
    """An aggregate that exists, with values enough for it."""
    if criterion.aggregate not in AGGREGATES:
        yield Fault(criterion.code, "unknown_aggregate", {"aggregate": criterion.aggregate})
    trims = criterion.aggregate == TRIMMED_MEAN
    if trims and criterion.trim < 1:
        yield Fault(criterion.code, "trim_too_small", {"trim": str(criterion.trim)})
    if not trims and criterion.trim != 1:
        facts = {"trim": str(criterion.trim), "aggregate": criterion.aggregate}
        yield Fault(criterion.code, "trim_without_trimmed_mean", facts)
    least = least_possible(criterion)
    if criterion.quorum is not None and criterion.quorum < least:
        yield Fault(criterion.code, "quorum_too_small", {"quorum": str(criterion.quorum), "least": str(least)})


def panel_faults(criterion: Criterion, panel: int) -> Iterator[Fault]:
    """More sheets asked for than there are evaluators, each of whom hands in one for a team."""
    if criterion.source == SHEETS and (least := least_values(criterion)) > panel:
        yield Fault(criterion.code, "quorum_beyond_panel", {"quorum": str(least), "panel": str(panel)})


def scale_faults(criterion: Criterion, teams: Collection[str]) -> Iterator[Fault]:
    """A scale that exists, and the numbers it needs."""
    scale = criterion.scale
    if not isinstance(scale, Scale):
        yield Fault(criterion.code, "unknown_scale", {"scale": str(scale)})
    elif isinstance(scale, Linear) and scale.factor <= 0:
        yield Fault(criterion.code, "factor_not_positive", {"factor": str(scale.factor)})
    elif isinstance(scale, ShareOfTarget):
        yield from _target_faults(criterion.code, scale, teams)


def _target_faults(code: str, scale: ShareOfTarget, teams: Collection[str]) -> Iterator[Fault]:
    for team in sorted(set(teams) - set(scale.targets)):
        yield Fault(code, "target_missing", {"team": team})
    for team in sorted(set(scale.targets) - set(teams)):
        yield Fault(code, "target_for_unknown_team", {"team": team})
    for team, target in sorted(scale.targets.items()):
        if target <= 0:
            yield Fault(code, "target_not_positive", {"team": team, "target": plain(target)})
