"""What an entry is judged by, apart by evaluator and by value, so that it can be asked what if it were otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.rules.criterion import Criterion
from evaluation.rules.entries import EntryAggregates, EntryInputs
from evaluation.rules.standings import RoundRules, Standings, compute_gathered
from evaluation.rules.tallies import Tally, gather_tally, tally_of
from evaluation.rules.tree import leaves


@dataclass(frozen=True)
class Judged:
    """An entry's inputs: leaf -> evaluator -> mark for what is scored by sheets, leaf -> tally for everything else."""

    team: str
    marks: Mapping[str, Mapping[str, Decimal]]
    tallies: Mapping[str, Tally]
    verdicts: Mapping[str, str]
    withdrawn: bool = False

    def tally(self, leaf: str) -> Tally:
        """How often each value was given in a leaf, whoever gave it."""
        if leaf in self.marks:
            return tally_of(self.marks[leaf].values())
        return self.tallies.get(leaf, {})

    def inputs(self) -> EntryInputs:
        """The same one by one, as the definition of standings takes it."""
        values = {leaf: list(given.values()) for leaf, given in self.marks.items()}
        for leaf, tally in self.tallies.items():
            values[leaf] = [value for value, times in tally.items() for _ in range(times)]
        return EntryInputs(self.team, values, self.verdicts, self.withdrawn)


def gathered(criteria: Sequence[Criterion], entry: Judged) -> EntryAggregates:
    """The aggregates of an entry's values in every leaf."""
    found = {leaf.code: gather_tally(leaf, entry.tally(leaf.code)) for leaf in leaves(criteria)}
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
