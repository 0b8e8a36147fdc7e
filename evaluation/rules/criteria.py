"""The criteria of a round as a whole: everything that is wrong with them, before they are frozen."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Final

from evaluation.rules import leaf_faults, tree_faults
from evaluation.rules.criterion import Criterion, least_values
from evaluation.rules.fault import Fault, describe
from evaluation.rules.tree import is_parent, leaves

__all__ = [
    "FULL_MARKS",
    "Criterion",
    "Fault",
    "describe",
    "faults",
    "is_parent",
    "least_values",
    "leaves",
    "panel_faults",
]

FULL_MARKS: Final = Decimal(100)


def faults(
    criteria: Sequence[Criterion],
    teams: Collection[str],
    full_marks: Decimal = FULL_MARKS,
    ties: Sequence[str] = (),
) -> list[Fault]:
    """Every fault at once, so that an official mends them in one go; none means that the criteria can be frozen.

    `teams` are the round's entries, each of which a scale by targets must name; `ties` the criteria that break ties.
    """
    found = list(tree_faults.code_faults(criteria))
    for criterion in criteria:
        found += tree_faults.place_faults(criteria, criterion)
        found += leaf_faults.amount_faults(criterion)
        if is_parent(criteria, criterion.code):
            found += tree_faults.parent_faults(criteria, criterion)
        else:
            found += _leaf_faults(criterion, teams)
    return [*found, *tree_faults.top_faults(criteria, full_marks), *tree_faults.tie_faults(criteria, ties)]


def panel_faults(criteria: Sequence[Criterion], panel: int) -> list[Fault]:
    """Criteria for which a panel of that number can never hand in enough: such a result could not be announced.

    They do not keep a round from being drafted or opened, since a scenario may do both (SCENARIO.md has an example);
    whoever opens it is told, and no later version may have them.
    """
    return [each for leaf in leaves(criteria) for each in leaf_faults.panel_faults(leaf, panel)]


def _leaf_faults(criterion: Criterion, teams: Collection[str]) -> Iterator[Fault]:
    yield from leaf_faults.source_faults(criterion)
    yield from leaf_faults.aggregate_faults(criterion)
    yield from leaf_faults.scale_faults(criterion, teams)
