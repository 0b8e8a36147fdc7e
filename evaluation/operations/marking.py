"""What the marks of a sheet must be, whoever writes them down and whether they are handed in or only kept."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from core.points import figure
from core.wording import joined_lazily
from evaluation.models import Criterion, Entry, Round
from evaluation.queries.lookup import leaves_of, not_scored_by
from evaluation.states import Source


def marks_of(round: Round, points: Mapping[str, object]) -> dict[Criterion, Decimal]:
    """Marks by the codes of their criteria, read from text.

    `unknown` for a criterion that is not scored by sheets, `out_of_range` naming the criterion for what is no figure.
    """
    leaves = leaves_of(round, points, Source.SHEETS)
    marks = {}
    for code, text in points.items():
        mark = figure(text)
        if mark is None:
            raise Refused(
                Code.OUT_OF_RANGE,
                format_lazy(_("{leaves}: 숫자가 아닙니다: {text}"), leaves=leaves[code], text=str(text)[:40]),
                criterion=leaves[code].code,
            )
        marks[leaves[code]] = mark
    return marks


def require_whole(entry: Entry, points: Mapping[Criterion, Decimal]) -> dict[Criterion, Decimal]:
    """The marks of a sheet by their criteria read anew, since another version of these may be in force by now.

    Refuse with `unknown` a mark for what the round's sheets do not score, with `incomplete` a sheet that lacks one.
    """
    scored = {leaf.pk: leaf for leaf in Criterion.objects.filter(round_id=entry.round_id, source=Source.SHEETS)}
    for criterion in points:
        if criterion.pk not in scored:
            raise not_scored_by(criterion, Source.SHEETS)
    lacking = [criterion for criterion in scored.values() if criterion not in points]
    if lacking or not points:
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("점수가 빠진 항목이 있습니다: {lacking}"), lacking=joined_lazily(lacking)),
            criteria=[criterion.name_ko for criterion in lacking],
        )
    return {scored[criterion.pk]: mark for criterion, mark in points.items()}


def require_within_points(points: Mapping[Criterion, Decimal]) -> None:
    """Refuse with `out_of_range` a mark beyond 0 to its criterion's points."""
    for criterion, mark in points.items():
        if not 0 <= mark <= criterion.points:
            raise Refused(
                Code.OUT_OF_RANGE,
                format_lazy(
                    _("{criterion}: 0점에서 {points}점 사이로 적어야 합니다."),
                    criterion=criterion,
                    points=criterion.points,
                ),
                criterion=criterion.code,
            )
