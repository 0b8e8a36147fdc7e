"""The ledger of support: what every team gets, the written exceptions, what was granted and what went back."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Grant, SupportException, SupportLine, SupportReturn
from core.admin.columns import badge
from core.templatetags.simsa import when


def number_words(number: int, unit: str) -> str:
    """How much of a line: "512장"."""
    return f"{number:,}{unit}"


def period_words(since: date, until: date | None) -> str:
    """The days of a line or grant, both included."""
    return f"{when(since)} ~ {when(until) if until else _('끝 없음')}"


class SupportLineAdmin(ProgrammeThingAdmin):
    """지원 항목, with its exceptions and grants."""

    fields = ("programme", "code", "kind", "name_ko", "name_en", "model", "terms_shown", "exceptions_shown", "held")
    readonly_fields = ("terms_shown", "exceptions_shown", "held")
    list_display = ("name_ko", "kind", "model", "amount", "period_shown", "programme")
    list_filter = ("kind", "programme")
    list_select_related = ("programme",)
    search_fields = ("name_ko", "code")
    ordering = ("programme_id", "code")
    empty = _("모든 팀이 같은 조건으로 받는 지원(GPU, 데이터, 명칭)입니다. 위의 단추로 첫 지원 항목을 등록하십시오.")

    @admin.display(description=_("팀당 수량"), ordering="number")
    def amount(self, obj: SupportLine) -> str:
        return number_words(obj.number, obj.unit)

    @admin.display(description=_("기간"), ordering="since")
    def period_shown(self, obj: SupportLine) -> str:
        return period_words(obj.since, obj.until)

    @admin.display(description=_("모든 팀에 같은 조건"))
    def terms_shown(self, obj: SupportLine) -> str:
        return f"{number_words(obj.number, obj.unit)} · {period_words(obj.since, obj.until)}"

    @admin.display(description=_("서면 예외"))
    def exceptions_shown(self, obj: SupportLine) -> Any:
        rows = obj.exceptions.select_related("team", "organisation")
        told = [(each.team or each.organisation, number_words(each.number, obj.unit), each.reason) for each in rows]
        return _listed("<li><b>{}</b> {} — {}</li>", told)

    @admin.display(description=_("배정한 팀"))
    def held(self, obj: SupportLine) -> Any:
        told = [
            (each.team, number_words(each.number, obj.unit), period_words(each.since, each.until), standing(each))
            for each in obj.grants.select_related("team")
        ]
        return _listed("<li><b>{}</b> {} · {} {}</li>", told)


def standing(grant: Grant) -> Any:
    """Whether the team still has it, as far as returns say."""
    if grant.returned_on is None:
        return badge("passed", _("배정"))
    return badge("", _("%(day)s부터 회수") % {"day": when(grant.returned_on)})


def _listed(form: str, told: list[tuple[Any, ...]]) -> Any:
    return format_html('<ul class="s-plain">{}</ul>', format_html_join("", form, told)) if told else "—"


class SupportExceptionAdmin(ProgrammeThingAdmin):
    """지원 예외: who gets something else, and the written reason."""

    programme_path = "line__programme"
    fields = ("line", "team", "organisation", "number", "reason", "decision", "at")
    list_display = ("whom", "line", "amount", "reason", "at")
    list_filter = ("line",)
    list_select_related = ("line__programme", "team", "organisation")
    search_fields = ("team__name_ko", "team__code", "organisation__name_ko", "organisation__code")
    empty = _("같은 조건에서 벗어난 서면 예외와 그 사유입니다. 지원 항목의 화면에서 예외를 기안하고 결재하면 실립니다.")

    @admin.display(description=_("대상"))
    def whom(self, obj: SupportException) -> str:
        return str(obj.team or obj.organisation)

    @admin.display(description=_("대신 받는 수량"), ordering="number")
    def amount(self, obj: SupportException) -> str:
        return number_words(obj.number, obj.line.unit)


class GrantAdmin(ProgrammeThingAdmin):
    """지원 배정: what a team was granted, for how long, and whether it has gone back."""

    programme_path = "line__programme"
    fields = ("line", "team", "number", "since", "until", "returned_on", "reallocates", "reason", "decision", "at")
    list_display = ("team", "line", "amount", "period_shown", "standing_shown")
    list_filter = ("line",)
    list_select_related = ("line__programme", "team")
    search_fields = ("team__name_ko", "team__code")
    empty = _("팀마다 배정한 지원입니다. 지원 항목의 화면에서 배정을 기안하고 결재하면 실립니다.")

    @admin.display(description=_("수량"), ordering="number")
    def amount(self, obj: Grant) -> str:
        return number_words(obj.number, obj.line.unit)

    @admin.display(description=_("기간"), ordering="since")
    def period_shown(self, obj: Grant) -> str:
        return period_words(obj.since, obj.until)

    @admin.display(description=_("상태"), ordering="returned_on")
    def standing_shown(self, obj: Grant) -> Any:
        return standing(obj)


class SupportReturnAdmin(ProgrammeThingAdmin):
    """지원 회수: what went back, why, and to whom it was given anew."""

    programme_path = "grant__line__programme"
    fields = ("grant", "returned_on", "reallocated_to", "reason", "decision", "at")
    readonly_fields = ("returned_on", "reallocated_to")
    list_display = ("grant", "returned_on", "reallocated_to", "reason", "at")
    list_filter = ("grant__line",)
    list_select_related = ("grant__line__programme", "grant__team", "reallocated__team")
    search_fields = ("grant__team__name_ko", "grant__team__code")
    empty = _("팀에서 회수한 지원입니다. 정예팀의 화면에서 회수를 기안하고 결재하면 실립니다.")

    @admin.display(description=_("회수일"), ordering="grant__returned_on")
    def returned_on(self, obj: SupportReturn) -> Any:
        return obj.grant.returned_on

    @admin.display(description=_("재배정한 팀"))
    def reallocated_to(self, obj: SupportReturn) -> str:
        grant = getattr(obj, "reallocated", None)
        return str(grant.team) if grant else "—"
