"""Examining a result: how robust it is, what moved between two snapshots, and a note on a sheet that stands out."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation, reading
from core.text import stated
from evaluation.models import Round, Sheet, SheetNote
from evaluation.policies import bar_panelists
from evaluation.queries.between import Between, between
from evaluation.queries.judged import code_of, marks_given
from evaluation.queries.robustness import Robustness, robustness
from evaluation.queries.supposing import grounds
from evaluation.rules.judged import Judged
from evaluation.rules.raters import outliers, sheets_of
from evaluation.verbs import COMPARE_SNAPSHOTS, NOTE_SHEET, SEE_ROBUSTNESS


@reading(SEE_ROBUSTNESS)
def see_robustness(round: Round, *, seed: int, actor: Actor, now: datetime) -> Robustness:
    """How robust the result is, experts by name, and a line that says who looked.

    Refused with `conflict_of_interest` for somebody of the panel, who would see what the others have marked.
    """
    bar_panelists(round, actor=actor)
    found = robustness(grounds(round), seed=seed)
    record(SEE_ROBUSTNESS, round, at=now, seed=seed, draws=found.draws)
    return found


@operation(COMPARE_SNAPSHOTS)
def compare_snapshots(round: Round, *, before: int, after: int, actor: Actor, now: datetime) -> Between:
    """Two snapshots beside each other, and a line that says who looked; `unknown` where one of them is not there."""
    found = between(round, before, after)
    if found is None:
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("없는 순위표입니다: {before}, {after}"), before=before, after=after),
            before=before,
            after=after,
        )
    record(COMPARE_SNAPSHOTS, round, at=now, before=before, after=after)
    return found


@operation(NOTE_SHEET)
def note_sheet(sheet: Sheet, *, text: str, actor: Actor, now: datetime) -> SheetNote:
    """Note what was found out about a sheet that stands far from the others; it counts as before.

    The same words by the same person again are returned. Refused: `conflict_of_interest` for somebody of the panel,
    `incomplete` where nothing is said, `inadmissible` for a sheet that does not stand out.
    """
    round = Round.objects.shared(sheet.entry.round_id)
    bar_panelists(round, actor=actor)
    text = stated(text, _("메모"))
    standing = SheetNote.objects.filter(sheet=sheet, text=text, by=actor.person()).first()
    if standing is not None:
        return standing
    if not stands_out(sheet):
        raise Refused(Code.INADMISSIBLE, _("다른 평가표에서 크게 벗어난 평가표에만 메모를 남깁니다."), sheet=sheet.pk)
    note = SheetNote.objects.create(sheet=sheet, text=text, by=actor.person(), at=now)
    record(NOTE_SHEET, sheet, at=now, text=text)
    return note


def stands_out(sheet: Sheet) -> bool:
    """Whether the sheet is one of those that stand far from the others on the same team."""
    person = code_of(sheet.account.username)
    entries = [Judged(team, marks, {}, {}) for team, marks in marks_given(entry=sheet.entry).items()]
    return any(each.person == person for each in outliers(sheets_of(entries)))
