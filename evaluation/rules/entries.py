"""Entries: what one is judged by, and the scores that follow. Only relative scales let one entry touch another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.rules.aggregates import Gathered, gather
from evaluation.rules.criterion import Criterion
from evaluation.rules.scales import spread
from evaluation.rules.scores import Cell, add_up, cell, total
from evaluation.rules.tree import leaves


@dataclass(frozen=True)
class EntryInputs:
    """Leaf code -> its values in any order, gate -> "passed" or "failed"; what is absent does not exist yet."""

    team: str
    values: Mapping[str, Sequence[Decimal]]
    verdicts: Mapping[str, str]
    withdrawn: bool = False


@dataclass(frozen=True)
class EntryAggregates:
    """The same with each leaf's values gathered already, as a database can do for a whole round at once."""

    team: str
    leaves: Mapping[str, Gathered]
    verdicts: Mapping[str, str]
    withdrawn: bool = False


@dataclass(frozen=True)
class EntryScores:
    """Leaf code -> cell, criterion code -> score; `missing` names the leaves without enough values."""

    team: str
    cells: Mapping[str, Cell]
    scores: Mapping[str, Decimal | None]
    total: Decimal | None
    missing: tuple[str, ...]


def gather_entry(criteria: Sequence[Criterion], entry: EntryInputs) -> EntryAggregates:
    """The aggregates of an entry's values in every leaf."""
    gathered = {leaf.code: gather(leaf, entry.values.get(leaf.code, ())) for leaf in leaves(criteria)}
    return EntryAggregates(entry.team, gathered, entry.verdicts, entry.withdrawn)


def score_entries(criteria: Sequence[Criterion], entries: Sequence[EntryAggregates]) -> list[EntryScores]:
    """The scores of all entries, in their order.

    One that has withdrawn has none, and neither is it the best or the least of any leaf: those who stay are not
    measured by what is no longer there. Its cells keep only the count of values.
    """
    taking_part = [entry for entry in entries if not entry.withdrawn]
    cells: dict[str, dict[str, Cell]] = {entry.team: {} for entry in entries}
    for leaf in leaves(criteria):
        gathered = {entry.team: entry.leaves.get(leaf.code, Gathered(0, None)) for entry in entries}
        known = (gathered[entry.team].aggregate for entry in taking_part)
        among = spread(aggregate for aggregate in known if aggregate is not None)
        for entry in entries:
            counted = gathered[entry.team]
            cells[entry.team][leaf.code] = (
                Cell(counted.count) if entry.withdrawn else cell(leaf, entry.team, counted, among)
            )
    return [_scores(criteria, entry, cells[entry.team]) for entry in entries]


def _scores(criteria: Sequence[Criterion], entry: EntryAggregates, cells: Mapping[str, Cell]) -> EntryScores:
    results = {code: each.points for code, each in cells.items()}
    missing = () if entry.withdrawn else tuple(code for code, points in results.items() if points is None)
    return EntryScores(entry.team, cells, add_up(criteria, results), total(criteria, results), missing)
