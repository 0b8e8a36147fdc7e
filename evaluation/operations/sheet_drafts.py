"""Keeping what an expert has written down so far, until the sheet is handed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from evaluation.models import Entry, Sheet, SheetDraft
from evaluation.operations.inputs import hold_of, hold_panelist, require_scoring
from evaluation.operations.marking import marks_of, require_within_points
from evaluation.policies import require_no_conflict, require_panelist
from evaluation.verbs import SAVE_SHEET_DRAFT


@operation(SAVE_SHEET_DRAFT, often=True)
def save_sheet_draft(
    entry: Entry,
    *,
    person: Account,
    points: Mapping[str, str],
    comment: str = "",
    follows: Sequence[datetime | None] = (),
    actor: Actor,
    now: datetime,
) -> SheetDraft:
    """Keep an expert's marks for a team (criterion -> figure as text), as many as there are: the draft is these alone.

    An empty text is no mark yet. It may be saved as often as somebody types: the same again changes nothing, and only
    the first leaves a line in the record, without figures. Nothing follows from a draft.

    `follows` names the draft from which one went on by the time it was saved (None: there was none); where another
    stands by now, another device has saved it, and other marks are not written over it. Empty: whatever stands.

    Refused: `unknown` for a criterion that is not scored by sheets, `not_entitled` for somebody else's or off the
    panel, `conflict_of_interest`, `wrong_state` and `locked` as for a sheet, `out_of_range` naming the criterion for
    what is no figure or lies beyond its points, `duplicate` once the sheet has been handed in; `still_pending` with
    the time `kept_at` where another device has saved other marks.
    """
    round = hold_of(entry)
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
    stands = draft.saved_at if draft else None
    if draft and follows and stands not in follows and (draft.points, draft.comment) != (kept, comment):
        raise Refused(
            Code.STILL_PENDING,
            _("그사이에 다른 기기에서 이 평가표를 고쳐 저장했습니다."),
            kept_at=stands,
        )
    if draft is None:
        draft = SheetDraft.objects.create(entry=entry, account=person, points=kept, comment=comment, saved_at=now)
        record(SAVE_SHEET_DRAFT, entry, at=now)
    elif (draft.points, draft.comment) != (kept, comment):
        draft.points, draft.comment, draft.saved_at = kept, comment, now
        draft.save(update_fields=["points", "comment", "saved_at"])
    return draft
