"""An expert's own sheet for a team: handed in, kept, or not begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.models import Account
from evaluation.models import Criterion, Entry, Sheet, SheetDraft
from evaluation.states import Source

NONE, DRAFT, SUBMITTED = "none", "draft", "submitted"


@dataclass(frozen=True)
class OwnSheet:
    """`points` are figures as text by the criterion's code; `at` is when it was kept or handed in."""

    state: str
    points: Mapping[str, str]
    comment: str = ""
    at: datetime | None = None


def own_sheet(entry: Entry, person: Account) -> OwnSheet:
    """What the person has handed in for the team (the newest, where it was put right); else what he has kept."""
    sheet = Sheet.objects.filter(entry=entry, account=person).order_by("-pk").first()
    if sheet is not None:
        marks = sheet.marks.order_by("criterion__position").values_list("criterion__code", "points")
        return OwnSheet(SUBMITTED, {code: str(points) for code, points in marks}, sheet.comment, sheet.at)
    draft = SheetDraft.objects.filter(entry=entry, account=person).first()
    if draft is not None:
        return OwnSheet(DRAFT, draft.points, draft.comment, draft.saved_at)
    return OwnSheet(NONE, {})


def scored_by_sheets(entry: Entry) -> list[Criterion]:
    """The criteria that a sheet for the entry has a mark for."""
    return list(Criterion.objects.filter(round=entry.round_id, source=Source.SHEETS).order_by("position"))
