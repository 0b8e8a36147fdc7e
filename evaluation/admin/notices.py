"""Notices: how each was served, when it arrived, and the window that runs from there."""

from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.acting import now_of
from core.admin.columns import badge
from core.calendar.words import moment_words
from core.wording import language
from evaluation.admin.window_words import window_of
from evaluation.models import ClockStop, Notice, ServiceAddress


class NoticeAdmin(ProgrammeThingAdmin):
    """Each team's notice. A team's person sees his own team's."""

    programme_path = "entry__round__programme"
    fields = (
        "entry",
        "announcement",
        "papers",
        "service",
        "address",
        "arrived_at",
        "until",
        "left",
        "stops_shown",
        "arrival_evidence",
        "arrival_recorded_by",
        "arrival_recorded_at",
    )
    readonly_fields = ("papers", "until", "left", "stops_shown")
    list_display = ("entry", "announcement", "service", "arrived_at", "until", "left")
    list_filter = ("service", "entry__round")
    list_select_related = ("entry__team", "entry__round__programme", "announcement__snapshot__round")
    search_fields = ("entry__team__name_ko", "entry__team__code")
    empty = _("발표 결과를 팀마다 알리는 통지서입니다. 단계의 결과를 발표하면 팀마다 하나씩 생깁니다.")

    def get_queryset(self, request: HttpRequest) -> Any:
        asked = Value(now_of(request), output_field=DateTimeField())
        return super().get_queryset(request).annotate(asked_at=asked).prefetch_related("stops")

    @admin.display(description=_("이의신청 기한"), ordering="window_closes_at")
    def until(self, obj: Any) -> str:
        return window_of(obj, obj.asked_at).until

    @admin.display(description=_("남은 기간"))
    def left(self, obj: Any) -> Any:
        return window_of(obj, obj.asked_at).left

    @admin.display(description=_("통지서"))
    def papers(self, obj: Notice) -> Any:
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            *(reverse("notice", args=[obj.pk]), _("통지서 보기")),
            *(reverse("notice-pdf", args=[obj.pk]), _("내려받기(PDF)")),
        )

    @admin.display(description=_("기간의 정지와 재개"))
    def stops_shown(self, obj: Notice) -> Any:
        zone = self.zone_of(obj)
        told = [(line,) for stop in obj.stops.all() for line in _told(stop, zone)]
        return format_html('<ul class="s-plain">{}</ul>', format_html_join("", "<li>{}</li>", told)) if told else "—"


def _told(stop: ClockStop, zone: Any) -> list[str]:
    stopped = _("%(at)s 정지(남은 %(days)s일): %(reason)s") % {
        "at": moment_words(stop.stopped_at, zone, language()),
        "days": stop.days_left,
        "reason": stop.reason,
    }
    if stop.resumed_at is None:
        return [stopped]
    resumed = {"at": moment_words(stop.resumed_at, zone, language()), "reason": stop.resumption_reason}
    return [stopped, _("%(at)s 재개: %(reason)s") % resumed]


class ServiceAddressAdmin(ProgrammeThingAdmin):
    """전자 송달 동의: given and taken back, the newest of a team's rows counting."""

    programme_path = "team__programme"
    fields = ("team", "address_shown", "consented_by", "consented_at")
    readonly_fields = ("address_shown",)
    list_display = ("team", "address_shown", "consented_by", "consented_at")
    list_select_related = ("team__programme", "consented_by")
    search_fields = ("team__name_ko", "team__code")
    empty = _("통지서를 전자우편으로 받겠다는 팀의 동의입니다. 정예팀의 화면에서 동의를 기록하면 실립니다.")

    @admin.display(description=_("송달 주소"))
    def address_shown(self, obj: ServiceAddress) -> Any:
        return obj.address or badge("", _("동의 철회"))
