"""Ranks: by total, then by the criteria that break a tie, then by what officials decided, then shared."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

RankKey = tuple[Decimal, ...]
"""The total, then the score in each tie-breaking criterion in order; higher comes first."""

Group = tuple[str, ...]
"""Teams that share a key."""


def groups(keys: Mapping[str, RankKey]) -> list[Group]:
    """All teams by their key, the highest first; within a group in the order of `keys`."""
    sharing: dict[RankKey, list[str]] = defaultdict(list)
    for team, key in keys.items():
        sharing[key].append(team)
    return [tuple(sharing[key]) for key in sorted(sharing, reverse=True)]


def tied_groups(keys: Mapping[str, RankKey]) -> tuple[Group, ...]:
    """The groups of two or more that neither totals nor tie-breaking criteria can part: what officials may order."""
    return tuple(group for group in groups(keys) if len(group) > 1)


def ranks(keys: Mapping[str, RankKey], tie_orders: Sequence[Sequence[str]] = ()) -> dict[str, int]:
    """Each team's rank, from 1. Teams that stay tied share one, and the next rank counts them all (1, 2, 2, 4)."""
    found: dict[str, int] = {}
    first = 1
    for group in groups(keys):
        order = order_for(group, tie_orders)
        for team in group:
            found[team] = first if order is None else first + order.index(team)
        first += len(group)
    return found


def order_for(group: Group, tie_orders: Sequence[Sequence[str]]) -> Group | None:
    """The group in the order that officials gave it; None where no order names every team of the group.

    Of several the last one holds, being the later decision. An order may name more teams than are tied now, since a
    correction can part a group after it was decided.
    """
    named = [order for order in tie_orders if set(group) <= set(order)]
    return tuple(sorted(group, key=list(named[-1]).index)) if named else None
