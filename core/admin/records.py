"""What happened: the readable record, the ledger, and the pulse of the periodic jobs. Lists that are never counted."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.paginator import InfinitePaginator

from core.actors import Actor
from core.admin.acting import now_of
from core.admin.base import ReadOnlyAdmin
from core.admin.columns import pretty, verb
from core.models import Event, LedgerBlock, LedgerItem, Pulse
from core.operations.reading import see_record
from core.verbs import every_verb

LATE_AFTER = timedelta(minutes=3)
"""A sweep runs every minute; one that has not finished for so long is shown red."""


class LongAdmin(ReadOnlyAdmin):
    """A list that grows without end: no COUNT over everything, the newest first. It is the record, and has none."""

    paginator = InfinitePaginator
    show_full_result_count = False
    ordering = ("-pk",)

    def more(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return {"record_url": ""}


class VerbFilter(admin.SimpleListFilter):
    """Choices are the verbs themselves, not a DISTINCT over the list."""

    title = _("행위")
    parameter_name = "verb"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted(((each.code, str(each.label)) for each in every_verb().values()), key=lambda pair: pair[1])

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(verb=self.value()) if self.value() else queryset


class EventAdmin(LongAdmin):
    """One line for people about each decision."""

    fields = ("at", "verb_shown", "subject_label", "actor", "reason", "mandate", "facts_shown")
    readonly_fields = ("verb_shown", "facts_shown")
    list_display = ("at", verb, "subject_label", "actor", "reason")
    list_display_links = ("at",)
    list_filter = (VerbFilter,)
    search_fields = ("actor", "subject_label")
    verb_shown = staticmethod(verb)

    @admin.display(description=_("내용"))
    def facts_shown(self, obj: Event) -> Any:
        return pretty(obj.facts)

    def opened(self, obj: Event, *, actor: Actor, request: HttpRequest) -> None:
        see_record(obj, actor=actor, now=now_of(request))


class LedgerItemAdmin(LongAdmin):
    """One change of one row, as the database kept it."""

    fields = ("at", "relation", "row_key", "change", "actor", "verb_shown", "reason", "mandate", "image_shown")
    readonly_fields = ("verb_shown", "image_shown")
    list_display = ("id", "at", "relation", "row_key", "change", verb, "actor")
    list_filter = (VerbFilter, "change")
    verb_shown = staticmethod(verb)

    @admin.display(description=_("내용"))
    def image_shown(self, obj: LedgerItem) -> Any:
        return pretty(obj.image)

    def opened(self, obj: LedgerItem, *, actor: Actor, request: HttpRequest) -> None:
        see_record(obj, actor=actor, now=now_of(request))


class LedgerBlockAdmin(LongAdmin):
    """The items of one transaction, chained to the block before."""

    fields = ("number", "sealed_at", "items", "first_item", "last_item", "digest", "previous", "head")
    list_display = ("number", "sealed_at", "items", "head_shown")

    @admin.display(description=_("머리값"))
    def head_shown(self, obj: LedgerBlock) -> str:
        return obj.head[:16]


class PulseAdmin(ReadOnlyAdmin):
    """When a periodic job last finished."""

    fields = ("name", "finished_at", "found_shown")
    readonly_fields = ("found_shown",)
    list_display = ("name", "finished_at")

    @admin.display(description=_("결과"))
    def found_shown(self, obj: Pulse) -> Any:
        return pretty(obj.found)
