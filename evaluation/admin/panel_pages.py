"""What an expert hands in: a score sheet, and findings on a gate. Always his own."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import on, refusal
from core.templatetags.simsa import when
from evaluation.admin.entry_forms import FindForm, SheetForm
from evaluation.admin.entry_pages import InputPage
from evaluation.models import Entry, SheetDraft
from evaluation.operations.gates import find
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from evaluation.policies import require_no_conflict
from evaluation.states import FindingValue
from evaluation.verbs import FIND, SUBMIT_SHEET


class PanelPage(InputPage):
    """An input of the panel: not by a person with a conflict."""

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        barred = refusal(require_no_conflict, subject.round, actor.person(), subject.team, now)
        return barred or super().blocked(subject, actor=actor, now=now)


@on(Entry)
class SubmitSheet(PanelPage):
    """Hands a sheet in, or keeps what has been written down so far (임시저장)."""

    verb = SUBMIT_SHEET
    form_class = SheetForm
    template = "panel/sheet.html"
    icon = "edit_note"
    dangerous = True

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        if subject.sheets.filter(account=actor.person()).exists():
            return str(_("%(team)s의 평가표는 이미 제출했습니다.") % {"team": subject})
        return super().blocked(subject, actor=actor, now=now)

    def follows(self, subject: Entry, *, actor: Actor, now: datetime) -> list[Any]:
        draft = SheetDraft.objects.filter(entry=subject, account=actor.person()).first()
        kept = [_("%(at)s에 임시저장한 내용입니다.") % {"at": when(draft.saved_at)}] if draft else []
        return [
            *kept,
            _("임시저장은 쓰던 것을 남겨 둘 뿐이며 제출이 아닙니다. 본인만 볼 수 있고 제출하면 지워집니다."),
            _("제출한 평가표는 고칠 수 없습니다. 점수를 다시 확인하고 제출하십시오."),
        ]

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        said: dict[str, Any] = {"person": actor.person(), "comment": given["comment"], "actor": actor, "now": now}
        if given["keep"]:
            figures = {leaf.code: f"{mark:f}" for leaf, mark in given["points"].items()}
            return save_sheet_draft(subject, points=figures, **said)
        return submit_sheet(subject, points=given["points"], **said)

    def done(self, subject: Entry, result: Any) -> Any:
        if isinstance(result, SheetDraft):
            return _("%(team)s의 평가표를 임시저장했습니다. 아직 제출하지 않았습니다.") % {"team": subject}
        return _("%(team)s의 평가표를 제출했습니다.") % {"team": subject}

    def after(self, subject: Entry, result: Any) -> str:
        return self.address(subject) if isinstance(result, SheetDraft) else self.admin.address(result)


@on(Entry)
class Find(PanelPage):
    verb = FIND
    form_class = FindForm
    icon = "fact_check"

    def follows(self, subject: Entry, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("제출한 의견은 고칠 수 없습니다. 판정은 과반의 의견에 따라 두 담당 공무원이 내립니다.")]

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        finding = FindingValue(given.pop("finding"))
        return find(subject, person=actor.person(), finding=finding, **given, actor=actor, now=now)

    def done(self, subject: Entry, result: Any) -> Any:
        return _("%(finding)s 의견을 냈습니다.") % {"finding": result}
