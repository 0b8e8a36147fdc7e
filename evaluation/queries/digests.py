"""The digest of everything that a result follows from, in one statement: `rules.digests` on the rows of a round.

One line for each input that counts; sheets and batches stand in it by their own digests, so that a million responses
need not be read again. The lines:

    rules <digest of the rules>                points <team> <criterion> <figure>
    measurement <team> <criterion> <name> <figure>
    sheet <team> <digest>                      responses <team> <criterion> <digest>
    verdict <team> <gate> <verdict>            withdrawn <team>
    order <number> <team> <team> ...
"""

from typing import Any

from django.db import connection

from evaluation.models import Round
from evaluation.queries.later import NOTHING, Later, conditions, given
from evaluation.queries.rules import round_rules
from evaluation.rules.canonical import rules_digest

# The lines are sorted before they are put together: an aggregate that sorts for itself takes a fifth longer.
_DIGEST = """
WITH entry AS (
    SELECT e.id, t.code, e.withdrawn_at FROM evaluation_entry e JOIN consortia_team t ON t.id = e.team_id
    WHERE e.round_id = %(round)s
),
criterion AS (SELECT id, code FROM evaluation_criterion WHERE round_id = %(round)s),
line AS (
    SELECT 'rules ' || %(rules)s AS line
    UNION ALL
    SELECT concat_ws(' ', 'points', entry.code, criterion.code, v.points) FROM evaluation_directpoints v
    JOIN entry ON entry.id = v.entry_id JOIN criterion ON criterion.id = v.criterion_id
    WHERE {directpoints}
    UNION ALL
    SELECT concat_ws(' ', 'measurement', entry.code, criterion.code, v.name, v.value) FROM evaluation_measurement v
    JOIN entry ON entry.id = v.entry_id JOIN criterion ON criterion.id = v.criterion_id
    WHERE {measurement}
    UNION ALL
    SELECT concat_ws(' ', 'sheet', entry.code, s.digest) FROM evaluation_sheet s JOIN entry ON entry.id = s.entry_id
    WHERE {sheet}
    UNION ALL
    SELECT concat_ws(' ', 'responses', entry.code, criterion.code, b.digest) FROM evaluation_responsebatch b
    JOIN entry ON entry.id = b.entry_id JOIN criterion ON criterion.id = b.criterion_id
    WHERE {batch}
    UNION ALL
    SELECT concat_ws(' ', 'verdict', entry.code, g.code, v.verdict) FROM evaluation_verdict v
    JOIN entry ON entry.id = v.entry_id JOIN evaluation_gate g ON g.id = v.gate_id
    WHERE {verdict}
    UNION ALL
    SELECT 'withdrawn ' || code FROM entry WHERE withdrawn_at IS NOT NULL
    UNION ALL
    SELECT concat_ws(' ', 'order', row_number() OVER (ORDER BY o.id), array_to_string(o."order", ' '))
    FROM evaluation_tiebreak o WHERE o.round_id = %(round)s AND {order}
)
SELECT encode(sha256(convert_to(string_agg(line, E'\\n'), 'UTF8')), 'hex')
FROM (SELECT line COLLATE "C" AS line FROM line ORDER BY 1) sorted"""


def inputs_digest(round: Round, later: Later = NOTHING) -> str:
    """SHA-256 of the rules and of every counted input, whatever the order they came in.

    `later` leaves out what was added after a snapshot.
    """
    facts: dict[str, Any] = {"round": round.pk, "rules": rules_digest(round_rules(round)), **given(later)}
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST.format(**conditions(later)), facts)
        digest: str = cursor.fetchone()[0]
        return digest
