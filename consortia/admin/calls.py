"""Calls and the applications to them. A call is authorised on its round's page; the sweep opens and closes it."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Call
from core.admin.columns import badged, pretty

ELIGIBLE = {
    "eliminated": _("이번 단계 탈락 팀"),
    "earlier_applicants": _("이전 공모 응모 팀"),
    "newcomers": _("새로 응모하는 팀"),
}


class CallAdmin(ProgrammeThingAdmin):
    """추가 공모."""

    fields = (
        "programme",
        "code",
        "state",
        "most_seats",
        "seats",
        "notice_days",
        "eligible_shown",
        "opened_at",
        "closes_at",
        "void_reason",
        "terms_shown",
    )
    readonly_fields = ("eligible_shown", "terms_shown")
    list_display = ("__str__", "state_badge", "seats", "opened_at", "closes_at", "programme")
    list_filter = ("state", "programme")
    list_select_related = ("programme",)
    state_badge = staticmethod(badged("state", _("상태")))

    @admin.display(description=_("응모 자격"))
    def eligible_shown(self, obj: Call) -> str:
        return ", ".join(str(ELIGIBLE.get(each, each)) for each in obj.eligible)

    @admin.display(description=_("지원 조건"))
    def terms_shown(self, obj: Call) -> Any:
        return pretty(obj.terms)


class ApplicationAdmin(ProgrammeThingAdmin):
    """Teams' answers to calls."""

    programme_path = "call__programme"
    fields = ("call", "team", "state", "submitted_by", "submitted_at")
    list_display = ("team", "call", "state_badge", "submitted_at")
    list_filter = ("state", "call")
    list_select_related = ("team", "call__programme")
    state_badge = staticmethod(badged("state", _("상태")))
