"""What a user panel's responses come to, worked out where they lie: there may be a million, and none is loaded."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import connection

from core.points import exact
from evaluation.models import Criterion
from evaluation.queries.gathering import Part, gathered
from evaluation.queries.rules import criterion_rule
from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import Criterion as Rule
from evaluation.rules.criterion import least_values
from evaluation.rules.scales import Spread
from evaluation.rules.scores import cell

_GATHERED = "WITH {gathered} SELECT entry_id, n, numerator, denominator FROM gathered"


def gathered_responses(criterion: Criterion, entries: Collection[int]) -> dict[int, Gathered]:
    """Entry id -> how many responses it has and their exact aggregate (as `rules.aggregates.gather`); one statement."""
    least = least_values(criterion_rule(criterion))
    query = _GATHERED.format(gathered=gathered([criterion], Part(only=True)))
    given: dict[str, Any] = {"round": criterion.round_id, "entries": list(entries), "criteria": [criterion.pk]}
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        rows: list[tuple[int, int, Decimal, Decimal]] = cursor.fetchall()
    return {
        entry: Gathered(count, exact(numerator) / exact(denominator) if count >= least else None)
        for entry, count, numerator, denominator in rows
    }


def gathered_out_of_bounds(rule: Rule, team: str, gathered: Gathered | None) -> bool:
    """As `rules.scores.out_of_bounds`, of values that are gathered already: the entry is taken to be the best."""
    if gathered is None or gathered.aggregate is None:
        return False
    result = cell(rule, team, gathered, Spread(gathered.aggregate, gathered.aggregate)).points
    return result is not None and result > rule.points
