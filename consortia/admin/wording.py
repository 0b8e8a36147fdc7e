"""The words of a programme's calls: the template of their notices, and how long a call is public at least."""

from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import CallTemplate, Programme
from consortia.operations.guides import MOST_NOTICE_DAYS, set_call_template, set_least_notice_days
from consortia.rules.notice import BLANKS, DEFAULT_TEMPLATE
from consortia.verbs import SET_CALL_TEMPLATE, SET_LEAST_NOTICE
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on


class CallTemplateAdmin(ProgrammeThingAdmin):
    """Every version of the words; a call keeps the one under which it was authorised."""

    fields = ("programme", "version", "text", "first_conditions", "set_by", "set_at")
    list_display = ("__str__", "programme", "version", "set_by", "set_at")
    list_filter = ("programme",)
    list_select_related = ("programme", "set_by")
    ordering = ("programme_id", "-version")
    empty = _("공모 공고문의 양식을 판마다 보존합니다. 사업의 화면에서 양식을 정하면 첫 판이 실립니다.")


SHOWN = " ".join(f"{{{blank}}}" for blank in BLANKS)


class TemplateForm(OperationForm):
    """Begins with the words that hold now."""

    text = fields.long_text(
        _("공고문 양식"),
        rows=24,
        help_text=format_lazy(_("공모를 열 때 채우는 빈칸: {blanks}"), blanks=SHOWN),
    )
    first_conditions = fields.long_text(
        _("최초 공모의 조건"), rows=6, required=False, help_text=_("추가 공모의 공고에 그대로 실립니다.")
    )

    def choose(self) -> None:
        newest = self.subject.call_templates.order_by("-version").first()
        self.fields["text"].initial = newest.text if newest else DEFAULT_TEMPLATE
        self.fields["first_conditions"].initial = newest.first_conditions if newest else ""


@on(Programme)
class SetCallTemplate(OperationPage):
    """Lays down the next version of the words."""

    verb = SET_CALL_TEMPLATE
    form_class = TemplateForm
    icon = "article"

    def follows(self, subject: Programme, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("앞으로 승인하는 공모의 공고에 쓰입니다. 이미 승인한 공모는 승인할 때의 양식대로 공고합니다."),
            _("결재를 기다리는 공모 승인 기안은 무효가 되어 다시 기안해야 합니다."),
        ]

    def perform(self, subject: Programme, given: dict[str, Any], *, actor: Actor, now: datetime) -> CallTemplate:
        template: CallTemplate = set_call_template(subject, **given, actor=actor, now=now)
        return template

    def done(self, subject: Programme, result: CallTemplate) -> Any:
        return _("%(template)s판을 쓰기로 했습니다.") % {"template": result}


class LeastNoticeForm(OperationForm):
    days = fields.whole(_("최소 공고 기간(일)"), min_value=1, max_value=MOST_NOTICE_DAYS)
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        self.fields["days"].initial = self.subject.least_notice_days


@on(Programme)
class SetLeastNoticeDays(OperationPage):
    """Changes how long a call is public at least."""

    verb = SET_LEAST_NOTICE
    form_class = LeastNoticeForm
    icon = "date_range"

    def follows(self, subject: Programme, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("이보다 짧게 공고하려면 단축 사유를 적어야 하고, 그 사유가 공고에 실립니다.")]

    def perform(self, subject: Programme, given: dict[str, Any], *, actor: Actor, now: datetime) -> Programme:
        programme: Programme = set_least_notice_days(subject, **given, actor=actor, now=now)
        return programme

    def done(self, subject: Programme, result: Programme) -> Any:
        return _("%(programme)s: 최소 공고 기간은 %(days)s일입니다.") % {
            "programme": result,
            "days": result.least_notice_days,
        }
