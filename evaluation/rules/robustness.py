"""The robustness of a result: the margin at the last seat, and the ranks without each evaluator in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluation.rules.criterion import SHEETS
from evaluation.rules.judged import Judged, by_number, evaluators
from evaluation.rules.ranking import Ranking, points_in
from evaluation.rules.standings import RoundRules, Standings
from evaluation.rules.supposing import WithoutEvaluator, supposed
from evaluation.rules.tallies import EXACTLY
from evaluation.rules.tree import leaves


@dataclass(frozen=True)
class Margin:
    """The last team within the seats by its place, the first beyond, and the points between them.

    `tied`: both share a rank, so that nothing but their places in the list tells them apart.
    """

    within: str
    beyond: str
    points: Decimal
    tied: bool = False


def margin(rules: RoundRules, standings: Standings) -> Margin | None:
    """The margin at the last seat, by ranks alone; None where nobody with a rank stands beyond."""
    ranked = [row for row in standings.rows if row.total is not None]
    if len(ranked) <= rules.seats:
        return None
    within, beyond = ranked[rules.seats - 1 : rules.seats + 1]
    points = EXACTLY.subtract(within.total or Decimal(0), beyond.total or Decimal(0))
    return Margin(within.team, beyond.team, points, tied=within.rank == beyond.rank)


@dataclass(frozen=True)
class LeftOut:
    """The ranks without one evaluator: the teams whose rank differs (team -> before, after), and whose seats change."""

    evaluator: str
    moved: dict[str, tuple[int | None, int | None]]
    in_: tuple[str, ...]
    out: tuple[str, ...]


def each_left_out(
    rules: RoundRules, entries: Sequence[Judged], tie_orders: Sequence[Sequence[str]]
) -> Iterator[LeftOut]:
    """The ranks without each evaluator in turn, by the rules of `supposing`; only what sheets score is done anew."""
    everything = {leaf.code: _points(rules, entries, leaf.code) for leaf in leaves(rules.criteria)}
    before = Ranking(rules, tie_orders).ranks(everything)
    for person in sorted(evaluators(entries), key=by_number):
        then = supposed(rules, entries, [WithoutEvaluator(person)])
        sheets = [leaf.code for leaf in leaves(then.rules.criteria) if leaf.source == SHEETS]
        redone = {code: _points(then.rules, then.entries, code) for code in sheets}
        after = Ranking(then.rules, tie_orders).ranks({**everything, **redone})
        yield LeftOut(
            person,
            {
                team: (rank, after.get(team))
                for team, rank in sorted(before.items(), key=lambda each: each[1])
                if rank != after.get(team)
            },
            in_=tuple(team for team, rank in after.items() if rank <= rules.seats < before.get(team, rules.seats + 1)),
            out=tuple(team for team, rank in before.items() if rank <= rules.seats < after.get(team, rules.seats + 1)),
        )


def _points(rules: RoundRules, entries: Sequence[Judged], code: str) -> dict[str, Decimal | None]:
    leaf = next(each for each in rules.criteria if each.code == code)
    return points_in(leaf, {each.team: each.gathered_in(leaf) for each in entries if not each.withdrawn})
