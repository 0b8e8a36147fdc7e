"""The page on which an expert fills in his sheet for a team, looks at what he hands in, and hands it in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import on
from evaluation.admin.own_sheet_form import FOLLOWS, KEEP, REVIEW, SheetForm
from evaluation.admin.panel_input import PanelPage
from evaluation.models import Entry, SheetDraft
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.sheets import newest_sheet
from evaluation.verbs import SUBMIT_SHEET


@dataclass(frozen=True)
class Kept:
    """A sheet that was kept, perhaps to be looked at before it is handed in."""

    draft: SheetDraft
    to_review: bool


@on(Entry)
class SubmitSheet(PanelPage):
    """Keeps what is written down (임시저장), shows it whole, and hands it in from there.

    What is shown has been kept: nothing can be lost between looking and confirming, and going back is always possible.
    """

    verb = SUBMIT_SHEET
    form_class = SheetForm
    template = "panel/sheet.html"
    icon = "edit_note"
    dangerous = True

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        if newest_sheet(subject, actor.person()) is not None:
            return str(_("%(team)s의 평가표는 이미 제출했습니다.") % {"team": subject})
        return super().blocked(subject, actor=actor, now=now)

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        said: dict[str, Any] = {"person": actor.person(), "comment": given["comment"], "actor": actor, "now": now}
        if given[KEEP] or given[REVIEW]:
            figures = {leaf.code: f"{mark:f}" for leaf, mark in given["points"].items()}
            draft = save_sheet_draft(subject, points=figures, follows=given[FOLLOWS], **said)
            return Kept(draft, to_review=given[REVIEW])
        return submit_sheet(subject, points=given["points"], **said)

    def done(self, subject: Entry, result: Any) -> Any:
        if isinstance(result, Kept):
            return _("%(team)s의 평가표를 임시저장했습니다. 아직 제출하지 않았습니다.") % {"team": subject}
        return _("%(team)s의 평가표를 제출했습니다.") % {"team": subject}

    def after(self, subject: Entry, result: Any) -> str:
        """From a sheet that was handed in back to the list of one's teams: the next one waits there."""
        if isinstance(result, Kept):
            return f"{self.address(subject)}?{REVIEW}=1" if result.to_review else self.address(subject)
        return reverse("admin:index")

    def _context(self, request: HttpRequest, subject: Entry, form: Any) -> dict[str, Any]:
        shown = super()._context(request, subject, form)
        round = subject.round
        shown |= {
            "address": self.address(subject),
            "api": reverse("round-sheet", args=[f"{round.programme.code}.{round.code}", subject.team.code]),
            "criteria_version": criteria_version_of(round),
            "own_sheet": newest_sheet(subject, form.actor.person()) if shown["blocked"] else None,
        }
        if request.method == "GET" and REVIEW in request.GET and not shown["blocked"]:
            kept = form.as_kept()
            shown["summary"] = kept if kept.is_valid() else None
        return shown
