"""How far the ranks would move had other evaluators, and other users, judged: a bootstrap.

B. Efron, "Bootstrap Methods: Another Look at the Jackknife" (1979): what was drawn stands for what it was drawn from,
so that drawing anew from it, as many and with putting back, shows how much chance had a part.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from evaluation.rules.aggregates import Gathered
from evaluation.rules.chance import drawn, redrawn
from evaluation.rules.criterion import RESPONSES, SHEETS, Criterion, least_possible
from evaluation.rules.judged import Judged, evaluators
from evaluation.rules.ranking import Ranking, points_in
from evaluation.rules.standings import RoundRules
from evaluation.rules.tallies import gather_tally
from evaluation.rules.tree import leaves


@dataclass(frozen=True)
class RankInterval:
    """The ranks between which a team stood in 95 of a hundred draws, and the share of draws with a rank in seats."""

    least: int
    most: int
    within: Fraction


def rank_intervals(
    rules: RoundRules, entries: Sequence[Judged], tie_orders: Sequence[Sequence[str]], *, seed: int, draws: int
) -> dict[str, RankInterval]:
    """Every ranked team's interval. The same seed and number of draws give the same, whatever the machine.

    Each draw takes as many evaluators as there are, with their marks for every team, since who is severe is severe with
    all; and of each team's responses as many as there are. Measured values and points entered by officials stay.
    """
    chance = Random(seed)  # noqa: S311 - a picture of chance that can be drawn again, no secret
    ranking, taking_part = Ranking(rules, tie_orders), [entry for entry in entries if not entry.withdrawn]
    people = evaluators(taking_part)
    all_leaves = leaves(rules.criteria)
    given = {leaf.code: _as_given(leaf, taking_part) for leaf in all_leaves}
    stay = {leaf.code: points_in(leaf, given[leaf.code]) for leaf in all_leaves}
    vary = [leaf for leaf in all_leaves if leaf.source in (SHEETS, RESPONSES)]
    found: dict[str, Counter[int]] = {}
    for _ in range(draws):
        often = dict(zip(people, drawn(chance, len(people)), strict=True))
        points = {
            leaf.code: points_in(leaf, _drawn(leaf, taking_part, given[leaf.code], often, chance)) for leaf in vary
        }
        for team, rank in ranking.ranks({**stay, **points}).items():
            found.setdefault(team, Counter())[rank] += 1
    return {team: _interval(ranks, rules.seats) for team, ranks in found.items()}


def _as_given(leaf: Criterion, entries: Sequence[Judged]) -> dict[str, Gathered]:
    return {entry.team: gather_tally(leaf, entry.tally(leaf.code)) for entry in entries}


def _drawn(
    leaf: Criterion,
    entries: Sequence[Judged],
    given: Mapping[str, Gathered],
    often: Mapping[str, int],
    chance: Random,
) -> dict[str, Gathered]:
    """What a leaf's values come to in one draw."""
    if leaf.source == RESPONSES:
        return {entry.team: gather_tally(leaf, redrawn(chance, entry.tally(leaf.code))) for entry in entries}
    return {entry.team: _marks_drawn(leaf, entry, given[entry.team], often) for entry in entries}


def _marks_drawn(leaf: Criterion, entry: Judged, given: Gathered, often: Mapping[str, int]) -> Gathered:
    """The marks of those drawn, each as often as drawn. Where they are too few to aggregate, the marks as given.

    The quorum is asked of the real panel alone.
    """
    tally: dict[Decimal, int] = {}
    for person, mark in entry.marks.get(leaf.code, {}).items():
        if times := often[person]:
            tally[mark] = tally.get(mark, 0) + times
    if given.aggregate is None or sum(tally.values()) < least_possible(leaf):
        return given
    return gather_tally(replace(leaf, quorum=None), tally)


def _interval(ranks: Counter[int], seats: int) -> RankInterval:
    draws, ordered = sum(ranks.values()), sorted(ranks.elements())
    outside = draws // 40
    within = sum(times for rank, times in ranks.items() if rank <= seats)
    return RankInterval(ordered[outside], ordered[-1 - outside], Fraction(within, draws))
