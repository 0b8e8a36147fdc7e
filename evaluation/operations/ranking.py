"""Totals, ranks and outcomes from cells: `rules.ranks` and `rules.outcomes` as set-based SQL.

Where officials have ordered tied teams, or an empty seat goes to the next in rank, the rules in Python decide on the
totals that stand here (`settling`): both are rare, and a walk down the ranks is no set.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from core.prepared import prepared
from evaluation.models import Criterion, Round
from evaluation.states import VacancyRule

_SUMS = "sum(points) AS total, ARRAY[{key}] AS key, count(*) FILTER (WHERE points IS NULL) AS missing"

_JUDGED = """
SELECT entry_id, count(*) AS given, bool_or(verdict = 'failed') AS failed FROM evaluation_verdict v
WHERE {entries} AND NOT EXISTS (SELECT FROM evaluation_verdict later WHERE later.supersedes_id = v.id) GROUP BY 1"""

# Within the seats an entry needs every verdict; whoever shares the rank across the last seat waits for an order.
_OUTCOME = """CASE
        WHEN incomplete THEN NULL
        WHEN rank > %(seats)s THEN 'eliminated'
        WHEN rank + sharing - 1 > %(seats)s THEN NULL
        WHEN coalesce(given, 0) < (SELECT count(*) FROM evaluation_gate WHERE round_id = %(round)s) THEN NULL
        WHEN failed THEN 'gate_failed'
        WHEN total < %(floor)s THEN 'below_floor'
        ELSE 'advanced'
    END"""

# Only what stands otherwise than it should is written, as with cells: a total is its digits too.
_ALL = """
WITH judged AS ({judged}),
summed AS (
    SELECT c.entry_id, {sums} FROM evaluation_cell c JOIN evaluation_entry e ON e.id = c.entry_id
    WHERE e.round_id = %(round)s GROUP BY c.entry_id
),
standing AS (
    SELECT e.id AS entry_id, CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN missing > 0 THEN 'incomplete'
            ELSE '' END AS reason, total, key
    FROM evaluation_entry e JOIN summed ON summed.entry_id = e.id
),
ranked AS (
    SELECT entry_id, reason, CASE reason WHEN '' THEN total END AS total, CASE reason WHEN '' THEN key END AS key,
        CASE reason WHEN '' THEN rank() OVER best END AS rank, count(*) OVER (PARTITION BY reason, key) AS sharing,
        bool_or(reason = 'incomplete') OVER () AS incomplete
    FROM standing WINDOW best AS (PARTITION BY reason ORDER BY key DESC)
),
fresh AS MATERIALIZED (
    SELECT f.*, l.entry_id IS NULL AS added
    FROM (SELECT entry_id, key, rank, total, reason,
              CASE reason WHEN 'withdrawn' THEN reason ELSE {outcome} END AS outcome
          FROM ranked LEFT JOIN judged USING (entry_id) OFFSET 0) f
    LEFT JOIN evaluation_livestanding l ON l.entry_id = f.entry_id
    WHERE l.entry_id IS NULL OR (l.key, l.rank, l.total, scale(l.total), l.outcome, l.reason)
        IS DISTINCT FROM (f.key, f.rank, f.total, scale(f.total), f.outcome, f.reason)
),
changed AS (
    UPDATE evaluation_livestanding l
    SET key = f.key, rank = f.rank, total = f.total, outcome = f.outcome, reason = f.reason
    FROM fresh f WHERE NOT f.added AND l.entry_id = f.entry_id
)
INSERT INTO evaluation_livestanding (entry_id, round_id, key, rank, total, outcome, reason)
SELECT entry_id, %(round)s, key, rank, total, outcome, reason FROM fresh WHERE added
"""

_KEYS = """
WITH fresh AS (SELECT {sums} FROM evaluation_cell WHERE entry_id = %(entry)s)
SELECT l.key, CASE fresh.missing WHEN 0 THEN fresh.key END, fresh.total,
    EXISTS (SELECT FROM evaluation_tiebreak WHERE round_id = %(round)s)
FROM fresh LEFT JOIN evaluation_livestanding l ON l.entry_id = %(entry)s
"""

# Whoever is passed changes by one, the entry itself by as many as it passes; equal keys share a rank. Of nobody else
# does the rank change, or with how many it is shared.
_SHIFT = """
WITH passed AS MATERIALIZED (
    SELECT entry_id, CASE entry_id WHEN %(entry)s THEN %(new)s::numeric[] ELSE key END AS key,
        CASE entry_id WHEN %(entry)s THEN %(total)s ELSE total END AS total,
        CASE WHEN entry_id = %(entry)s
            THEN rank - %(up)s * count(*) FILTER (WHERE entry_id <> %(entry)s AND key > %(low)s::numeric[]) OVER ()
            WHEN key < %(high)s::numeric[] THEN rank + %(up)s ELSE rank END AS rank
    FROM evaluation_livestanding
    WHERE round_id = %(round)s AND key >= %(low)s::numeric[] AND key <= %(high)s::numeric[]
),
moved AS MATERIALIZED (SELECT *, count(*) OVER (PARTITION BY key) AS sharing FROM passed),
judged AS ({judged}),
decided AS (
    SELECT moved.*, {outcome} AS outcome FROM moved LEFT JOIN judged USING (entry_id)
    CROSS JOIN (SELECT EXISTS (SELECT FROM evaluation_livestanding
        WHERE round_id = %(round)s AND key IS NULL AND reason = 'incomplete') AS incomplete) whole
)
UPDATE evaluation_livestanding l
SET key = d.key, total = d.total, rank = d.rank, outcome = d.outcome FROM decided d
WHERE l.entry_id = d.entry_id AND (l.key, l.rank, l.outcome) IS DISTINCT FROM (d.key, d.rank, d.outcome)
"""


def rank_all(round: Round, criteria: Sequence[Criterion]) -> None:
    """Write every entry's standing anew from its cells, in one statement."""
    in_round = "entry_id IN (SELECT id FROM evaluation_entry WHERE round_id = %(round)s)"
    statement = _ALL.format(judged=_JUDGED.format(entries=in_round), sums=_sums(round, criteria), outcome=_OUTCOME)
    with connection.cursor() as cursor:
        cursor.execute(statement, _facts(round, criteria))


def rank_one(round: Round, criteria: Sequence[Criterion], entry: int) -> bool:
    """Bring one entry's standing up to date, and the ranks of those whom it passes; whether that could be done.

    Not where the entry had no rank or has none now (that decides over everybody's outcome), nor where the rules decide.
    """
    given = _facts(round, criteria) | {"entry": entry}
    with prepared() as cursor:
        cursor.execute(_KEYS.format(sums=_sums(round, criteria)), given)
        old, new, total, ordered = cursor.fetchone()
        if old is None or new is None or ordered or round.vacancy == VacancyRule.PROMOTE:
            return False
        if old == new:
            return True
        given |= {"new": new, "total": total, "low": min(old, new), "high": max(old, new), "up": 1 if new > old else -1}
        moved = "entry_id IN (SELECT entry_id FROM moved)"
        cursor.execute(_SHIFT.format(judged=_JUDGED.format(entries=moved), outcome=_OUTCOME), given)
    return True


def _sums(round: Round, criteria: Sequence[Criterion]) -> str:
    ties = [f"sum(points) FILTER (WHERE criterion_id = ANY(%(tie_{place})s))" for place in range(len(round.ties))]
    return _SUMS.format(key=", ".join(["sum(points)", *ties]))


def _facts(round: Round, criteria: Sequence[Criterion]) -> dict[str, Any]:
    ties = {f"tie_{place}": leaves_under(criteria, code) for place, code in enumerate(round.ties)}
    return {"round": round.pk, "seats": round.seats, "floor": round.floor, **ties}


def leaves_under(criteria: Sequence[Criterion], code: str) -> list[int]:
    """Ids of the leaves that make up a criterion, itself where it is one."""
    keys = {each.pk for each in criteria if each.code == code}
    while True:
        below = keys | {each.pk for each in criteria if each.parent_id in keys}
        if below == keys:
            return [each.pk for each in criteria if each.pk in keys and each.source]
        keys = below
