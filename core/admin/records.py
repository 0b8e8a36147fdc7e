"""What happened: the readable record, the ledger, and the pulse of the periodic jobs."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.acting import now_of
from core.admin.base import ReadOnlyAdmin
from core.admin.columns import actor, mandate, pretty, verb
from core.admin.facts import facts_shown
from core.admin.filters import RelationFilter, VerbFilter
from core.models import Event, LedgerBlock, LedgerItem, Pulse
from core.operations.reading import see_record

LATE_AFTER = timedelta(minutes=3)
"""A sweep runs every minute; one that has not finished for so long is shown red."""


class RecordAdmin(ReadOnlyAdmin):
    """A list that is the record, and has none."""

    def more(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return {"record_url": ""}


class EventAdmin(RecordAdmin):
    """One line for people about each decision."""

    fields = ("at", "verb_shown", "subject_label", "actor_shown", "reason", "mandate_shown", "facts_shown")
    readonly_fields = ("verb_shown", "actor_shown", "mandate_shown", "facts_shown")
    list_display = ("at", verb, "subject_label", actor, "reason")
    list_display_links = ("at",)
    list_filter = (VerbFilter,)
    search_fields = ("actor", "subject_label")
    empty = _("누가 무엇을 왜 했는지를 사람이 읽는 기록입니다. 화면이나 명령으로 무엇이든 하면 자동으로 쌓입니다.")
    verb_shown, actor_shown, mandate_shown = staticmethod(verb), staticmethod(actor), staticmethod(mandate)

    @admin.display(description=_("내용"))
    def facts_shown(self, obj: Event) -> Any:
        return facts_shown(obj.facts, obj.verb)

    def opened(self, obj: Event, *, actor: Actor, request: HttpRequest) -> None:
        see_record(obj, actor=actor, now=now_of(request))


class LedgerItemAdmin(RecordAdmin):
    """One change of one row, as the database kept it."""

    fields = (
        "at",
        "relation",
        "row_key",
        "change",
        "actor_shown",
        "verb_shown",
        "reason",
        "mandate_shown",
        "image_shown",
        "of_row",
    )
    readonly_fields = ("verb_shown", "actor_shown", "mandate_shown", "image_shown", "of_row")
    list_display = ("number", "at", "relation", "row_key", "change", verb, actor)
    list_filter = (VerbFilter, RelationFilter, "change")
    search_fields = ("id", "actor")
    empty = _("데이터베이스가 스스로 남기는 행 하나하나의 변경입니다. 첫 변경이 저장되면 자동으로 쌓입니다.")
    verb_shown, actor_shown, mandate_shown = staticmethod(verb), staticmethod(actor), staticmethod(mandate)

    @admin.display(description=_("번호"), ordering="id")
    def number(self, obj: LedgerItem) -> int:
        return obj.pk

    @admin.display(description=_("이 행의 기록"))
    def of_row(self, obj: LedgerItem) -> Any:
        """A way to everything that happened to the same row."""
        asked = urlencode({"relation": obj.relation, "row_key": obj.row_key})
        return format_html('<a href="{}?{}">{}</a>', self.list_address(), asked, _("이 행의 모든 변경 보기"))

    @admin.display(description=_("내용"))
    def image_shown(self, obj: LedgerItem) -> Any:
        return pretty(obj.image)

    def opened(self, obj: LedgerItem, *, actor: Actor, request: HttpRequest) -> None:
        see_record(obj, actor=actor, now=now_of(request))


class LedgerBlockAdmin(RecordAdmin):
    """The items of one transaction, chained to the block before."""

    fields = ("number", "sealed_at", "items", "ends", "digest", "previous", "head")
    readonly_fields = ("ends",)
    list_display = ("number", "sealed_at", "items", "head_shown")
    search_fields = ("number",)
    empty = _("한 거래의 변경을 묶어 앞 블록에 이은 것입니다. 첫 변경이 저장되면 자동으로 쌓입니다.")

    @admin.display(description=_("머리값"))
    def head_shown(self, obj: LedgerBlock) -> str:
        return obj.head[:16]

    @admin.display(description=_("첫 항목과 끝 항목"))
    def ends(self, obj: LedgerBlock) -> Any:
        """A way on to the changes themselves."""
        pages = [(reverse("admin:core_ledgeritem_change", args=[pk]), pk) for pk in (obj.first_item, obj.last_item)]
        return format_html_join(" ~ ", '<a href="{}">{}</a>', pages)


class PulseAdmin(ReadOnlyAdmin):
    """When a periodic job last finished."""

    fields = ("name", "finished_at", "found_shown")
    readonly_fields = ("found_shown",)
    list_display = ("name", "finished_at")
    ordering = ("name",)
    empty = _("정기 처리마다 마지막으로 끝난 때입니다. 예약 처리기(worker와 beat)를 켜면 1분 안에 첫 줄이 생깁니다.")

    @admin.display(description=_("결과"))
    def found_shown(self, obj: Pulse) -> Any:
        return pretty(obj.found)
