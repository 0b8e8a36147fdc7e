"""How far the panel is with its sheets: who has handed in what, and of whom something is still awaited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Account
from evaluation.models import Entry, Round, Sheet
from evaluation.policies import Conflict, conflicts
from evaluation.queries.judged import IN_NUMBER_ORDER
from evaluation.queries.rules import takes
from evaluation.states import RoundState, Source

MOST_CELLS = 2_000
"""A table beyond this is too large to be read, and slow to be sent."""


class SheetState(models.TextChoices):
    """What an expert's sheet for a team is to those who wait for it. What is only kept so far is his own matter."""

    SUBMITTED = "submitted", _("제출")
    EXCLUDED = "excluded", _("제외")
    CONFLICT = "conflict", _("이해관계")
    UNKNOWN = "unknown", _("확인 필요")
    AWAITED = "awaited", _("제출 대기")
    MISSING = "missing", _("미제출")
    NONE = "none", _("철회")


@dataclass(frozen=True)
class Cell:
    """One expert and one team; the sheet where there is one."""

    entry: Entry
    state: SheetState
    sheet: Sheet | None


@dataclass(frozen=True)
class Line:
    """One expert's sheets, in the order of entries."""

    person: Account
    cells: Sequence[Cell]

    @property
    def account_id(self) -> int:
        """Whose line it is."""
        return self.person.pk

    @property
    def submitted(self) -> int:
        """Sheets that count."""
        return sum(cell.state is SheetState.SUBMITTED for cell in self.cells)

    @property
    def due(self) -> int:
        """Sheets that count, and those that are to come: not where there is a conflict, or the team has withdrawn."""
        return self.submitted + sum(cell.state in _TO_COME for cell in self.cells)


_TO_COME = {SheetState.AWAITED, SheetState.UNKNOWN}


@dataclass(frozen=True)
class SheetProgress:
    """The whole panel; `counted` are the sheets that count for each entry, in their order."""

    entries: Sequence[Entry]
    lines: Sequence[Line]
    counted: Sequence[int]

    @property
    def shown_whole(self) -> bool:
        """Whether every cell is shown; beyond `MOST_CELLS` only each expert's numbers are."""
        return len(self.lines) * len(self.entries) <= MOST_CELLS

    @property
    def submitted(self) -> int:
        """Sheets that count, of all experts."""
        return sum(line.submitted for line in self.lines)

    @property
    def due(self) -> int:
        """Sheets that count or are to come, of all experts."""
        return sum(line.due for line in self.lines)


def sheets_awaited(round: Round) -> bool:
    """Whether the panel fills in sheets for the round, and has begun."""
    return round.state != RoundState.DRAFT and takes(round, Source.SHEETS)


def sheet_progress(round: Round, entries: Sequence[Entry], now: datetime) -> SheetProgress | None:
    """Every expert and each of the round's entries (with their teams); None where no sheet is asked for, or yet.

    Six queries whatever the round's size. Nothing is awaited any more once the result is announced.
    """
    if not sheets_awaited(round):
        return None
    people = list(Account.objects.filter(panels__round=round).order_by(*IN_NUMBER_ORDER))
    rows = Sheet.objects.filter(entry__round=round).select_related("exclusion").order_by("pk")
    sheets = {(sheet.account_id, sheet.entry_id): sheet for sheet in rows}
    known = conflicts(round, [person.pk for person in people], [entry.team_id for entry in entries], now)
    lines = [
        Line(
            person,
            [
                _cell(round, entry, sheets.get((person.pk, entry.pk)), known[person.pk, entry.team_id])
                for entry in entries
            ],
        )
        for person in people
    ]
    counted = [sum(line.cells[place].state is SheetState.SUBMITTED for line in lines) for place in range(len(entries))]
    return SheetProgress(entries, lines, counted)


def _cell(round: Round, entry: Entry, sheet: Sheet | None, found: Conflict) -> Cell:
    if sheet is not None:
        excluded = getattr(sheet, "exclusion", None) is not None
        return Cell(entry, SheetState.EXCLUDED if excluded else SheetState.SUBMITTED, sheet)
    if entry.withdrawn_at is not None:
        return Cell(entry, SheetState.NONE, None)
    state = _WITHOUT_SHEET[found]
    over = round.state != RoundState.SCORING and state in _TO_COME
    return Cell(entry, SheetState.MISSING if over else state, None)


_WITHOUT_SHEET = {
    Conflict.NONE: SheetState.AWAITED,
    Conflict.CONFLICT: SheetState.CONFLICT,
    Conflict.UNKNOWN: SheetState.UNKNOWN,
}
