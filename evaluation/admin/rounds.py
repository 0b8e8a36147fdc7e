"""Rounds: the page on which officials see where one stands."""

from typing import Any

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.columns import badged
from evaluation.admin.overview import overview
from evaluation.models import Round
from evaluation.queries.rules import OF_ROUND


class RoundAdmin(ProgrammeThingAdmin):
    """단계평가."""

    change_form_template = "panel/round.html"
    fields = (
        "programme",
        "code",
        "number",
        "state",
        "starts",
        "ends",
        "latest_end",
        "evidence_closes",
        "seats",
        "vacancy",
        "floor",
        "ties_shown",
        "mean_places",
        "appeal_days",
        "criteria_consent",
        "opened_at",
        "announced_at",
        "appeals_close_at",
        "appeals_closed_at",
    )
    readonly_fields = ("ties_shown",)
    list_display = ("name_ko", "programme", "state_badge", "seats", "ends", "announced_at", "appeals_close_at")
    list_filter = ("state", "programme")
    list_select_related = ("programme",)
    search_fields = ("name_ko", "code")
    empty = _(
        "사업의 단계평가입니다. 시나리오 파일을 rehearse --keep 명령으로 불러오면 사업과 함께 첫 단계가 생깁니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))

    @admin.display(description=_("동점자 처리 순서"))
    def ties_shown(self, obj: Round) -> str:
        names = {each.code: each.name for each in obj.criteria.all()}
        return " → ".join(names.get(code, code) for code in obj.ties) or "—"

    def found(self, request: HttpRequest, object_id: str) -> Round:
        """The round with its rules, which its page asks for in many places."""
        round: Round = super().found(request, object_id)
        prefetch_related_objects([round], "programme", *OF_ROUND)
        return round

    def more(self, request: HttpRequest, obj: Round) -> dict[str, Any]:
        return overview(request, obj)
