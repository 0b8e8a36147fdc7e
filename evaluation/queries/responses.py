"""What a user panel's responses come to, worked out where they lie: there may be a million, and none is loaded."""

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from core.points import exact
from evaluation.models import Criterion
from evaluation.queries.rules import criterion_rule
from evaluation.rules.aggregates import Gathered
from evaluation.rules.criterion import MEDIAN, SUM, TRIMMED_MEAN, least_values
from evaluation.rules.criterion import Criterion as Rule
from evaluation.rules.scales import Spread
from evaluation.rules.scores import cell

# A mean is handed out as its sum and its count: a quotient of two decimals is not exact, a fraction is.
_PLAIN = """
    SELECT b.entry_id, count(*), sum(r.mark), count(*)
    FROM evaluation_responsebatch b JOIN evaluation_response r ON r.batch_id = b.id
    WHERE b.criterion_id = %(criterion)s AND b.entry_id = ANY(%(entries)s)
    GROUP BY b.entry_id"""
_ORDERED = """
    SELECT entry_id, max(of), sum(mark) FILTER (WHERE {middle}), count(*) FILTER (WHERE {middle})
    FROM (SELECT b.entry_id, r.mark, row_number() OVER (PARTITION BY b.entry_id ORDER BY r.mark) AS place,
                 count(*) OVER (PARTITION BY b.entry_id) AS of
          FROM evaluation_responsebatch b JOIN evaluation_response r ON r.batch_id = b.id
          WHERE b.criterion_id = %(criterion)s AND b.entry_id = ANY(%(entries)s)) AS ordered
    GROUP BY entry_id"""
_MIDDLE = {
    TRIMMED_MEAN: "place > %(trim)s AND place <= of - %(trim)s",
    MEDIAN: "place IN ((of + 1) / 2, (of + 2) / 2)",
}


def gathered_responses(criterion: Criterion, entries: Collection[int]) -> dict[int, Gathered]:
    """Entry id -> how many responses it has and their exact aggregate (as `rules.aggregates.gather`); one statement."""
    rule = criterion_rule(criterion)
    middle = _MIDDLE.get(rule.aggregate)
    query = _PLAIN if middle is None else _ORDERED.format(middle=middle)
    with connection.cursor() as cursor:
        cursor.execute(query, {"criterion": criterion.pk, "entries": list(entries), "trim": rule.trim})
        rows: list[tuple[int, int, Decimal | None, int]] = cursor.fetchall()
    found = {}
    for entry, count, total, among in rows:
        if count < least_values(rule) or total is None:
            found[entry] = Gathered(count, None)
        else:
            whole = exact(total)
            found[entry] = Gathered(count, whole if rule.aggregate == SUM else whole / Fraction(among))
    return found


def gathered_out_of_bounds(rule: Rule, team: str, gathered: Gathered | None) -> bool:
    """As `rules.scores.out_of_bounds`, of values that are gathered already: the entry is taken to be the best."""
    if gathered is None or gathered.aggregate is None:
        return False
    result = cell(rule, team, gathered, Spread(gathered.aggregate, gathered.aggregate)).points
    return result is not None and result > rule.points
