"""The tree of a round's criteria: parents add up what stands under them, leaves are scored."""

from collections.abc import Sequence

from evaluation.rules.criterion import Criterion

Tree = Sequence[Criterion]


def children(criteria: Tree, code: str | None) -> tuple[Criterion, ...]:
    """What stands directly under `code`, in the criteria's order; under None stands the top level."""
    return tuple(criterion for criterion in criteria if criterion.under == code)


def is_parent(criteria: Tree, code: str) -> bool:
    """Whether anything stands under `code`."""
    return any(criterion.under == code for criterion in criteria)


def leaves(criteria: Tree) -> tuple[Criterion, ...]:
    """The criteria that are scored, in the criteria's order."""
    return tuple(criterion for criterion in criteria if not is_parent(criteria, criterion.code))


def leaves_of(criteria: Tree, criterion: Criterion) -> tuple[Criterion, ...]:
    """The leaves whose points make up `criterion`, at any depth; a leaf is made up of itself.

    For a tree without faults: in a cycle this would never end.
    """
    below = children(criteria, criterion.code)
    if not below:
        return (criterion,)
    return tuple(leaf for child in below for leaf in leaves_of(criteria, child))


def places_shown(made_of: Sequence[Criterion]) -> int:
    """Decimal places in which a sum of these leaves is printed: the most that any has, so that nothing is rounded."""
    return max((leaf.places for leaf in made_of), default=0)


def path_up(criteria: Tree, criterion: Criterion) -> tuple[str, ...]:
    """The codes above `criterion`, nearest first, ending at the top, at an unknown code, or where it would repeat."""
    under = {each.code: each.under for each in criteria}
    path: list[str] = []
    above = criterion.under
    while above is not None and above not in path:
        path.append(above)
        above = under.get(above)
    return tuple(path)
