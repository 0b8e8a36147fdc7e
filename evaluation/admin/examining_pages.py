"""Examining a result: how robust it is, two snapshots compared, and a note on a sheet that stands out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from evaluation.admin.asked import AskedPage
from evaluation.admin.barred import barred
from evaluation.admin.correction_words import item_words
from evaluation.admin.differences import difference
from evaluation.admin.robustness import robustness_shown
from evaluation.models import Round, Sheet
from evaluation.operations.examining import compare_snapshots, note_sheet, see_robustness, stands_out
from evaluation.queries.between import Between
from evaluation.queries.comparing import excerpt
from evaluation.queries.robustness import Robustness
from evaluation.states import RoundState
from evaluation.verbs import COMPARE_SNAPSHOTS, NOTE_SHEET, SEE_ROBUSTNESS

SEED, MOST_SEED = 1, 999_999


class SeedForm(OperationForm):
    seed = fields.whole(gettext_lazy("난수 시작값"), min_value=0, max_value=MOST_SEED)


@on(Round)
class SeeRobustness(AskedPage):
    """Margins, intervals, evaluators and agreement, in tables and drawings."""

    verb = SEE_ROBUSTNESS
    form_class = SeedForm
    template = "panel/robustness.html"
    icon = "monitoring"

    def concerns(self, subject: Round) -> bool:
        return subject.state != RoundState.DRAFT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return barred(subject, actor)

    def asked(self, subject: Round, request: HttpRequest) -> QueryDict:
        return _with(request.GET, seed=SEED)

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Robustness:
        return see_robustness(subject, seed=given["seed"], actor=actor, now=now)

    def shown(self, subject: Round, given: Mapping[str, Any], found: Robustness) -> dict[str, Any]:
        return robustness_shown(subject, found)

    def _context(self, request: HttpRequest, subject: Round, form: OperationForm) -> dict[str, Any]:
        return {**super()._context(request, subject, form), "may_note": form.actor.may(NOTE_SHEET)}


class CompareForm(OperationForm):
    before = fields.choice(gettext_lazy("앞 순위표"), ())
    after = fields.choice(gettext_lazy("뒤 순위표"), ())

    def choose(self) -> None:
        numbers = self.subject.snapshots.order_by("number").values_list("number", flat=True)
        choices = [(str(number), _("순위표 %(n)s") % {"n": number}) for number in numbers]
        for name in ("before", "after"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"before", "after"} <= set(given) and int(given["before"]) >= int(given["after"]):
            self.add_error("after", forms.ValidationError(_("앞 순위표보다 번호가 커야 합니다.")))
        return given


@on(Round)
class CompareSnapshots(AskedPage):
    """Which rows moved between two snapshots, and which corrected inputs moved them."""

    verb = COMPARE_SNAPSHOTS
    form_class = CompareForm
    template = "panel/between.html"
    icon = "compare"

    def concerns(self, subject: Round) -> bool:
        return subject.state in {RoundState.ANNOUNCED, RoundState.FINAL}

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return "" if subject.snapshots.filter(number=2).exists() else str(_("견줄 순위표가 하나뿐입니다."))

    def asked(self, subject: Round, request: HttpRequest) -> QueryDict:
        newest = subject.snapshots.count()
        return _with(request.GET, before=newest - 1, after=newest)

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Between:
        before, after = int(given["before"]), int(given["after"])
        return compare_snapshots(subject, before=before, after=after, actor=actor, now=now)

    def shown(self, subject: Round, given: Mapping[str, Any], found: Between) -> dict[str, Any]:
        words = item_words(subject, [each.item for each in found.causes])
        return {
            "found": found,
            "causes": list(zip(found.causes, words, strict=True)),
            "by_word": _("영향을 준 입력"),
            "was_word": _("순위표 %(n)s") % {"n": found.before.number},
            "then_word": _("순위표 %(n)s") % {"n": found.after.number},
            **difference(subject, excerpt(found.rows)),
        }


class NoteForm(OperationForm):
    text = fields.long_text(gettext_lazy("메모"), help_text=gettext_lazy("확인한 내용을 적습니다. 고칠 수 없습니다."))


@on(Sheet)
class NoteSheet(OperationPage):
    """Adds a note to a sheet that stands far from the others."""

    verb = NOTE_SHEET
    form_class = NoteForm
    icon = "sticky_note_2"

    def blocked(self, subject: Sheet, *, actor: Actor, now: datetime) -> str:
        on_panel = barred(subject.entry.round, actor)
        return on_panel or ("" if stands_out(subject) else str(_("다른 평가표에서 크게 벗어난 평가표가 아닙니다.")))

    def follows(self, subject: Sheet, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("메모는 점수를 바꾸지 않습니다. 평가표를 반영하지 않으려면 정정을 기안해야 합니다.")]

    def perform(self, subject: Sheet, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return note_sheet(subject, text=given["text"], actor=actor, now=now)

    def after(self, subject: Sheet, result: Any) -> str:
        return reverse("admin:evaluation_round_see_robustness", args=[subject.entry.round_id])


def _with(asked: QueryDict, **presets: Any) -> QueryDict:
    """What was asked, with presets where nothing was."""
    found = asked.copy()
    for name, value in presets.items():
        found.setdefault(name, str(value))
    return found
