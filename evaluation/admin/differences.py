"""Two boards beside each other as pages show them: a table, bars of totals that move, each fact that differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.names import name_field
from core.points import added
from evaluation.admin.table import outcome_badge
from evaluation.models import Round
from evaluation.queries.comparing import NAME, OUTCOME, RANK, TOTAL, Compared, Excerpt, Shift
from evaluation.states import Outcome, VerdictValue


@dataclass(frozen=True)
class Bar:
    """A team's totals before and after, as widths in hundredths of the full marks."""

    name: str
    before: str
    after: str
    before_width: str
    after_width: str


def difference(round: Round, found: Excerpt, full: Decimal | None = None) -> dict[str, Any]:
    """What `panel/difference.html` shows; bars are drawn against `full`, the round's full marks unless said otherwise.

    Of more teams than a page can hold only the first that change are shown, and how many are not.
    """
    changed = [row for row in found.rows if row.shifts]
    labels = labels_of(round)
    return {
        "rows": [_row(row) for row in found.rows],
        "omitted": found.omitted,
        "cells": [line for row in changed for line in _cells(row, labels)],
        "bars": _bars(full or full_marks_of(round), changed),
        "nothing": not changed,
        "anew": ", ".join(found.anew.values()),
    }


def full_marks_of(round: Round) -> Decimal:
    """What the criteria at the top add up to."""
    return added(list(round.criteria.filter(parent=None).values_list("points", flat=True)))


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


def labels_of(round: Round) -> dict[str, str]:
    """What each fact is called."""
    scores = {f"score:{code}": name for code, name in round.criteria.values_list("code", name_field())}
    gates = {f"gate:{code}": name for code, name in round.gates.values_list("code", name_field())}
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
        return str(Outcome(value).label)
    return str(VerdictValue(value).label) if shift.key.startswith("gate:") else value


def _bars(full: Decimal, rows: Sequence[Compared]) -> list[Bar]:
    """Totals that move, on one scale."""
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
