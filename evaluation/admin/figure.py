"""A figure opened down to the marks it came from: what was aggregated, scaled and rounded, step by step."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.points import exact, round_half_up
from evaluation.models import Criterion, Entry
from evaluation.queries.explain import AT_ONCE, spread_of, values_of
from evaluation.queries.standings import Computed, as_text
from evaluation.rules.criterion import Criterion as Rule
from evaluation.rules.criterion import least_values
from evaluation.rules.scales import Linear, MinMax, ShareOfBest, ShareOfTarget, Spread
from evaluation.rules.scores import Cell

PLACES = 6
"""Places of a decimal that goes on: enough to see how it rounds."""


@dataclass(frozen=True)
class Step:
    """One step of the arithmetic: its name, in words, and the figure that comes of it."""

    name: str
    words: str
    figure: str


def figure_of(entry: Entry, computed: Computed, code: str | None, page: int) -> dict[str, Any]:
    """What stands behind an entry's score in a criterion, or its total where `code` is None; 404 for an unknown one."""
    criteria = {each.code: each for each in entry.round.criteria.select_related("parent")}
    if code is not None and code not in criteria:
        raise Http404
    row = next(each for each in computed.standings.rows if each.team == entry.team.code)
    criterion = criteria[code] if code is not None else None
    below = [each for each in criteria.values() if each.parent == criterion]
    shown: dict[str, Any] = {
        "criterion": criterion,
        "points": as_text(row.total if criterion is None else row.scores[criterion.code]),
        "path": _path(entry, criterion),
        "below": [
            (each, as_text(row.scores[each.code]), reverse("admin:evaluation_entry_figure", args=[entry.pk, each.code]))
            for each in below
        ],
        "reason": row.reason,
    }
    if criterion is not None and not below:
        rule = next(each for each in computed.rules.criteria if each.code == criterion.code)
        cell = row.cells[criterion.code]
        among = spread_of(computed, criterion.code)
        shown.update(
            cell=cell,
            steps=steps_of(criterion, rule, cell, entry, among),
            values=values_of(entry, criterion, page),
            pages=range(1, 1 + -(-cell.count // AT_ONCE)) if cell.count > AT_ONCE else (),
            page_number=page,
            needed=least_values(rule),
        )
    return shown


def _path(entry: Entry, criterion: Criterion | None) -> list[tuple[str, str]]:
    """The way up, the round first: (name, address)."""
    above: list[tuple[str, str]] = []
    each = criterion.parent if criterion is not None else None
    while each is not None:
        above.insert(0, (each.name_ko, reverse("admin:evaluation_entry_figure", args=[entry.pk, each.code])))
        each = each.parent
    return [
        (str(entry.round), reverse("admin:evaluation_round_change", args=[entry.round_id])),
        (str(entry), reverse("admin:evaluation_entry_total", args=[entry.pk])),
        *above,
    ]


def steps_of(criterion: Criterion, rule: Rule, cell: Cell, entry: Entry, among: Spread | None) -> list[Step]:
    """From the values to the points; empty while there are too few values."""
    if cell.aggregate is None or cell.scaled is None or cell.points is None or among is None:
        return []
    aggregated = _("값 %(count)s개의 %(aggregate)s") % {
        "count": cell.count,
        "aggregate": criterion.get_aggregate_display(),
    }
    rounded = _("소수 %(places)s자리까지 한 번만 반올림(0.5는 올림)") % {"places": rule.places}
    return [
        Step(_("집계"), aggregated, number(cell.aggregate)),
        Step(_("환산"), _scale_in_words(rule, cell.aggregate, entry.team.code, among), number(cell.scaled)),
        Step(_("반올림"), rounded, str(cell.points)),
    ]


def _scale_in_words(rule: Rule, aggregate: Fraction, team: str, among: Spread) -> str:
    value, full = number(aggregate), str(rule.points)
    match rule.scale:
        case Linear(factor):
            return _("비례 환산: %(value)s × %(factor)s") % {"value": value, "factor": factor}
        case ShareOfBest():
            return _("최고값 대비: 배점 %(full)s × %(value)s ÷ 최고값 %(best)s") % {
                "full": full,
                "value": value,
                "best": number(among.best),
            }
        case ShareOfTarget(targets):
            return _("목표값 대비: 배점 %(full)s × %(value)s ÷ 목표값 %(target)s, 배점까지만") % {
                "full": full,
                "value": value,
                "target": targets[team],
            }
        case MinMax():
            return _("최저·최고 사이: 배점 %(full)s × (%(value)s − 최저 %(least)s) ÷ (최고 %(best)s − 최저)") % {
                "full": full,
                "value": value,
                "least": number(among.least),
                "best": number(among.best),
            }
    return _("점수 그대로: %(value)s") % {"value": value}


def number(value: Fraction) -> str:
    """A fraction exactly: as a decimal where it ends, else as a fraction with the decimal that it is near."""
    if value.denominator == 1:
        return str(value.numerator)
    near = round_half_up(value, PLACES)
    if exact(near) == value:
        ending = f"{near.normalize():f}"
        return f"{value.numerator}/{value.denominator} = {ending}"
    return f"{value.numerator}/{value.denominator} ≈ {near}"
