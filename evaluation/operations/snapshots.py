"""Publishing the standings that stand as the next numbered snapshot of a round."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from core.operation import running
from evaluation.models import Criterion, LiveStanding, Round, Snapshot
from evaluation.operations.ranking import leaves_under
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.digests import inputs_digest
from evaluation.queries.standings import computed_standings
from evaluation.rules.standings import Standings

# The digest of the result is taken of a line for each entry and one for each mean, in the order of their characters:
#     row <team> <rank> <total> <outcome> <criterion>=<score> ... <gate>=<verdict> ...
#     mean <criterion or "total"> <mean>
# with "-" where there is none.
_TAKE = """
WITH made_up AS (
    SELECT * FROM unnest(%(codes)s::text[], %(places)s::integer[], %(criteria)s::bigint[], %(leaves)s::bigint[])
        AS made_up (code, place, criterion, leaf)
),
pointed AS (
    SELECT c.* FROM evaluation_cell c JOIN evaluation_entry e ON e.id = c.entry_id WHERE e.round_id = %(round)s
),
scored AS MATERIALIZED (
    SELECT entry_id, code, place, points FROM pointed JOIN made_up ON leaf = criterion_id WHERE leaf = criterion
    UNION ALL
    SELECT entry_id, code, place, CASE count(points) WHEN count(*) THEN sum(points) END AS points
    FROM pointed JOIN made_up ON leaf = criterion_id WHERE leaf <> criterion GROUP BY entry_id, code, place
),
scores AS (
    SELECT entry_id, jsonb_object_agg(code, points::text) AS scores,
        string_agg(code || '=' || coalesce(points::text, '-'), ' ' ORDER BY place) AS written
    FROM scored GROUP BY entry_id
),
gates AS (
    SELECT e.id AS entry_id, jsonb_object_agg(g.code, v.verdict) AS gates,
        string_agg(g.code || '=' || coalesce(v.verdict, '-'), ' ' ORDER BY g.position, g.id) AS written
    FROM evaluation_entry e JOIN evaluation_gate g ON g.round_id = e.round_id
    LEFT JOIN evaluation_verdict v ON v.entry_id = e.id AND v.gate_id = g.id
        AND NOT EXISTS (SELECT FROM evaluation_verdict later WHERE later.supersedes_id = v.id)
    WHERE e.round_id = %(round)s GROUP BY e.id
),
mean AS MATERIALIZED (
    SELECT code, (div(2 * total * %(units)s + n, 2 * nullif(n, 0)) * %(unit)s::numeric)::text AS mean
    FROM (
        SELECT code, sum(points) AS total, count(points) AS n
        FROM (SELECT s.code, CASE WHEN l.total IS NOT NULL THEN s.points END AS points
              FROM scored s JOIN evaluation_livestanding l USING (entry_id)
              UNION ALL SELECT 'total', total FROM evaluation_livestanding WHERE round_id = %(round)s) columns
        GROUP BY code
    ) summed
),
body AS MATERIALIZED (
    SELECT l.entry_id, row_number() OVER (ORDER BY l.rank, e.position, e.id) AS position, l.rank, l.total, l.outcome,
        l.reason, s.scores, coalesce(g.gates, '{}'::jsonb) AS gates,
        concat_ws(' ', 'row', t.code, coalesce(l.rank::text, '-'), coalesce(l.total::text, '-'), l.outcome,
            s.written, g.written) AS line
    FROM evaluation_livestanding l
    JOIN evaluation_entry e ON e.id = l.entry_id JOIN consortia_team t ON t.id = e.team_id
    JOIN scores s ON s.entry_id = e.id LEFT JOIN gates g ON g.entry_id = e.id WHERE e.round_id = %(round)s
),
made AS (
    INSERT INTO evaluation_snapshot
        (round_id, number, made_at, made_by, reason, advanced, vacancies, means, inputs_digest, digest,
            criteria_version_id)
    SELECT %(round)s, 1 + (SELECT count(*) FROM evaluation_snapshot WHERE round_id = %(round)s), %(now)s, %(by)s,
        %(reason)s, advanced, greatest(0, %(seats)s - advanced),
        (SELECT jsonb_object_agg(code, mean) FROM mean), %(inputs)s,
        (SELECT encode(sha256(convert_to(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex')
         FROM (SELECT line FROM body UNION ALL SELECT 'mean ' || code || ' ' || coalesce(mean, '-') FROM mean) lines),
        %(version)s
    FROM (SELECT count(*) FILTER (WHERE outcome = 'advanced') AS advanced FROM body) counted
    RETURNING id
),
kept AS (
    INSERT INTO evaluation_snapshotrow
        (snapshot_id, entry_id, position, rank, total, outcome, reason, scores, gates)
    SELECT made.id, entry_id, position, rank, total, outcome, reason, scores, gates FROM made, body
)
SELECT id FROM made"""


def undecided(round: Round) -> Standings | None:
    """The standings with what keeps them from being published; None where every outcome stands (`recompute_all`)."""
    if LiveStanding.objects.filter(round=round, outcome=None).exists():
        return computed_standings(round).standings
    return None


def require_complete(standings: Standings | None) -> None:
    """Refuse with `incomplete` where a score or a verdict is missing."""
    if standings is not None and standings.incomplete:
        missing = ", ".join(f"{team}·{leaf}" for team, leaf in standings.incomplete)
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("점수가 빠진 팀이 있습니다: {missing}"), missing=missing),
            missing=standings.incomplete,
        )
    if standings is not None and standings.without_verdict:
        missing = ", ".join(f"{team}·{gate}" for team, gate in standings.without_verdict)
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("요건 판정이 없습니다: {missing}"), missing=missing),
            missing=standings.without_verdict,
        )


def require_untied(standings: Standings | None) -> None:
    """Refuse with `tie_at_cut` where a tie decides a seat."""
    if standings is not None and standings.ties_at_cut:
        tied = "; ".join(", ".join(group) for group in standings.ties_at_cut)
        raise Refused(
            Code.TIE_AT_CUT, format_lazy(_("동점으로 진출이 갈립니다: {tied}"), tied=tied), tied=standings.ties_at_cut
        )


def take_snapshot(round: Round, now: datetime) -> Snapshot:
    """Write what stands as the next snapshot of a round that the caller holds alone, in one statement.

    `recompute_all`, `require_complete` and `require_untied` come first: a row without an outcome is refused by the
    database. Who made it and why is named by the operation under way.
    """
    current = running()
    given = {
        **_columns(list(round.criteria.all())),
        "round": round.pk,
        "seats": round.seats,
        "units": 10**round.mean_places,
        "unit": f"1e-{round.mean_places}",
        "now": now,
        "by": current.actor.name,
        "reason": current.reason,
        "inputs": inputs_digest(round),
        "version": criteria_version_of(round).pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        return Snapshot.objects.get(pk=cursor.fetchone()[0])


def _columns(criteria: list[Criterion]) -> dict[str, list[Any]]:
    """Each criterion's code, place and id beside each of the leaves that make it up: a leaf beside itself."""
    rows = [
        (each.code, each.position, each.pk, leaf) for each in criteria for leaf in leaves_under(criteria, each.code)
    ]
    codes, places, keys, leaves = zip(*rows, strict=True)
    return {"codes": list(codes), "places": list(places), "criteria": list(keys), "leaves": list(leaves)}
