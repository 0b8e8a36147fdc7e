"""One archive of a published result, with which a stranger can compute it again on any machine."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.operations.working import Progress
from evaluation.models import Round, Snapshot
from evaluation.queries.digests import inputs_digest
from evaluation.queries.inputs import tie_orders
from evaluation.queries.later import Later, conditions, given, later_than
from evaluation.queries.rules import round_rules
from evaluation.queries.standings import published, published_board
from evaluation.rules.canonical import rules_text
from evaluation.states import RoundState
from evaluation.verbs import EXPORT_ROUND

AT_ONCE = 10_000
"""Rows after which progress is told."""
SHIPPED = ("README.txt", "verify.py")

_OTHERWISE = _(
    "지금의 입력이 {snapshot}의 입력과 맞지 않아 내보낼 수 없습니다. 감사 담당과 시스템 운영자에게 알려 주십시오."
)
_MEANWHILE = _("내보내는 동안 결과가 정정되었습니다. 다시 내보내 주십시오: {snapshot}")

_OF = """JOIN evaluation_entry e ON e.id = {0}.entry_id AND e.round_id = %(round)s
        JOIN consortia_team t ON t.id = e.team_id"""
# Every sheet has a number of its own, by the digest of what it says: neither who wrote it, nor which of them one expert
# wrote, can be read off it. A batch's number tells its responses from those of others, and no more.
_TABLES = {
    "points": """
        SELECT t.code AS team, c.code AS criterion, v.points FROM evaluation_directpoints v {of_row}
        JOIN evaluation_criterion c ON c.id = v.criterion_id WHERE {directpoints} ORDER BY 1, 2""",
    "measurements": """
        SELECT t.code AS team, c.code AS criterion, v.name, v.value FROM evaluation_measurement v {of_row}
        JOIN evaluation_criterion c ON c.id = v.criterion_id WHERE {measurement} ORDER BY 1, 2, 3""",
    "sheets": """
        SELECT dense_rank() OVER (ORDER BY s.digest, s.id) AS sheet, t.code AS team, c.code AS criterion, v.points
        FROM evaluation_sheet s {of_sheet} JOIN evaluation_mark v ON v.sheet_id = s.id
        JOIN evaluation_criterion c ON c.id = v.criterion_id
        WHERE {sheet} ORDER BY 1, 3""",
    "responses": """
        SELECT b.id - min(b.id) OVER () + 1 AS batch, t.code AS team, c.code AS criterion, v.mark
        FROM evaluation_responsebatch b {of_batch} JOIN evaluation_response v ON v.batch_id = b.id
        JOIN evaluation_criterion c ON c.id = b.criterion_id
        WHERE {batch} ORDER BY 1, v.mark""",
    "verdicts": """
        SELECT t.code AS team, g.code AS gate, v.verdict FROM evaluation_verdict v {of_row}
        JOIN evaluation_gate g ON g.id = v.gate_id WHERE {verdict} ORDER BY 1, 2""",
}
_PARTS = {
    "of_row": _OF.format("v"),
    "of_sheet": _OF.format("s"),
    "of_batch": _OF.format("b"),
}


@operation(EXPORT_ROUND)
def export_round(
    round: Round,
    target: IO[bytes],
    *,
    number: int | None = None,
    progress: Progress = lambda done: None,
    actor: Actor,
    now: datetime,
) -> Snapshot:
    """Write a published snapshot of a round, its rules and the inputs that it counts, as one zip archive.

    The newest, or the one with that number, with the inputs as they were then. The tables are streamed, whatever their
    size. `verify.py` inside recomputes the result and the digests. Refused with `wrong_state` before the first
    announcement, and where the inputs are no longer those of the snapshot; `unknown` where no snapshot has the number.

    It holds nothing: whoever files an objection meanwhile would wait, and be late. So what it was made from is looked
    at before and after; a correction that came in between ends it.
    """
    round = Round.objects.get(pk=round.pk)
    snapshot = named_result(round, number)
    later = later_than(snapshot)
    _require_inputs_of(snapshot, round, later, _OTHERWISE)
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in SHIPPED:
            archive.write(settings.BASE_DIR / "templates" / "archive" / name, name)
        archive.writestr("rules.json", rules_text(round_rules(round)))
        archive.writestr("snapshot.json", _text(_snapshot(snapshot)))
        archive.writestr("inputs/decided.json", _text(_decided(round, later)))
        done = 0
        for name, statement in _TABLES.items():
            copy = f"COPY ({statement.format(**_PARTS, **conditions(later))}) TO STDOUT WITH (FORMAT csv, HEADER)"
            with archive.open(f"inputs/{name}.csv", "w", force_zip64=True) as member:
                facts = {"round": round.pk, **given(later)}
                done = _stream(member, copy, facts, progress, done)
    _require_inputs_of(snapshot, round, later, _MEANWHILE)
    record(EXPORT_ROUND, round, at=now, snapshot=snapshot.number, digest=snapshot.digest)
    return snapshot


def _require_inputs_of(snapshot: Snapshot, round: Round, later: Later, otherwise: Any) -> None:
    if inputs_digest(round, later=later) != snapshot.inputs_digest:
        raise Refused(Code.WRONG_STATE, format_lazy(otherwise, snapshot=snapshot), snapshot=snapshot.number)


def require_published(round: Round) -> None:
    """Refuse with `wrong_state` a round of which nothing has been published: the first snapshot announces it."""
    if round.state not in {RoundState.ANNOUNCED, RoundState.FINAL}:
        raise Refused(Code.WRONG_STATE, _("아직 발표한 결과가 없습니다."), state=round.state)


def named_result(round: Round, number: int | None = None) -> Snapshot:
    """The newest published snapshot, or the one with that number.

    `wrong_state` before the first announcement, `unknown` where no snapshot has the number.
    """
    require_published(round)
    snapshot = published(round, number)
    if snapshot is None:
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 순위표입니다: {number}"), number=number), snapshot=number)
    return snapshot


def _stream(target: IO[bytes], copy: str, facts: Mapping[str, Any], progress: Progress, before: int) -> int:
    """Write one table after `before` rows of others; how many rows are written then, without the header."""
    with connection.cursor() as cursor, cursor.copy(copy, facts) as rows:
        for row, part in enumerate(rows):
            target.write(part)
            if row % AT_ONCE == 0:
                progress(before + row)
    return before + row


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    board = published_board(snapshot)
    return {
        "round": snapshot.round.code,
        "number": snapshot.number,
        "made_at": snapshot.made_at.isoformat(),
        "criteria_version": snapshot.criteria_version.number,
        "advanced": snapshot.advanced,
        "vacancies": snapshot.vacancies,
        "means": dict(board.means),
        "inputs_digest": snapshot.inputs_digest,
        "digest": snapshot.digest,
        "rows": [
            {
                "team": row.team,
                "rank": row.rank,
                "total": row.total,
                "outcome": row.outcome,
                "scores": dict(row.scores),
                "gates": dict(row.gates),
            }
            for row in board.rows
        ],
    }


def _decided(round: Round, later: Later) -> dict[str, Any]:
    entries = dict(round.entries.values_list("team__code", "withdrawn_at"))
    gone = [team for team, withdrawn in entries.items() if withdrawn]
    return {"entries": list(entries), "orders": tie_orders(round, later), "withdrawn": gone}


def _text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=1)
