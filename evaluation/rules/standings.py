"""Standings: from what every entry is judged by to scores, ranks, outcomes and means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from evaluation.rules import gates, ranks
from evaluation.rules.criterion import Criterion
from evaluation.rules.entries import EntryAggregates, EntryInputs, EntryScores, gather_entry, score_entries
from evaluation.rules.means import column_mean
from evaluation.rules.outcomes import ADVANCED, WITHDRAWN, Contender
from evaluation.rules.scores import Cell
from evaluation.rules.seats import decide

__all__ = [
    "INCOMPLETE",
    "TOTAL",
    "EntryAggregates",
    "EntryInputs",
    "RoundRules",
    "Standing",
    "Standings",
    "compute",
    "compute_gathered",
    "tied_groups",
]

TOTAL: Final = "total"
INCOMPLETE: Final = "incomplete"


@dataclass(frozen=True)
class RoundRules:
    """What a round lays down. `vacancy` is "recruit", "promote" or "leave"; `floor` the least total that may advance.

    `ties` are codes of criteria, parents included, in the order in which they break a tie. The criteria are without
    faults (`criteria.faults`).
    """

    criteria: tuple[Criterion, ...]
    gates: tuple[str, ...]
    seats: int
    vacancy: str
    floor: Decimal | None
    ties: tuple[str, ...]
    mean_places: int


@dataclass(frozen=True)
class Standing:
    """One entry's row: leaf code -> cell, criterion code (parents too, in the criteria's order) -> score.

    Without a rank there is a reason, "withdrawn" or "incomplete"; `missing` names the leaves without enough values.
    `outcome` is None while it cannot be decided.
    """

    team: str
    cells: Mapping[str, Cell]
    scores: Mapping[str, Decimal | None]
    total: Decimal | None
    rank: int | None
    outcome: str | None
    reason: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Standings:
    """The rows in rank order, then in the order of entries, those without a rank last; and what stops an announcement.

    `means` is criterion code, or "total", -> mean. `incomplete` is (team, leaf), `without_verdict` (team, gate).
    """

    rows: tuple[Standing, ...]
    means: Mapping[str, Decimal | None]
    incomplete: tuple[tuple[str, str], ...]
    without_verdict: tuple[tuple[str, str], ...]
    ties_at_cut: tuple[tuple[str, ...], ...]
    advanced: int
    vacancies: int


def compute(rules: RoundRules, entries: Sequence[EntryInputs], tie_orders: Sequence[Sequence[str]] = ()) -> Standings:
    """The standings as they follow from the values. `tie_orders` are what officials decided (`break_tie`), in time."""
    return compute_gathered(rules, [gather_entry(rules.criteria, entry) for entry in entries], tie_orders)


def compute_gathered(
    rules: RoundRules, entries: Sequence[EntryAggregates], tie_orders: Sequence[Sequence[str]] = ()
) -> Standings:
    """The same from aggregates. While any entry is incomplete the ranks are provisional and no outcome is decided."""
    scored = score_entries(rules.criteria, entries)
    ranked = ranks.ranks(_rank_keys(rules, scored), tie_orders)
    pairs = list(zip(entries, scored, strict=True))
    contenders = [_contender(rules, entry, ranked[entry.team], of.total) for entry, of in pairs if of.total is not None]
    decision = decide(contenders, seats=rules.seats, vacancy=rules.vacancy)
    incomplete = tuple((of.team, leaf) for of in scored for leaf in of.missing)
    outcomes = {} if incomplete else decision.outcomes
    rows = [_row(entry, of, ranked.get(entry.team), outcomes.get(entry.team)) for entry, of in pairs]
    advanced = sum(row.outcome == ADVANCED for row in rows)
    return Standings(
        rows=tuple(sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))),
        means=_means(rules, scored),
        incomplete=incomplete,
        without_verdict=decision.without_verdict,
        ties_at_cut=decision.ties_at_cut,
        advanced=advanced,
        vacancies=max(0, rules.seats - advanced),
    )


def tied_groups(rules: RoundRules, entries: Sequence[EntryAggregates]) -> tuple[ranks.Group, ...]:
    """The groups that `break_tie` may order: equal in total and in all of `ties`, before any order is applied."""
    return ranks.tied_groups(_rank_keys(rules, score_entries(rules.criteria, entries)))


def _rank_keys(rules: RoundRules, scored: Sequence[EntryScores]) -> dict[str, ranks.RankKey]:
    """The key of every entry that has a total, and with it every score."""
    return {
        of.team: (of.total, *(score for code in rules.ties if (score := of.scores[code]) is not None))
        for of in scored
        if of.total is not None
    }


def _contender(rules: RoundRules, entry: EntryAggregates, rank: int, total: Decimal) -> Contender:
    return Contender(
        team=entry.team,
        rank=rank,
        gate_failed=gates.failed(rules.gates, entry.verdicts),
        below_floor=rules.floor is not None and total < rules.floor,
        awaiting=gates.awaiting(rules.gates, entry.verdicts),
    )


def _row(entry: EntryAggregates, of: EntryScores, rank: int | None, outcome: str | None) -> Standing:
    reason = WITHDRAWN if entry.withdrawn else INCOMPLETE if of.missing else None
    return Standing(
        team=of.team,
        cells=of.cells,
        scores=of.scores,
        total=of.total,
        rank=rank,
        outcome=WITHDRAWN if entry.withdrawn else outcome,
        reason=reason,
        missing=of.missing,
    )


def _means(rules: RoundRules, scored: Sequence[EntryScores]) -> dict[str, Decimal | None]:
    """Over the entries that have a total, whatever their outcome: a mean that left out the failed would flatter."""
    complete = [of for of in scored if of.total is not None]
    columns = {each.code: [of.scores[each.code] for of in complete] for each in rules.criteria}
    columns[TOTAL] = [of.total for of in complete]
    return {
        code: column_mean((score for score in column if score is not None), rules.mean_places)
        for code, column in columns.items()
    }
