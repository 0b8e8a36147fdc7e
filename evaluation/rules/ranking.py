"""Ranks alone, from the points in each leaf: what a thousand computations one after another need, and no more."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evaluation.rules import ranks
from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import Criterion
from evaluation.rules.scales import spread
from evaluation.rules.scores import cell
from evaluation.rules.standings import RoundRules
from evaluation.rules.tallies import EXACTLY
from evaluation.rules.tree import leaves, leaves_of

LeafPoints = Mapping[str, Decimal | None]
"""Team -> its points in a leaf, of the teams that take part."""


def points_in(leaf: Criterion, gathered: Mapping[str, Gathered]) -> dict[str, Decimal | None]:
    """Every team's points in a leaf, by the same steps as `entries.score_entries`."""
    among = spread(each.aggregate for each in gathered.values() if each.aggregate is not None)
    return {team: cell(leaf, team, each, among).points for team, each in gathered.items()}


class Ranking:
    """A round's way from points to ranks, looked up in its tree once."""

    def __init__(self, rules: RoundRules, tie_orders: Sequence[Sequence[str]]) -> None:
        self._leaves = [leaf.code for leaf in leaves(rules.criteria)]
        by_code = {each.code: each for each in rules.criteria}
        self._ties = [[leaf.code for leaf in leaves_of(rules.criteria, by_code[code])] for code in rules.ties]
        self._tie_orders = tie_orders

    def ranks(self, points: Mapping[str, LeafPoints]) -> dict[str, int]:
        """The rank of every team that has points in each leaf (leaf -> team -> points)."""
        columns = [points[leaf] for leaf in self._leaves]
        complete = [team for team in columns[0] if all(column[team] is not None for column in columns)]
        keys = {
            team: (_added(self._leaves, points, team), *(_added(tie, points, team) for tie in self._ties))
            for team in complete
        }
        return ranks.ranks(keys, self._tie_orders)


def _added(codes: Sequence[str], points: Mapping[str, LeafPoints], team: str) -> Decimal:
    added = Decimal(0)
    for code in codes:
        added = EXACTLY.add(added, points[code][team] or Decimal(0))
    return added
