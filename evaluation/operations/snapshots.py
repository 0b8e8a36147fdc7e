"""Publishing standings as the next numbered snapshot of a round."""

import hashlib
import json
from datetime import datetime
from typing import Any

from core.errors import Code, Refused
from evaluation.models import Round, Snapshot, SnapshotRow
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.standings import Computed, as_text
from evaluation.rules.standings import Standing, Standings


def require_complete(standings: Standings) -> None:
    """Refuse with `incomplete` where a score or a verdict is missing."""
    if standings.incomplete:
        missing = ", ".join(f"{team}·{leaf}" for team, leaf in standings.incomplete)
        raise Refused(Code.INCOMPLETE, f"점수가 빠진 팀이 있습니다: {missing}", missing=standings.incomplete)
    if standings.without_verdict:
        missing = ", ".join(f"{team}·{gate}" for team, gate in standings.without_verdict)
        raise Refused(Code.INCOMPLETE, f"요건 판정이 없습니다: {missing}", missing=standings.without_verdict)


def require_untied(standings: Standings) -> None:
    """Refuse with `tie_at_cut` where a tie decides a seat."""
    if standings.ties_at_cut:
        tied = "; ".join(", ".join(group) for group in standings.ties_at_cut)
        raise Refused(Code.TIE_AT_CUT, f"동점으로 진출이 갈립니다: {tied}", tied=standings.ties_at_cut)


def take_snapshot(round: Round, computed: Computed, now: datetime) -> Snapshot:
    """Write the next snapshot of a round that the caller holds alone; `require_complete` and `require_untied` first."""
    standings = computed.standings
    entries = dict(round.entries.values_list("team__code", "pk"))
    means = {code: as_text(mean) for code, mean in standings.means.items()}
    bodies = [_body(row, computed) for row in standings.rows]
    snapshot = Snapshot.objects.create(
        round=round,
        number=round.snapshots.count() + 1,
        made_at=now,
        advanced=standings.advanced,
        vacancies=standings.vacancies,
        means=means,
        inputs_digest=computed.inputs_digest,
        digest=_digest({"means": means, "rows": bodies}),
        criteria_version=criteria_version_of(round),
    )
    SnapshotRow.objects.bulk_create(
        SnapshotRow(
            snapshot=snapshot,
            entry_id=entries[row.team],
            position=position,
            rank=row.rank,
            total=row.total,
            outcome=_outcome(row),
            reason=row.reason or "",
            scores=body["scores"],
            gates=body["gates"],
        )
        for position, (row, body) in enumerate(zip(standings.rows, bodies, strict=True), start=1)
    )
    return snapshot


def _outcome(row: Standing) -> str:
    if row.outcome is None:
        raise ValueError(f"{row.team} has no outcome")  # require_complete and require_untied forbid it
    return row.outcome


def _body(row: Standing, computed: Computed) -> dict[str, Any]:
    return {
        "team": row.team,
        "rank": row.rank,
        "total": as_text(row.total),
        "outcome": row.outcome,
        "scores": {code: as_text(points) for code, points in row.scores.items()},
        "gates": {gate: computed.verdicts[row.team].get(gate) for gate in computed.rules.gates},
    }


def _digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
