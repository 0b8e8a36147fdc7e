"""The values of a whole round as counts and exact fractions, in one set-based statement: `rules.aggregates` as SQL.

The fragments are common table expressions on the parameter `round`, to be put after WITH. What comes of them is held
against the rules in plain Python, to the last digit, by a test on random rounds. Fractions are not reduced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from evaluation.states import Aggregate, Source


class Scored(Protocol):
    """What is asked of a criterion, a row or a rule, to know how its values are gathered; a parent has no source."""

    @property
    def source(self) -> str | None: ...
    @property
    def aggregate(self) -> str: ...
    @property
    def trim(self) -> int: ...


LEAF = """
leaf AS MATERIALIZED (
    SELECT id, source, aggregate, scale, scale IN ('share_of_best', 'min_max') AS relative, points AS full_marks,
        ('1e' || places)::numeric AS units, ('1e-' || places)::numeric AS unit, factor_numerator, factor_denominator,
        CASE aggregate WHEN 'trimmed_mean' THEN trim ELSE 0 END AS trim,
        aggregate = 'median' OR (aggregate = 'trimmed_mean' AND trim > 1) AS in_order,
        coalesce(quorum, CASE aggregate WHEN 'trimmed_mean' THEN greatest(1, 2 * trim + 1) ELSE 1 END) AS least
    FROM evaluation_criterion WHERE round_id = %(round)s AND source IS NOT NULL {only_criteria}
)"""


@dataclass(frozen=True)
class Part:
    """Which cells are gathered: all of a round's (False), or those of the parameters `entries` × `criteria`."""

    only: bool

    def leaf(self) -> str:
        """The round's leaves with what turns values into points."""
        return LEAF.format(only_criteria="AND id = ANY(%(criteria)s)" if self.only else "")


@dataclass(frozen=True)
class Rows:
    """Where the values of a source stand, in SQL: the tables, the entry, the criterion, the value, and what counts."""

    table: str
    entry: str
    criterion: str
    value: str
    counted: str

    def among(self, part: Part) -> str:
        """The condition that a row belongs to the part."""
        return (_ONLY if part.only else _WHOLE).format(entry=self.entry, criterion=self.criterion)


_ONLY = "{entry} = ANY(%(entries)s) AND {criterion} = ANY(%(criteria)s)"
_WHOLE = "{entry} IN (SELECT id FROM evaluation_entry WHERE round_id = %(round)s)"
_STANDING = "NOT EXISTS (SELECT FROM {table} later WHERE later.supersedes_id = v.id)"
_BATCH_COUNTS = "NOT EXISTS (SELECT FROM evaluation_responsebatchexclusion x WHERE x.batch_id = b.id)"
_ROWS = {
    Source.DIRECT: Rows(
        "evaluation_directpoints v",
        "v.entry_id",
        "v.criterion_id",
        "v.points",
        _STANDING.format(table="evaluation_directpoints"),
    ),
    Source.MEASUREMENTS: Rows(
        "evaluation_measurement v",
        "v.entry_id",
        "v.criterion_id",
        "v.value",
        _STANDING.format(table="evaluation_measurement"),
    ),
    Source.SHEETS: Rows(
        "evaluation_sheet s JOIN evaluation_mark v ON v.sheet_id = s.id",
        "s.entry_id",
        "v.criterion_id",
        "v.points",
        "NOT EXISTS (SELECT FROM evaluation_sheetexclusion x WHERE x.sheet_id = s.id)",
    ),
    Source.RESPONSES: Rows(
        "evaluation_responsebatch b JOIN evaluation_response v ON v.batch_id = b.id",
        "b.entry_id",
        "b.criterion_id",
        "v.mark",
        _BATCH_COUNTS,
    ),
}


def gathered(criteria: Sequence[Scored], part: Part) -> str:
    """CTEs that end in `gathered (entry_id, criterion_id, n, numerator, denominator)`: cells that have any value.

    A sum, a mean and a mean without one value at each end need no order of the values; a median and a mean without
    more of them do.
    """
    used = [criterion for criterion in criteria if criterion.source]
    plain = [
        _summed(source, part, any(leaf.source == source and leaf.aggregate == Aggregate.TRIMMED_MEAN for leaf in used))
        for source in _ROWS
        if any(leaf.source == source and not _in_order(leaf) for leaf in used)
    ]
    ordered = [
        _raw(source, part) for source in _ROWS if any(leaf.source == source and _in_order(leaf) for leaf in used)
    ]
    parts = [part.leaf()]
    united = []
    if plain:
        parts.append(f"summed AS MATERIALIZED ({' UNION ALL '.join(plain)})")
        united.append(_FROM_SUMS)
    if ordered:
        parts.append(f"raw AS ({' UNION ALL '.join(ordered)})")
        parts.append(_PLACED)
        united.append(_FROM_ORDER)
    parts.append(f"gathered AS ({' UNION ALL '.join(united)})")
    return ",".join(parts)


def _in_order(leaf: Scored) -> bool:
    return leaf.aggregate == Aggregate.MEDIAN or (leaf.aggregate == Aggregate.TRIMMED_MEAN and leaf.trim > 1)


def _summed(source: Source, part: Part, ends: bool) -> str:
    rows = _ROWS[source]
    if source == Source.RESPONSES:
        return _SUMMED_BATCHES.format(among=rows.among(part), counted=rows.counted, **_ends("mark", ends))
    return _SUMMED.format(**vars(rows), among=rows.among(part), **_ends(rows.value, ends))


def _ends(value: str, ends: bool) -> dict[str, str]:
    """The lowest and the highest value, read only where a mean leaves them out."""
    return {name: f"{name}({value})" if ends else "NULL::numeric" for name in ("min", "max")}


def _raw(source: Source, part: Part) -> str:
    rows = _ROWS[source]
    return _RAW.format(**vars(rows), among=rows.among(part))


_SUMMED = """
SELECT {entry} AS entry_id, {criterion} AS criterion_id, count(*) AS n, sum({value}) AS total,
    {min} AS low, {max} AS high
FROM {table} WHERE {among} AND {counted} GROUP BY 1, 2"""

_RAW = """
SELECT {entry} AS entry_id, {criterion} AS criterion_id, {value} AS value
FROM {table} JOIN leaf ON leaf.id = {criterion} AND leaf.in_order
WHERE {among} AND {counted}"""

# Each batch is added up by itself, from the index that holds its marks.
_SUMMED_BATCHES = """
SELECT b.entry_id, b.criterion_id, sum(r.n)::bigint AS n, sum(r.total) AS total, min(r.low) AS low, max(r.high) AS high
FROM evaluation_responsebatch b CROSS JOIN LATERAL (
    SELECT count(*) AS n, sum(mark) AS total, {min} AS low, {max} AS high
    FROM evaluation_response WHERE batch_id = b.id) r
WHERE {among} AND {counted} GROUP BY 1, 2"""

_FROM_SUMS = """
SELECT s.entry_id, s.criterion_id, s.n,
    CASE leaf.trim WHEN 1 THEN s.total - s.low - s.high ELSE s.total END AS numerator,
    CASE leaf.aggregate WHEN 'sum' THEN 1 ELSE s.n - 2 * leaf.trim END::numeric AS denominator
FROM summed s JOIN leaf ON leaf.id = s.criterion_id
WHERE NOT leaf.in_order"""

_PLACED = """
placed AS (
    SELECT entry_id, criterion_id, value, row_number() OVER (cell ORDER BY value) AS place, count(*) OVER cell AS n
    FROM raw WINDOW cell AS (PARTITION BY entry_id, criterion_id)
)"""

_FROM_ORDER = """
SELECT p.entry_id, p.criterion_id, max(p.n) AS n, sum(p.value) FILTER (WHERE counts) AS numerator,
    count(*) FILTER (WHERE counts)::numeric AS denominator
FROM placed p JOIN leaf ON leaf.id = p.criterion_id CROSS JOIN LATERAL (
    SELECT CASE leaf.aggregate WHEN 'median' THEN p.place BETWEEN (p.n + 1) / 2 AND p.n / 2 + 1
        ELSE p.place > leaf.trim AND p.place <= p.n - leaf.trim END AS counts) c
GROUP BY 1, 2"""
