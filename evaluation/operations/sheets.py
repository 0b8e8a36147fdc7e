"""Experts' score sheets."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from evaluation.models import Criterion, Entry, Mark, Round, Sheet, SheetDraft
from evaluation.operations.inputs import (
    hold_entry,
    hold_of,
    hold_panelist,
    mark_stale,
    require_scoring,
    require_within_bounds,
)
from evaluation.operations.marking import marks_of, require_whole, require_within_points
from evaluation.policies import require_no_conflict, require_panelist
from evaluation.queries.sheets import newest_sheet
from evaluation.rules.digests import sheet_digest
from evaluation.states import Aggregate, ScaleKind
from evaluation.verbs import SUBMIT_SHEET


@operation(SUBMIT_SHEET, often=True)
def submit_sheet(
    entry: Entry,
    *,
    person: Account,
    points: Mapping[Criterion, Decimal] | None,
    comment: str = "",
    actor: Actor,
    now: datetime,
) -> Sheet:
    """Hand in an expert's marks for a team: one for every criterion that is scored by sheets. Final once submitted.

    Without `points` (None) the draft is handed in as it stands, whichever device saved it last; where a sheet stands
    already, that one is returned.

    Refused: `not_entitled` for somebody else's sheet or off the panel, `conflict_of_interest`, `incomplete` where a
    criterion lacks its mark, `unknown` for one that the round's sheets do not score, `out_of_range` where a mark or the
    result that follows lies beyond 0 to the criterion's points, `duplicate` where a sheet stands that differs. The same
    sheet again is returned. A draft is taken away.
    """
    round = hold_of(entry)
    require_panelist(hold_panelist(round, person), person, actor)
    require_no_conflict(round, person, entry.team, now)
    require_scoring(round, entry)
    standing = newest_sheet(entry, person)
    if points is None:
        if standing is not None:
            return standing
        points, comment = _drafted(round, entry, person)
    points = require_whole(entry, points)
    require_within_points(points)
    if standing is not None:
        if standing.comment == comment and _marks(standing) == {key.pk: mark for key, mark in points.items()}:
            return standing
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("{entry}의 평가표는 이미 제출되었습니다."), entry=entry),
            person=person.username,
        )
    _require_result_within_bounds(entry, points)
    digest = sheet_digest({key.code: mark for key, mark in points.items()})
    sheet = Sheet.objects.create(entry=entry, account=person, comment=comment, digest=digest, at=now)
    Mark.objects.bulk_create(Mark(sheet=sheet, criterion=key, points=mark) for key, mark in points.items())
    SheetDraft.objects.filter(entry=entry, account=person).delete()
    mark_stale(round, now, entry, points)
    record(SUBMIT_SHEET, entry, at=now, points={key.code: mark for key, mark in points.items()})
    return sheet


def _drafted(round: Round, entry: Entry, person: Account) -> tuple[Mapping[Criterion, Decimal], str]:
    draft = SheetDraft.objects.filter(entry=entry, account=person).first()
    return (marks_of(round, draft.points), draft.comment) if draft else ({}, "")


def _require_result_within_bounds(entry: Entry, points: Mapping[Criterion, Decimal]) -> None:
    """Marks within their bounds may still come to too much, where they are added up or scaled.

    There, and only there, one expert waits for another.
    """
    together = [key for key in points if key.aggregate == Aggregate.SUM or key.scale != ScaleKind.POINTS]
    if not together:
        return
    hold_entry(entry)
    counted = Mark.objects.filter(sheet__entry=entry, sheet__exclusion__isnull=True)
    standing: dict[int, list[Decimal]] = defaultdict(list)
    for criterion_id, mark in counted.values_list("criterion_id", "points"):
        standing[criterion_id].append(mark)
    for criterion in together:
        require_within_bounds(entry, criterion, [*standing[criterion.pk], points[criterion]])


def _marks(sheet: Sheet) -> dict[int, Decimal]:
    return dict(sheet.marks.values_list("criterion_id", "points"))
