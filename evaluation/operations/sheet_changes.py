"""A handed-in sheet put right: a new one that supersedes it, decided by two officials. The old one stays."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from evaluation.models import Criterion, Mark, Round, Sheet, SheetExclusion
from evaluation.operations.changes import Change, Item
from evaluation.operations.marking import marks_of, require_within_points
from evaluation.policies import require_no_conflict
from evaluation.queries.lookup import entry_of, leaves_of
from evaluation.rules.digests import sheet_digest
from evaluation.states import Source


def replaced_sheet(round: Round, item: Item) -> Change:
    """`{person, team, points: {criterion: figure as text}}`, and a `comment` where that is put right as well.

    `points` are the marks that are put right; the others are taken over. `unknown` for names that do not exist, or
    where no sheet of the person counts for the team. When it is written: `conflict_of_interest`, `incomplete` where
    nothing is put right, `out_of_range` for a mark beyond its criterion's points.
    """
    entry, person = entry_of(round, item["team"]), item["person"]
    counted = Sheet.objects.filter(
        entry=entry, account__username=f"{round.programme.code}.{person}", exclusion__isnull=True
    )
    if not counted.exists():
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("반영되는 평가표가 없습니다: {person} · {entry}"), person=person, entry=entry),
            name=person,
        )
    leaves = list(leaves_of(round, item["points"], Source.SHEETS).values())

    def write(reason: str, actor: Actor, now: datetime) -> Sheet:
        old = counted.select_related("account").get()
        require_no_conflict(round, old.account, entry.team, now)
        marks = marks_of(round, item["points"])
        if not marks and item.get("comment", old.comment) == old.comment:
            raise Refused(Code.INCOMPLETE, _("정정할 것을 적어야 합니다."), field="points")
        require_within_points(marks)
        taken_over = {mark.criterion: mark.points for mark in old.marks.select_related("criterion")}
        comment = item.get("comment", old.comment)
        return _supersede(old, taken_over | marks, comment=comment, reason=reason, actor=actor, now=now)

    return Change(entry, write, leaves)


def _supersede(
    old: Sheet, marks: Mapping[Criterion, Decimal], *, comment: str, reason: str, actor: Actor, now: datetime
) -> Sheet:
    """The old sheet is excluded, so that whatever reads marks reads the new one alone."""
    SheetExclusion.objects.create(sheet=old, reason=reason, by=actor.person(), at=now)
    new = Sheet.objects.create(
        entry=old.entry,
        account=old.account,
        comment=comment,
        digest=sheet_digest({criterion.code: points for criterion, points in marks.items()}),
        at=now,
        supersedes=old,
        decision_id=actor.decision_id(),
    )
    Mark.objects.bulk_create(Mark(sheet=new, criterion=criterion, points=points) for criterion, points in marks.items())
    return new
