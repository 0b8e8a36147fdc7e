"""The robustness of a result, as its page shows it: names for codes, and widths for drawings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.admin.columns import badge
from core.names import name_field
from core.points import exact, round_half_up
from evaluation.admin.differences import full_marks_of
from evaluation.models import Round, SheetNote
from evaluation.queries.judged import evaluator_names
from evaluation.queries.robustness import DRAWS, Agreement, Robustness, notes_on, sheets_at
from evaluation.rules.raters import FAR, LEAST_SHEETS, Outlier, Rater
from evaluation.rules.resampling import RankInterval
from evaluation.rules.robustness import LeftOut

MOST_ROWS = 100
RELIABLE, TENTATIVE = Fraction("0.8"), Fraction("0.667")
"""K. Krippendorff, "Content Analysis" (2004), p. 241: rely on 0.800 and more, draw tentative conclusions from 0.667."""


@dataclass(frozen=True)
class _Names:
    teams: Mapping[str, str]
    people: Mapping[str, str]
    criteria: Mapping[str, str]

    def person(self, code: str) -> str:
        return self.people.get(code, code)


def robustness_shown(round: Round, found: Robustness) -> dict[str, Any]:
    """What the page shows; of long lists the first rows, and how many there are."""
    names = _Names(
        dict(round.entries.values_list("team__code", name_field("team__"))),
        evaluator_names(round),
        dict(round.criteria.values_list("code", name_field())),
    )
    last = len(found.ranks)
    notes = notes_on(round)
    shown = list((found.outliers or ())[:MOST_ROWS])
    sheets = sheets_at(round, shown)
    return {
        "found": found,
        "fewer_draws": found.draws < DRAWS,
        "margin": _margin(round, found, names),
        "seat_line": _hundredths(Fraction(min(round.seats, last), last)) if last else "0",
        "intervals": [
            _interval(names.teams[team], found.ranks[team], each, last)
            for team, each in sorted((found.intervals or {}).items(), key=lambda one: found.ranks[one[0]])
        ],
        "left_out": [_left_out(round, each, names) for each in (found.left_out or ())],
        "raters": _raters(found.raters or (), names),
        "agreements": [_agreement(each, names) for each in (found.agreements or ())],
        "outliers": [_outlier(each, names, sheets[each.team, each.person], notes) for each in shown],
        "more_outliers": len(found.outliers or ()) - len(shown),
        "notes": _apart(notes, {sheet.pk for sheet in sheets.values()}),
        "far": str(round_half_up(FAR, 1)),
        "least_sheets": LEAST_SHEETS,
    }


def _margin(round: Round, found: Robustness, names: _Names) -> dict[str, Any] | None:
    if found.margin is None:
        return None
    within, beyond = found.margin.within, found.margin.beyond
    full = full_marks_of(round)
    return {
        "within": names.teams[within],
        "beyond": names.teams[beyond],
        "points": str(found.margin.points),
        "tied": found.margin.tied,
        "bars": [
            (names.teams[team], str(found.totals[team]), _hundredths(exact(found.totals[team]) / exact(full)))
            for team in (within, beyond)
        ],
    }


def _interval(name: str, rank: int, each: RankInterval, last: int) -> dict[str, Any]:
    return {
        "team": name,
        "rank": rank,
        "least": each.least,
        "most": each.most,
        "within": str(round_half_up(100 * each.within, 1)),
        "x": _hundredths(Fraction(each.least - 1, last)),
        "width": _hundredths(Fraction(each.most - each.least + 1, last)),
        "at": _hundredths(Fraction(2 * rank - 1, 2 * last)),
    }


def _left_out(round: Round, each: LeftOut, names: _Names) -> dict[str, Any]:
    moved = [
        f"{names.teams[team]} {before} → {after if after is not None else '—'}"
        for team, (before, after) in each.moved.items()
    ]
    return {
        "person": names.person(each.evaluator),
        "url": f"{reverse('admin:evaluation_round_suppose', args=[round.pk])}?{urlencode({'without': each.evaluator})}",
        "moved": moved[:MOST_ROWS],
        "more": max(0, len(moved) - MOST_ROWS),
        "in": ", ".join(names.teams[team] for team in each.in_),
        "out": ", ".join(names.teams[team] for team in each.out),
    }


def _raters(found: Sequence[Rater], names: _Names) -> list[dict[str, Any]]:
    """Bars from the middle, to the right for who marks higher than the others, all on one scale."""
    most = max((abs(exact(each.severity)) for each in found if each.severity is not None), default=Fraction(0))
    rows = []
    for each in found:
        part = exact(each.severity or Decimal(0)) / most / 2 if most else Fraction(0)
        rows.append(
            {
                "person": names.person(each.person),
                "rater": each,
                "severity": "—" if each.severity is None else f"{each.severity:+}",
                "x": _hundredths(Fraction(1, 2) + min(part, Fraction(0))),
                "width": _hundredths(abs(part)),
                "above": part > 0,
            }
        )
    return rows


def _agreement(each: Agreement, names: _Names) -> dict[str, Any]:
    if each.alpha is None:
        told = badge("", _("견줄 차이가 없음"))
    elif each.alpha >= RELIABLE:
        told = badge("passed", _("믿을 만함"))
    else:
        told = badge("scoring", _("잠정적")) if each.alpha >= TENTATIVE else badge("failed", _("낮음"))
    return {
        "name": names.criteria[each.criterion],
        "teams": each.teams,
        "alpha": "—" if each.alpha is None else str(round_half_up(each.alpha, 3)),
        "width": _hundredths(max(Fraction(0), each.alpha or Fraction(0))),
        "told": told,
    }


def _outlier(each: Outlier, names: _Names, sheet: Any, notes: Sequence[SheetNote]) -> dict[str, Any]:
    return {
        "team": names.teams[each.team],
        "person": names.person(each.person),
        "outlier": each,
        "score": f"{each.score:+}",
        "sheet": reverse("admin:evaluation_sheet_change", args=[sheet.pk]),
        "note": reverse("admin:evaluation_sheet_note_sheet", args=[sheet.pk]),
        "notes": [note for note in notes if note.sheet_id == sheet.pk],
    }


def _apart(notes: Sequence[SheetNote], shown: set[int]) -> list[SheetNote]:
    """Notes on sheets that no longer stand out, or no longer count: what was noted stays to be read."""
    return [note for note in notes if note.sheet_id not in shown]


def _hundredths(part: Fraction) -> str:
    return str(round_half_up(part * 100, 3))
