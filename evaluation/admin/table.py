"""Standings as a table and as bars, with every figure an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.columns import badge
from core.points import added
from evaluation.models import Criterion, Round
from evaluation.queries.criteria import from_the_top
from evaluation.queries.standings import Board, BoardRow
from evaluation.rules.standings import INCOMPLETE, TOTAL
from evaluation.states import Outcome, VerdictValue

REASONS = {INCOMPLETE: gettext_lazy("점수 미완"), Outcome.WITHDRAWN: Outcome.WITHDRAWN.label}

MARKS: Mapping[str, str] = {VerdictValue.PASSED: "✓", VerdictValue.FAILED: "✕"}


@dataclass(frozen=True)
class Column:
    """A criterion as a column: how deep it stands in the tree, and whether it adds up others."""

    code: str
    name: str
    points: Decimal
    depth: int
    parent: bool


@dataclass(frozen=True)
class Bar:
    """A team's bar: parts as (criterion, points, from, width) in hundredths of the full marks; a mark for each gate."""

    team: str
    gates: Sequence[Any]
    total: str
    parts: Sequence[tuple[str, str, str, str]]
    cut_before: bool
    outcome: Any


def columns_of(criteria: Sequence[Criterion]) -> list[Column]:
    """The criteria as a tree laid flat: each under its parent, in the round's order."""
    parents = {each.parent_id for each in criteria}
    return [
        Column(each.code, each.name, each.points, depth, each.pk in parents) for each, depth in from_the_top(criteria)
    ]


def rows_of(board: Board, round: Round, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The rows as the table shows them; `cut_before` marks the first that has no seat."""
    gates = {gate.code: gate.name for gate in round.gates.all()}
    cut = _cut(board, round)
    rows: list[dict[str, Any]] = []
    for place, row in enumerate(board.rows):
        rows.append(
            {
                "rank": row.rank,
                "entry": row.entry,
                "team": row.name,
                "total": row.total,
                "total_url": reverse("admin:evaluation_entry_total", args=[row.entry]),
                "cells": [(each, row.scores.get(each.code), _figure(row.entry, each.code)) for each in columns],
                "gates": [(gates[gate], verdict_badge(verdict)) for gate, verdict in row.gates.items()],
                "outcome": outcome_badge(row),
                "advanced": row.outcome == Outcome.ADVANCED,
                "cut_before": place == cut,
            }
        )
    return rows


def means_of(board: Board, columns: Sequence[Column]) -> list[str | None]:
    """The means in the columns' order."""
    return [board.means.get(column.code) for column in columns]


def bars_of(board: Board, round: Round, columns: Sequence[Column]) -> list[Bar]:
    """A bar for each team that has a total, of the criteria at the top of the tree."""
    top = [column for column in columns if column.depth == 0]
    full = added([column.points for column in top])
    gates = {gate.code: gate.name for gate in round.gates.all()}
    cut = _cut(board, round)
    return [
        Bar(row.name, _gate_marks(row, gates), row.total, _parts(row, top, full), place == cut, outcome_badge(row))
        for place, row in enumerate(board.rows)
        if row.total is not None
    ]


def _gate_marks(row: BoardRow, gates: Mapping[str, str]) -> list[Any]:
    return [badge(verdict, f"{MARKS.get(verdict or '', '–')} {gates[code]}") for code, verdict in row.gates.items()]


def _parts(row: BoardRow, top: Sequence[Column], full: Decimal) -> list[tuple[str, str, str, str]]:
    parts, at = [], Decimal(0)
    for column in top:
        points = Decimal(row.scores.get(column.code) or 0)
        parts.append((column.name, str(points), f"{at / full * 100:.3f}", f"{points / full * 100:.3f}"))
        at += points
    return parts


def total_mean(board: Board) -> str | None:
    """The mean of the totals."""
    return board.means.get(TOTAL)


def _cut(board: Board, round: Round) -> int | None:
    """The place of the first row beyond the seats; None where no ranked team stands beyond them."""
    beyond = (place for place, row in enumerate(board.rows) if row.rank is not None and row.rank > round.seats)
    return next(beyond, None)


def _figure(entry: int, code: str) -> str:
    return reverse("admin:evaluation_entry_figure", args=[entry, code])


def verdict_badge(verdict: str | None) -> Any:
    """A verdict as a badge."""
    return badge(verdict, VerdictValue(verdict).label if verdict else _("판정 전"))


def outcome_badge(row: BoardRow) -> Any:
    """A row's outcome as a badge; without one, why there is none."""
    if row.outcome is not None:
        return badge(row.outcome, Outcome(row.outcome).label)
    return badge("", REASONS.get(row.reason, _("미정")))
