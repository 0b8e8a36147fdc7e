"""Keeping what an expert has written down so far, until the sheet is handed in."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from evaluation.models import Entry, Sheet, SheetDraft
from evaluation.operations.inputs import hold, hold_panelist, require_scoring
from evaluation.operations.marking import marks_of, require_within_points
from evaluation.policies import require_no_conflict, require_panelist
from evaluation.verbs import SAVE_SHEET_DRAFT


@operation(SAVE_SHEET_DRAFT)
def save_sheet_draft(
    entry: Entry,
    *,
    person: Account,
    points: Mapping[str, str],
    comment: str = "",
    actor: Actor,
    now: datetime,
) -> SheetDraft:
    """Keep an expert's marks for a team (criterion -> figure as text), as many as there are: the draft is these alone.

    An empty text is no mark yet. It may be saved as often as somebody types: the same again changes nothing, and only
    the first leaves a line in the record, without figures. Nothing follows from a draft.

    Refused: `unknown` for a criterion that is not scored by sheets, `not_entitled` for somebody else's or off the
    panel, `conflict_of_interest`, `wrong_state` and `locked` as for a sheet, `out_of_range` naming the criterion for
    what is no figure or lies beyond its points, `duplicate` once the sheet has been handed in.
    """
    round = hold(entry.round_id)
    panelist = hold_panelist(round, person)
    marks = marks_of(round, {code: text for code, text in points.items() if text != ""})
    require_panelist(panelist, person, actor)
    require_no_conflict(round, person, entry.team, now)
    require_scoring(round, entry)
    require_within_points(marks)
    if Sheet.objects.filter(entry=entry, account=person).exists():
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("{entry}의 평가표는 이미 제출되었습니다."), entry=entry),
            person=person.username,
        )
    kept = {criterion.code: f"{mark:f}" for criterion, mark in marks.items()}
    draft = SheetDraft.objects.filter(entry=entry, account=person).first()
    if draft is None:
        draft = SheetDraft.objects.create(entry=entry, account=person, points=kept, comment=comment, saved_at=now)
        record(SAVE_SHEET_DRAFT, entry, at=now)
    elif (draft.points, draft.comment) != (kept, comment):
        draft.points, draft.comment, draft.saved_at = kept, comment, now
        draft.save(update_fields=["points", "comment", "saved_at"])
    return draft
