"""What an expert finds on a gate."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import on
from evaluation.admin.entry_forms import FindForm
from evaluation.admin.panel_input import PanelPage
from evaluation.models import Entry
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from evaluation.verbs import FIND


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
