"""An expert's own sheet for a team: handed in, kept, or not begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

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


def newest_sheet(entry: Entry, person: Account) -> Sheet | None:
    """What the person has handed in for the team: the newest, where it was put right."""
    return Sheet.objects.filter(entry=entry, account=person).order_by("-pk").first()


def own_sheet(entry: Entry, person: Account) -> OwnSheet:
    """What the person has handed in for the team; else what he has kept."""
    sheet = newest_sheet(entry, person)
    if sheet is not None:
        marks = sheet.marks.order_by("criterion__position").values_list("criterion__code", "points")
        return OwnSheet(SUBMITTED, {code: f"{points:f}" for code, points in marks}, sheet.comment, sheet.at)
    draft = SheetDraft.objects.filter(entry=entry, account=person).first()
    return kept(draft) if draft is not None else OwnSheet(NONE, {})


def kept(draft: SheetDraft) -> OwnSheet:
    """The sheet that a draft is."""
    return OwnSheet(DRAFT, draft.points, draft.comment, draft.saved_at)


def scored_by_sheets(round_id: int) -> QuerySet[Criterion]:
    """The criteria of a round that a sheet has a mark for, in their order."""
    rows = Criterion.objects.filter(round=round_id, source=Source.SHEETS)
    return rows.select_related("parent").order_by("position")
