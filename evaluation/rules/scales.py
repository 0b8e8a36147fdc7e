"""Scales (환산): what turns the aggregate of a leaf's values into points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

from core.points import exact


@dataclass(frozen=True)
class Points:
    """The aggregate is points already."""


@dataclass(frozen=True)
class Linear:
    """Aggregate × factor. The factor is a fraction, since thirds have no decimal."""

    factor: Fraction


@dataclass(frozen=True)
class ShareOfBest:
    """Points × aggregate ÷ the best aggregate of the round; all zero gives zero."""


@dataclass(frozen=True)
class ShareOfTarget:
    """Points × aggregate ÷ the team's own target, at most the full points: more than the goal earns nothing more."""

    targets: Mapping[str, Decimal]


@dataclass(frozen=True)
class MinMax:
    """Points × (aggregate − least) ÷ (best − least); where all are equal, nobody is least and all get full points."""


Scale = Points | Linear | ShareOfBest | ShareOfTarget | MinMax

KINDS: Final[Mapping[str, type[Scale]]] = {
    "points": Points,
    "linear": Linear,
    "share_of_best": ShareOfBest,
    "share_of_target": ShareOfTarget,
    "min_max": MinMax,
}


@dataclass(frozen=True)
class Spread:
    """The least and the best aggregate of one leaf among the entries that have one and have not withdrawn."""

    least: Fraction
    best: Fraction


def spread(aggregates: Iterable[Fraction]) -> Spread | None:
    """The spread of one leaf's aggregates; None where no entry has one."""
    known = sorted(aggregates)
    return Spread(known[0], known[-1]) if known else None


def scaled(scale: Scale, aggregate: Fraction, *, points: Decimal, team: str, among: Spread) -> Fraction:
    """The exact points for `aggregate`, not rounded; `points` are the leaf's full marks."""
    full = exact(points)
    match scale:
        case Points():
            return aggregate
        case Linear():
            return aggregate * scale.factor
        case ShareOfBest():
            return full * aggregate / among.best if among.best else Fraction(0)
        case ShareOfTarget():
            return min(full, full * aggregate / exact(scale.targets[team]))
        case MinMax():
            width = among.best - among.least
            return full * (aggregate - among.least) / width if width else full
        case _:
            assert_never(scale)
