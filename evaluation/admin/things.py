"""Enquiries, conflicts, sheets, findings, verdicts: what a round is judged by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.actors import Actor
from core.admin.acting import now_of
from core.admin.columns import badge, badged
from evaluation.admin.entry_things import EntryThingAdmin
from evaluation.models import Enquiry, Sheet
from evaluation.operations.marks import see_marks


class AnsweredFilter(admin.SimpleListFilter):
    """Whether an enquiry has its answer."""

    title = _("답변")
    parameter_name = "answered"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("답변 대기")), ("yes", _("답변함"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(answer__isnull=self.value() == "no") if self.value() else queryset


class EnquiryAdmin(ProgrammeThingAdmin):
    """Questions before the fact, and their answers."""

    programme_path = "round__programme"
    fields = ("round", "team", "code", "text", "asked_by", "asked_at", "answer_text", "answered")
    readonly_fields = ("answer_text", "answered")
    list_display = ("code", "team", "round", "asked_at", "answered")
    list_filter = (AnsweredFilter, "round")
    list_select_related = ("team", "round__programme", "answer__answered_by")
    search_fields = ("code", "team__name_ko", "team__code")
    ordering = ("-asked_at", "-pk")
    empty = _("팀의 사전 질의와 그 답변입니다. 참여팀의 화면에서 질의를 등록하면 실립니다.")

    @admin.display(description=_("답변 내용"))
    def answer_text(self, obj: Enquiry) -> str:
        return obj.answer.text if hasattr(obj, "answer") else "—"

    @admin.display(description=_("답변"))
    def answered(self, obj: Enquiry) -> Any:
        if not hasattr(obj, "answer"):
            return badge("scoring", _("답변 대기"))
        return badge("passed", _("%(who)s 답변") % {"who": obj.answer.answered_by})


class ConflictAdmin(ProgrammeThingAdmin):
    """Declared conflicts, and unknowns that were cleared."""

    programme_path = "round__programme"
    fields = ("round", "account", "team", "kind", "reason", "declared_by", "declared_at")
    list_display = ("account", "team", "round", "kind", "declared_by", "declared_at")
    list_display_links = ("account",)
    list_filter = ("round", "kind")
    list_select_related = ("account", "team", "round__programme", "declared_by")
    search_fields = ("account__name_ko", "team__name_ko", "team__code")
    empty = _(
        "평가위원과 팀 사이의 이해관계 신고입니다. 단계의 화면에서 신고하거나, 확인되지 않은 소속을 밝히면 실립니다."
    )


class HandedInAdmin(EntryThingAdmin):
    """Things about a team in a round, confidential to whoever did not hand them in: reading another's is recorded."""

    def opened(self, obj: Any, *, actor: Actor, request: HttpRequest) -> None:
        if actor.account != obj.account:
            see_marks(obj, actor=actor, now=now_of(request))


class SheetAdmin(HandedInAdmin):
    """Experts' sheets. The list names who has handed one in; its marks are on its own page."""

    fields = ("entry", "account", "at", "counted", "marks_shown", "comment", "supersedes")
    readonly_fields = ("counted", "marks_shown")
    list_display = ("entry", "account", "round_name", "at", "counted")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme", "account", "exclusion")
    search_fields = ("entry__team__name_ko", "entry__team__code", "account__name_ko")
    empty = _("평가위원이 제출한 평가표입니다. 평가를 시작한 단계에서 평가위원이 자기 평가표를 제출하면 실립니다.")

    @admin.display(description=_("반영"))
    def counted(self, obj: Sheet) -> Any:
        exclusion = getattr(obj, "exclusion", None)
        if exclusion is None:
            return badge("passed", _("반영") if obj.supersedes_id is None else _("정정하여 반영"))
        return format_html("{} {}", badge("failed", _("제외")), exclusion.reason)

    @admin.display(description=_("평가 점수"))
    def marks_shown(self, obj: Sheet) -> Any:
        marks = obj.marks.select_related("criterion").order_by("criterion__position")
        rows = ((each.criterion, each.points, each.criterion.points) for each in marks)
        return format_html('<ul class="s-plain">{}</ul>', format_html_join("", "<li>{}: <b>{}</b> / {}</li>", rows))


class FindingAdmin(HandedInAdmin):
    """Experts' findings on gates; what was found stands on its own page."""

    fields = ("gate", "entry", "account", "component", "finding", "reason", "at")
    list_display = ("gate", "entry", "account", "component", "at")
    list_filter = ("gate", "entry__round")
    list_select_related = ("gate", "entry__team", "entry__round__programme", "account")
    search_fields = ("entry__team__name_ko", "entry__team__code", "account__name_ko")
    empty = _("필수요건에 대한 평가위원의 의견입니다. 평가를 시작한 단계에서 평가위원이 의견을 내면 실립니다.")


class VerdictAdmin(EntryThingAdmin):
    """Verdicts on gates."""

    fields = ("gate", "entry", "verdict", "reason", "decision", "at", "supersedes")
    list_display = ("gate", "entry", "verdict_badge", "at")
    list_filter = ("verdict", "gate", "entry__round")
    list_select_related = ("gate", "entry__team", "entry__round__programme", "decision")
    search_fields = ("entry__team__name_ko", "entry__team__code")
    empty = _("필수요건에 대한 판정입니다. 단계의 화면에서 판정을 기안하고 결재하면 실립니다.")
    verdict_badge = staticmethod(badged("verdict", _("판정")))
