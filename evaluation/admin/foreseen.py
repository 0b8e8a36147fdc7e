"""What corrections would make of a result, or have made of it: the standings before and after, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.actors import Actor, actor_of
from core.admin.columns import badge
from core.errors import Refused
from core.models import Decision
from evaluation.admin.correction_words import item_words
from evaluation.admin.table import REASONS
from evaluation.models import Correction, Round
from evaluation.operations.previewing import preview
from evaluation.queries.comparing import NAME, OUTCOME, RANK, TOTAL, Compared, Shift, compared
from evaluation.queries.standings import BoardRow, published_board
from evaluation.states import Outcome, VerdictValue

TEMPLATE = "panel/foreseen.html"


@dataclass(frozen=True)
class Bar:
    """A team's totals before and after, as widths in hundredths of the full marks."""

    name: str
    before: str
    after: str
    before_width: str
    after_width: str


def foreseen_of(
    round: Round, corrections: Sequence[Mapping[str, Any]], *, reason: str, actor: Actor, now: datetime
) -> str:
    """The preview as markup; refused as the correction itself would be where nothing can be looked at."""
    seen = preview(round, corrections, reason=reason or _("미리 보기"), actor=actor, now=now)
    rows = compared(seen.before, seen.after, seen.moves)
    refusal = str(seen.refusal) if seen.refusal else ""
    return _rendered(round, rows, corrections, refusal=refusal, published=None)


def foreseen_by(decision: Decision, round: Round, corrections: Sequence[Mapping[str, Any]], *, now: datetime) -> str:
    """What a prepared decision would bring about now; of an approved one, what it has published."""
    made = Correction.objects.filter(decision=decision).select_related("before", "after").first()
    if made is not None:
        return correction_shown(made)
    if not corrections or decision.state != "prepared":
        return ""
    preparer = actor_of(decision.prepared_by)
    try:
        return foreseen_of(round, corrections, reason=decision.reason, actor=preparer, now=now)
    except Refused as refused:
        return render_to_string(TEMPLATE, {"refusal": str(refused), "items": item_words(round, corrections)})


def correction_shown(made: Correction) -> str:
    """A published correction: the snapshot before it beside the one that it made."""
    rows = compared(published_board(made.before), published_board(made.after))
    return _rendered(made.round, rows, made.items, refusal="", published=made)


def _rendered(
    round: Round,
    rows: Sequence[Compared],
    corrections: Sequence[Mapping[str, Any]],
    *,
    refusal: str,
    published: Correction | None,
) -> str:
    changed = [row for row in rows if row.shifts]
    outcomes = [row.after.name for row in changed if row.shift(OUTCOME)]
    return render_to_string(
        TEMPLATE,
        {
            "items": item_words(round, corrections),
            "refusal": refusal,
            "published": published,
            "rows": [_row(row) for row in rows],
            "cells": [line for row in changed for line in _cells(row, _labels(round))],
            "bars": _bars(round, changed),
            "nothing": not changed,
            "anew": ", ".join(outcomes),
        },
    )


def _row(row: Compared) -> dict[str, Any]:
    """A team's line: name, rank, total and outcome, each with what it was where it differs."""
    facts = {NAME: row.after.name, RANK: row.after.rank, TOTAL: row.after.total, OUTCOME: outcome_badge(row.after)}
    was = {NAME: row.before.name, RANK: row.before.rank, TOTAL: row.before.total, OUTCOME: outcome_badge(row.before)}
    return {
        "changed": bool(row.shifts),
        "by": sorted({number for shift in row.shifts for number in shift.by}),
        "name": row.after.name,
        "facts": [(key, was[key] if row.shift(key) else None, facts[key]) for key in facts],
    }


def outcome_badge(row: BoardRow) -> Any:
    """A line's outcome; why there is none where it has none."""
    if row.outcome is not None:
        return badge(row.outcome, Outcome(row.outcome).label)
    return badge("", REASONS.get(row.reason, _("미정")))


def _labels(round: Round) -> dict[str, str]:
    """What each fact is called."""
    scores = {f"score:{code}": name for code, name in round.criteria.values_list("code", "name_ko")}
    gates = {f"gate:{code}": name for code, name in round.gates.values_list("code", "name_ko")}
    return {NAME: _("팀 이름"), RANK: _("순위"), TOTAL: _("총점"), OUTCOME: _("결과"), **scores, **gates}


def _cells(row: Compared, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "team": row.after.name,
            "label": labels[shift.key],
            "before": _text(shift, shift.before),
            "after": _text(shift, shift.after),
            "by": shift.by,
        }
        for shift in row.shifts
    ]


def _text(shift: Shift, value: str | None) -> str:
    if value is None:
        return "—"
    if shift.key == OUTCOME:
        return Outcome(value).label
    return VerdictValue(value).label if shift.key.startswith("gate:") else value


def _bars(round: Round, rows: Sequence[Compared]) -> list[Bar]:
    """Totals that move, on one scale."""
    full = sum(round.criteria.filter(parent=None).values_list("points", flat=True), Decimal(0))
    moved = [row for row in rows if row.shift(TOTAL) and row.before.total and row.after.total]
    return [
        Bar(
            row.after.name,
            row.before.total,
            row.after.total,
            _width(row.before.total, full),
            _width(row.after.total, full),
        )
        for row in moved
        if row.before.total and row.after.total
    ]


def _width(total: str, full: Decimal) -> str:
    return f"{Decimal(total) / full * 100:.3f}"
