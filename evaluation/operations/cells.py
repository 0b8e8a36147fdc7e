"""Cells brought up to date: `rules.scores` and `rules.scales` as set-based SQL, exact to the last digit.

A result is the fraction rn/rd, rounded half up once: div() gives the whole part of a quotient of numerics exactly,
where `/` would round it first. Which of two aggregates is the better is told by 40 digits more than they have: figures
carry at most 20 decimal places and counts stay under 10^9, so two fractions that differ, differ there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from core.prepared import prepared
from evaluation.models import Criterion, Round
from evaluation.queries.gathering import Part, gathered
from evaluation.states import ScaleKind

RELATIVE = {ScaleKind.SHARE_OF_BEST, ScaleKind.MIN_MAX}


@dataclass(frozen=True)
class Cells:
    """Ids of entries and of criteria: the cells of every one of these entries in every one of these criteria."""

    entries: frozenset[int]
    criteria: frozenset[int]


# Only what stands otherwise than it should is written; a row that meets a conflict would be locked in any case, and to
# look for conflicts takes as long as to insert. Nobody else writes a round's cells meanwhile (`recomputing`).
# OFFSET 0 keeps a fraction and its points from being worked out once for each place that names them. New cells are
# written in the order of their keys, so that the index grows at its end.
_WRITE = """
WITH {gathered},
cell AS MATERIALIZED (
    SELECT e.id AS entry_id, e.team_id, leaf.id AS criterion_id, coalesce(g.n, 0) AS n,
        CASE WHEN e.withdrawn_at IS NULL AND g.n >= leaf.least THEN g.numerator END AS numerator,
        CASE WHEN e.withdrawn_at IS NULL AND g.n >= leaf.least THEN g.denominator END AS denominator
    FROM evaluation_entry e CROSS JOIN leaf LEFT JOIN gathered g ON g.entry_id = e.id AND g.criterion_id = leaf.id
    WHERE e.round_id = %(round)s {only_entries}
),
pool AS (
    SELECT criterion_id, numerator, denominator FROM cell JOIN leaf ON leaf.id = criterion_id
    WHERE leaf.relative AND numerator IS NOT NULL
),
{spread},
result AS (
    SELECT cell.*, units, unit, {fraction} FROM cell JOIN leaf ON leaf.id = cell.criterion_id
    LEFT JOIN spread ON spread.criterion_id = cell.criterion_id
    LEFT JOIN evaluation_target t ON t.criterion_id = cell.criterion_id AND t.team_id = cell.team_id OFFSET 0
),
fresh AS MATERIALIZED (
    SELECT f.*, c.entry_id IS NULL AS added
    FROM (SELECT entry_id, criterion_id, n, numerator, denominator, {points} AS points FROM result OFFSET 0) f
    LEFT JOIN evaluation_cell c ON c.entry_id = f.entry_id AND c.criterion_id = f.criterion_id
    WHERE c.entry_id IS NULL OR (c.count, c.numerator, c.denominator, c.points, scale(c.points))
        IS DISTINCT FROM (f.n, f.numerator, f.denominator, f.points, scale(f.points))
),
changed AS (
    UPDATE evaluation_cell c
    SET count = f.n, numerator = f.numerator, denominator = f.denominator, points = f.points FROM fresh f
    WHERE NOT f.added AND c.entry_id = f.entry_id AND c.criterion_id = f.criterion_id
)
INSERT INTO evaluation_cell (entry_id, criterion_id, count, numerator, denominator, points)
SELECT entry_id, criterion_id, n, numerator, denominator, points FROM fresh WHERE added ORDER BY entry_id, criterion_id
"""

# All the other cells of a leaf whose scale is relative, since its best or its least may have moved.
_RELATIVE = """
WITH {leaf},
pool AS MATERIALIZED (
    SELECT c.entry_id, c.criterion_id, c.numerator, c.denominator FROM evaluation_cell c
    JOIN evaluation_entry e ON e.id = c.entry_id
    WHERE e.round_id = %(round)s AND c.criterion_id = ANY(%(criteria)s) AND c.numerator IS NOT NULL
),
{spread},
result AS (
    SELECT cell.entry_id, leaf.*, {fraction} FROM pool AS cell JOIN leaf ON leaf.id = cell.criterion_id
    JOIN spread ON spread.criterion_id = cell.criterion_id CROSS JOIN (SELECT NULL::numeric AS value) t
)
UPDATE evaluation_cell c SET points = r.points
FROM (SELECT entry_id, id, {points} AS points FROM result) r
WHERE c.entry_id = r.entry_id AND c.criterion_id = r.id AND c.points IS DISTINCT FROM r.points
RETURNING c.entry_id
"""

_SPREAD = """sized AS MATERIALIZED (SELECT pool.*, div(numerator * 1e40, denominator) AS size FROM pool),
edge AS (SELECT criterion_id, max(size) AS best, min(size) AS least FROM sized GROUP BY criterion_id),
spread AS (
    SELECT criterion_id, best_n, best_d, least_n, least_d FROM edge
    CROSS JOIN LATERAL (SELECT numerator AS best_n, denominator AS best_d FROM sized
        WHERE sized.criterion_id = edge.criterion_id AND size = best LIMIT 1) at_best
    CROSS JOIN LATERAL (SELECT numerator AS least_n, denominator AS least_d FROM sized
        WHERE sized.criterion_id = edge.criterion_id AND size = least LIMIT 1) at_least
)"""

_FRACTION = """CASE
        WHEN numerator IS NULL THEN NULL
        WHEN scale = 'points' THEN numerator
        WHEN scale = 'linear' THEN numerator * factor_numerator
        WHEN scale = 'share_of_best' THEN full_marks * numerator * best_d
        WHEN scale = 'share_of_target' THEN full_marks * least(numerator, denominator * t.value)
        WHEN best_n * least_d = least_n * best_d THEN full_marks
        ELSE full_marks * (numerator * least_d - least_n * denominator) * best_d
    END AS rn,
    CASE
        WHEN scale = 'points' THEN denominator
        WHEN scale = 'linear' THEN denominator * factor_denominator
        WHEN scale = 'share_of_best' THEN CASE best_n WHEN 0 THEN 1 ELSE denominator * best_n END
        WHEN scale = 'share_of_target' THEN denominator * t.value
        WHEN best_n * least_d = least_n * best_d THEN 1
        ELSE denominator * (best_n * least_d - least_n * best_d)
    END AS rd"""

_POINTS = "div(2 * rn * units + rd, 2 * rd) * unit"


def write_cells(round: Round, criteria: Sequence[Criterion], cells: Cells | None = None) -> bool:
    """Bring a round's cells up to date from the values: all, or some; whether cells of other entries changed too.

    Where only some are, a leaf on a relative scale is measured at every entry's cell, and all its cells are brought up
    to date by one statement more. What concerns all is planned on what is there.
    """
    part = Part(only=cells is not None)
    given: dict[str, Any] = {"round": round.pk}
    if cells:
        given |= {"entries": list(cells.entries), "criteria": list(cells.criteria)}
        criteria = [each for each in criteria if each.pk in cells.criteria]
    with prepared() if part.only else connection.cursor() as cursor:
        cursor.execute(_written(criteria, part), given)
        relative = [each.pk for each in criteria if each.scale in RELATIVE]
        if not cells or not relative:
            return False
        again = _RELATIVE.format(leaf=part.leaf(), spread=_SPREAD, fraction=_FRACTION, points=_POINTS)
        cursor.execute(again, given | {"criteria": relative})
        return any(entry not in cells.entries for (entry,) in cursor.fetchall())


def _written(criteria: Sequence[Criterion], part: Part) -> str:
    return _WRITE.format(
        gathered=gathered(criteria, part),
        only_entries="AND e.id = ANY(%(entries)s)" if part.only else "",
        spread=_SPREAD,
        fraction=_FRACTION,
        points=_POINTS,
    )
