"""What the values of a leaf come to, worked out where they lie: there may be a million, and none is loaded.

It is `evaluation.rules.aggregates` on rows; a test on random rounds holds the two together, to the last digit.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from core.points import exact
from evaluation.models import Criterion, Round
from evaluation.queries.gathering import Part, gathered
from evaluation.queries.inputs import standing_verdicts
from evaluation.queries.rules import criterion_rule
from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import Criterion as Rule
from evaluation.rules.criterion import least_values
from evaluation.rules.standings import EntryAggregates, RoundRules
from evaluation.rules.tree import leaves

_OF_ROUND = """
WITH {gathered} SELECT t.code, k.code, n, numerator, denominator FROM gathered
JOIN evaluation_entry e ON e.id = entry_id JOIN consortia_team t ON t.id = e.team_id
JOIN evaluation_criterion k ON k.id = criterion_id"""
_OF_ENTRIES = "WITH {gathered} SELECT entry_id, n, numerator, denominator FROM gathered"


def entry_aggregates(round: Round, rules: RoundRules) -> list[EntryAggregates]:
    """What each entry's values come to, with its verdicts, in the order of entries; in three queries."""
    scored = {leaf.code: leaf for leaf in leaves(rules.criteria)}
    found: dict[str, dict[str, Gathered]] = defaultdict(dict)
    query = _OF_ROUND.format(gathered=gathered(rules.criteria, Part(only=False)))
    for team, code, count, numerator, denominator in _rows(query, {"round": round.pk}):
        found[team][code] = _gathered(scored[code], count, numerator, denominator)
    verdicts = standing_verdicts(round)
    return [
        EntryAggregates(team, found.get(team, {}), verdicts.get(team, {}), withdrawn is not None)
        for team, withdrawn in round.entries.values_list("team__code", "withdrawn_at")
    ]


def aggregates_of(criterion: Criterion, entries: Collection[int]) -> Mapping[int, Gathered]:
    """Entry id -> what its values in one leaf come to; an entry without any is not in it. One statement."""
    rule = criterion_rule(criterion)
    query = _OF_ENTRIES.format(gathered=gathered([rule], Part(only=True)))
    given = {"round": criterion.round_id, "entries": list(entries), "criteria": [criterion.pk]}
    return {entry: _gathered(rule, *figures) for entry, *figures in _rows(query, given)}


def _gathered(leaf: Rule, count: int, numerator: Decimal, denominator: Decimal) -> Gathered:
    return Gathered(count, exact(numerator) / exact(denominator) if count >= least_values(leaf) else None)


def _rows(query: str, given: Mapping[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: Sequence[Any] = cursor.fetchall()
        return found
