"""What an entry is judged by, apart by evaluator and by value, so that it can be asked what if it were otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import Criterion, least_possible
from evaluation.rules.entries import EntryAggregates, EntryInputs
from evaluation.rules.standings import RoundRules, Standings, compute_gathered
from evaluation.rules.tallies import Tally, gather_tally, tally_of
from evaluation.rules.tree import leaves


@dataclass(frozen=True)
class Judged:
    """An entry's inputs: leaf -> evaluator -> mark for what is scored by sheets, leaf -> tally for everything else.

    `without` is leaf -> how many of the entry's marks are supposed not to count; of the real inputs none.
    """

    team: str
    marks: Mapping[str, Mapping[str, Decimal]]
    tallies: Mapping[str, Tally]
    verdicts: Mapping[str, str]
    withdrawn: bool = False
    without: Mapping[str, int] = field(default_factory=dict)

    def tally(self, leaf: str) -> Tally:
        """How often each value was given in a leaf, whoever gave it."""
        if leaf in self.marks:
            return tally_of(self.marks[leaf].values())
        return self.tallies.get(leaf, {})

    def gathered_in(self, leaf: Criterion) -> Gathered:
        """The aggregate of the values in a leaf.

        The quorum asks whether enough people have judged. Whoever is supposed away has judged: the quorum is less by
        his mark, for the entries that have one from him and for no other, and never below what the aggregate needs.
        Thus nobody gets a score, or loses it, by the number of people alone.
        """
        if leaf.quorum is not None and (gone := self.without.get(leaf.code, 0)):
            leaf = replace(leaf, quorum=max(least_possible(leaf), leaf.quorum - gone))
        return gather_tally(leaf, self.tally(leaf.code))

    def inputs(self) -> EntryInputs:
        """The same one by one, as the definition of standings takes it."""
        values = {leaf: list(given.values()) for leaf, given in self.marks.items()}
        for leaf, tally in self.tallies.items():
            values[leaf] = [value for value, times in tally.items() for _ in range(times)]
        return EntryInputs(self.team, values, self.verdicts, self.withdrawn)


def gathered(criteria: Sequence[Criterion], entry: Judged) -> EntryAggregates:
    """The aggregates of an entry's values in every leaf."""
    found = {leaf.code: entry.gathered_in(leaf) for leaf in leaves(criteria)}
    return EntryAggregates(entry.team, found, entry.verdicts, entry.withdrawn)


def standings(rules: RoundRules, entries: Iterable[Judged], tie_orders: Sequence[Sequence[str]] = ()) -> Standings:
    """The standings that follow: those of `standings.compute` from the same values."""
    return compute_gathered(rules, [gathered(rules.criteria, entry) for entry in entries], tie_orders)


def by_number(person: str) -> tuple[int, str]:
    """Where people stand in a list: expert-2 before expert-10. `evaluators` keeps its order, which draws rely on."""
    return len(person), person


def evaluators(entries: Sequence[Judged]) -> list[str]:
    """Everybody who has given a mark, in the order of their names."""
    return sorted({person for entry in entries for given in entry.marks.values() for person in given})
