"""Faults in how criteria stand under one another."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.points import added, exact, plain
from evaluation.rules.criterion import MEAN, Criterion
from evaluation.rules.fault import Fault
from evaluation.rules.scales import Points
from evaluation.rules.tree import Tree, children, path_up

RESERVED = ("total",)
"""Codes that would be mistaken for another column of the standings."""


def code_faults(criteria: Tree) -> Iterator[Fault]:
    """Codes that name two things."""
    for code, uses in Counter(criterion.code for criterion in criteria).items():
        if uses > 1:
            yield Fault(code, "duplicate_code")
        if code in RESERVED:
            yield Fault(code, "reserved_code", {"code": code})


def place_faults(criteria: Tree, criterion: Criterion) -> Iterator[Fault]:
    """What is wrong above a criterion."""
    path = path_up(criteria, criterion)
    if criterion.under is not None and not any(each.code == criterion.under for each in criteria):
        yield Fault(criterion.code, "unknown_parent", {"parent": criterion.under})
    if criterion.code in path:
        yield Fault(criterion.code, "cycle", {"path": " → ".join((criterion.code, *path))})


def parent_faults(criteria: Tree, criterion: Criterion) -> Iterator[Fault]:
    """What a sum of other criteria cannot have, and what it must add up to."""
    if criterion.source is not None:
        yield Fault(criterion.code, "parent_with_source", {"source": criterion.source})
    if (rule := _own_rule(criterion)) is not None:
        yield Fault(criterion.code, "parent_with_rule", {"rule": rule})
    below = children(criteria, criterion.code)
    if not _sums_to(below, criterion.points):
        facts = {"sum": _sum_shown(below), "points": plain(criterion.points)}
        yield Fault(criterion.code, "children_points", facts)


def top_faults(criteria: Tree, full_marks: Decimal) -> Iterator[Fault]:
    """The top level carries the round's full marks (만점)."""
    top = children(criteria, None)
    if not _sums_to(top, full_marks):
        yield Fault(None, "full_marks", {"sum": _sum_shown(top), "full_marks": plain(full_marks)})


def tie_faults(criteria: Tree, ties: Sequence[str]) -> Iterator[Fault]:
    """Ties are broken by scores that exist."""
    known = {criterion.code for criterion in criteria}
    for code in ties:
        if code not in known:
            yield Fault(None, "unknown_tie", {"tie": code})


def _own_rule(criterion: Criterion) -> str | None:
    if criterion.scale != Points():
        return "scale"
    if criterion.quorum is not None:
        return "quorum"
    return "aggregate" if criterion.aggregate != MEAN else None


def _sums_to(criteria: Tree, points: Decimal) -> bool:
    return sum(exact(criterion.points) for criterion in criteria) == exact(points)


def _sum_shown(criteria: Tree) -> str:
    return plain(added([criterion.points for criterion in criteria]))
