"""Papers, enquiries, conflicts, sheets, findings, verdicts: what a round is judged by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.actors import Actor
from core.admin.acting import now_of
from core.admin.columns import badge, badged
from evaluation.models import Document, Enquiry, Sheet
from evaluation.operations.marks import see_marks


class DocumentAdmin(ProgrammeThingAdmin):
    """Papers; what came late is shown as not considered, with the reason."""

    programme_path = "round__programme"
    fields = ("round", "team", "kind", "title", "filed_by", "received_at", "considered", "not_considered_because")
    readonly_fields = ("considered",)
    list_display = ("title", "team", "round", "kind", "received_at", "considered")
    list_filter = ("late", "round", "team")
    list_select_related = ("team", "round__programme")
    search_fields = ("title", "kind")
    ordering = ("-received_at", "-pk")

    @admin.display(description=_("반영"), ordering="late")
    def considered(self, obj: Document) -> Any:
        return badge("failed", _("기한 경과 · 반영하지 않음")) if obj.late else badge("passed", _("반영"))


class EnquiryAdmin(ProgrammeThingAdmin):
    """Questions before the fact, and their answers."""

    programme_path = "round__programme"
    fields = ("round", "team", "code", "text", "asked_by", "asked_at", "answer_text", "answered")
    readonly_fields = ("answer_text", "answered")
    list_display = ("code", "team", "round", "asked_at", "answered")
    list_filter = ("round", "team")
    list_select_related = ("team", "round__programme", "answer__answered_by")
    search_fields = ("code", "text")

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


class EntryThingAdmin(ProgrammeThingAdmin):
    """Things about a team in a round, confidential to whoever did not hand them in: reading another's is recorded."""

    programme_path = "entry__round__programme"

    def opened(self, obj: Any, *, actor: Actor, request: HttpRequest) -> None:
        if actor.account != obj.account:
            see_marks(obj, actor=actor, now=now_of(request))


class SheetAdmin(EntryThingAdmin):
    """Experts' sheets. The list names who has handed one in; its marks are on its own page."""

    fields = ("entry", "account", "at", "counted", "marks_shown", "comment", "supersedes")
    readonly_fields = ("counted", "marks_shown")
    list_display = ("entry", "account", "round_name", "at", "counted")
    list_filter = ("entry__round", "entry__team")
    list_select_related = ("entry__team", "entry__round__programme", "account", "exclusion")
    ordering = ("-pk",)

    @admin.display(description=_("단계평가"))
    def round_name(self, obj: Sheet) -> str:
        return str(obj.entry.round)

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


class FindingAdmin(EntryThingAdmin):
    """Experts' findings on gates; what was found stands on its own page."""

    fields = ("gate", "entry", "account", "component", "finding", "reason", "at")
    list_display = ("gate", "entry", "account", "component", "at")
    list_filter = ("gate", "entry__round", "entry__team")
    list_select_related = ("gate", "entry__team", "entry__round__programme", "account")


class VerdictAdmin(ProgrammeThingAdmin):
    """Verdicts on gates."""

    programme_path = "entry__round__programme"
    fields = ("gate", "entry", "verdict", "reason", "decision", "at", "supersedes")
    list_display = ("gate", "entry", "verdict_badge", "at")
    list_filter = ("verdict", "gate", "entry__round")
    list_select_related = ("gate", "entry__team", "entry__round__programme", "decision")
    verdict_badge = staticmethod(badged("verdict", _("판정")))
