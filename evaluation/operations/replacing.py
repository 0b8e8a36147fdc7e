"""Putting a handed-in sheet right while the round is being scored; after the announcement it is a correction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Round, Sheet
from evaluation.operations.corrections import require_results_within_bounds
from evaluation.operations.inputs import mark_stale, require_scoring
from evaluation.operations.sheet_changes import replaced_sheet
from evaluation.policies import bar_panelists
from evaluation.queries.lookup import leaves_of
from evaluation.states import Source
from evaluation.verbs import REPLACE_SHEET


def _held(pk: int) -> Sheet:
    Round.objects.alone(Sheet.objects.values_list("entry__round_id", flat=True).get(pk=pk))
    return Sheet.objects.select_related("entry__round__programme", "entry__team", "account").get(pk=pk)


def _ground(sheet: Sheet, **__: object) -> list[object]:
    """The decision stands on the sheet as it counts now, and on the points that its criteria carry."""
    marks = sheet.marks.order_by("criterion__position").values_list("criterion__code", "points", "criterion__points")
    return [hasattr(sheet, "exclusion"), sheet.comment, [list(each) for each in marks]]


def _barred(sheet: Sheet, *, points: Mapping[str, str], actor: Actor, **__: Any) -> None:
    leaves_of(sheet.entry.round, points, Source.SHEETS)
    bar_panelists(sheet.entry.round, actor=actor)


@decided(REPLACE_SHEET, Sheet, relies_on=_ground, barred=_barred, held=_held)
def replace_sheet(
    sheet: Sheet,
    *,
    points: Mapping[str, str],
    comment: str | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Sheet:
    """Supersede an expert's sheet by one in which these marks (criterion -> figure as text) are put right.

    The old sheet stays, and counts no more. Refused: `unknown` criterion, `conflict_of_interest` where the expert has
    one by now, `wrong_state` for a sheet that does not count any more or a team that has withdrawn, `locked` once
    announced (a correction may), `incomplete` without a reason or anything to put right, `out_of_range` for a mark or a
    result beyond its bounds.
    """
    sheet = _held(sheet.pk)
    round = sheet.entry.round
    if hasattr(sheet, "exclusion"):
        raise Refused(Code.WRONG_STATE, _("제외되었거나 이미 정정된 평가표입니다."), sheet=sheet.pk)
    require_scoring(round, sheet.entry)
    reason = stated(reason, _("사유"))
    person = sheet.account.username.removeprefix(f"{round.programme.code}.")
    item = {"person": person, "team": sheet.entry.team.code, "points": points}
    change = replaced_sheet(round, item if comment is None else item | {"comment": comment})
    made: Sheet = change.write(reason, actor, now)  # type: ignore[assignment]
    require_results_within_bounds([change])
    mark_stale(round, now)
    record(REPLACE_SHEET, sheet.entry, at=now, sheet=made.pk, supersedes=sheet.pk)
    return made
