"""Vacancies in the panel: what is filled, what is left, and whether a call has been authorised for it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.queries.calls import vacancies_without_call
from appeals.verbs import AUTHORISE_CALL
from consortia.admin.base import ProgrammeThingAdmin
from core.admin.acting import acting
from evaluation.models import Vacancy


class VacancyAdmin(ProgrammeThingAdmin):
    """공석: counted once, when the round became final."""

    programme_path = "round__programme"
    change_form_template = "panel/vacancy.html"
    fields = ("round", "seats", "filled", "left", "counted_at", "call")
    readonly_fields = ("left",)
    list_display = ("round", "seats", "filled", "left", "counted_at", "call")
    list_select_related = ("round__programme", "call")
    empty = _(
        "단계가 확정될 때 남은 공석입니다. 진출한 팀이 자리 수보다 적은 단계가 확정되면 자동으로 계산하여 실립니다."
    )

    @admin.display(description=_("남은 공석 수"))
    def left(self, obj: Vacancy) -> int:
        return obj.seats - obj.filled

    def more(self, request: HttpRequest, obj: Vacancy) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "fillings": obj.fillings.select_related("application__team", "application__call").order_by("pk"),
            "authorisations": obj.round.authorisations.select_related("call").order_by("-pk"),
        }
        if vacancies_without_call(None).filter(pk=obj.pk).exists():
            may = acting(request).may(AUTHORISE_CALL)
            shown["without_call"] = True
            shown["authorise_url"] = (
                reverse("admin:evaluation_round_authorise_call", args=[obj.round_id]) if may else ""
            )
        return shown
