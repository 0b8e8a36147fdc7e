"""Papers of a round: what was received, when, with which files, and whether it counts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.acting import acting
from core.admin.columns import badge
from core.queries import sealed_in
from evaluation.models import Document
from evaluation.verbs import FILE_DOCUMENT


class DocumentAdmin(ProgrammeThingAdmin):
    """Papers; what came late is shown as not considered, with the reason. Whoever sees a paper sees its files."""

    programme_path = "round__programme"
    change_form_template = "panel/document.html"
    fields = ("round", "team", "kind_name", "title", "filed_by", "considered")
    readonly_fields = ("kind_name", "considered")
    list_display = ("title", "team", "round", "kind_name", "files_shown", "received_at", "considered")
    list_filter = ("late", "round")
    list_select_related = ("team", "round__programme")
    search_fields = ("title", "kind", "team__name_ko", "team__code")
    ordering = ("-received_at", "-pk")
    empty = _(
        "팀이 낸 자료입니다. 팀 담당자의 첫 화면이나 참여팀의 화면에서 자료를 접수하면 실리고,"
        " 마감 뒤에 온 것도 사유와 함께 남습니다."
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Document]":
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description=_("종류"))
    def kind_name(self, obj: Document) -> str:
        return obj.kind_name

    @admin.display(description=_("반영"), ordering="late")
    def considered(self, obj: Document) -> Any:
        return badge("failed", _("기한 경과 · 반영하지 않음")) if obj.late else badge("passed", _("반영"))

    @admin.display(description=_("첨부 파일"))
    def files_shown(self, obj: Document) -> Any:
        """Each with its size, to be saved from here."""
        given = [
            (reverse("attachment", args=[each.pk]), each.name, filesizeformat(each.size)) for each in obj.files.all()
        ]
        lines = format_html_join("", '<li><a href="{}">{}</a> <small>{}</small></li>', given)
        return format_html('<ul class="s-plain">{}</ul>', lines) if given else "—"

    def more(self, request: HttpRequest, obj: Document) -> dict[str, Any]:
        """For whoever may hand in a paper its page is the receipt, with the block of the ledger that holds it."""
        receipted = acting(request).may(FILE_DOCUMENT)
        return {"receipted": receipted, "sealed": sealed_in(obj) if receipted else None}
