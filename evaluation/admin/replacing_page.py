"""A handed-in sheet put right while the round is being scored: what one official prepares and another approves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import on, refusal
from core.models import Decision
from evaluation.admin.entry_forms import LONGEST_COMMENT, with_points
from evaluation.admin.round_decisions import StandingsDecision
from evaluation.models import Mark, Round, Sheet
from evaluation.operations.inputs import require_scoring
from evaluation.operations.marks import see_experts
from evaluation.states import RoundState
from evaluation.verbs import REPLACE_SHEET


class ReplaceForm(OperationForm):
    """The sheet as it was handed in; what is left as it is, is taken over."""

    not_to_foresee = ("reason",)

    comment = fields.long_text(_("종합의견"), required=False, max_length=LONGEST_COMMENT)
    reason = fields.reason(_("사유"), help_text=_("앞의 평가표가 반영되지 않는 이유로 남습니다."))

    def choose(self) -> None:
        for mark in _marks(self.subject):
            leaf = mark.criterion
            said = _("0점에서 %(most)s점까지") % {"most": leaf.points}
            field = fields.number(with_points(leaf), most=leaf.points, help_text=said)
            field.initial = mark.points
            self.fields[f"points_{leaf.pk}"] = field
        self.fields["comment"].initial = self.subject.comment
        last = ("comment", "reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = {mark: given.get(f"points_{mark.criterion_id}") for mark in _marks(self.subject)}
        given["points"] = {
            mark.criterion.code: f"{points:f}"
            for mark, points in typed.items()
            if points is not None and points != mark.points
        }
        return given


@on(Sheet)
class ReplaceSheet(StandingsDecision):
    """Prepares that a sheet is superseded by one in which marks are put right."""

    verb = REPLACE_SHEET
    form_class = ReplaceForm
    brief_needs = ()
    icon = "edit_document"
    dangerous = True
    barred_word = _("이대로는 정정할 수 없습니다.")
    nothing_word = _("이 평가표를 정정해도 총점, 순위, 결과가 하나도 바뀌지 않습니다.")
    then_word = _("정정 후")

    @classmethod
    def round_of(cls, subject: Sheet) -> Round:
        return subject.entry.round

    def concerns(self, subject: Sheet) -> bool:
        return subject.entry.round.state == RoundState.SCORING and not hasattr(subject, "exclusion")

    def blocked(self, subject: Sheet, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject.entry.round, subject.entry)

    def arguments(self, subject: Sheet, given: Mapping[str, Any]) -> dict[str, Any]:
        comment = given["comment"]
        return {"points": given["points"]} | ({} if comment == subject.comment else {"comment": comment})

    @classmethod
    def in_words(cls, subject: Sheet, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        standing = {mark.criterion.code: mark for mark in _marks(subject)}
        changed = [
            (standing[code].criterion, f"{standing[code].points} → {points}")
            for code, points in arguments["points"].items()
            if code in standing
        ]
        comment = [(_("종합의견"), arguments["comment"] or "—")] if "comment" in arguments else []
        return [(_("평가위원"), subject.account), *changed, *comment]

    def beside(self, subject: Sheet, *, actor: Actor, now: datetime) -> str:
        """Nothing; but the form shows the marks as they were handed in, and reading them is recorded."""
        see_experts(subject, {"sheets": [subject]}, actor=actor, now=now)
        return ""

    @classmethod
    def in_brief(cls, subject: Sheet, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        """How much is put right: a list shows nobody marks."""
        return [(_("정정"), _("%(n)s건") % {"n": len(arguments["points"]) + ("comment" in arguments)})]

    @classmethod
    def foreseen(cls, decision: Decision, subject: Sheet, *, reader: Actor, now: datetime) -> str:
        """Marks stand in the decision's words, whatever has become of it: whoever reads it reads them."""
        see_experts(subject, {"sheets": [subject]}, actor=reader, now=now)
        return super().foreseen(decision, subject, reader=reader, now=now)

    @classmethod
    def beside_standings(cls, subject: Sheet, arguments: Mapping[str, Any]) -> str:
        marks = [(mark, arguments["points"].get(mark.criterion.code)) for mark in _marks(subject)]
        return render_to_string("panel/replaced_marks.html", {"marks": marks})

    @classmethod
    def consequences(cls, subject: Sheet, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("앞의 평가표는 이 사유로 제외되고 그대로 남습니다. 정정한 평가표가 대신 반영됩니다.")]


def _marks(sheet: Sheet) -> list[Mark]:
    return list(sheet.marks.select_related("criterion").order_by("criterion__position"))
