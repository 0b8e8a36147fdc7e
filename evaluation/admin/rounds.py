"""Rounds: the page on which officials see where one stands."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.acting import acting, now_of
from core.admin.columns import badged, ending
from evaluation.admin.blockers import closing_hindrances
from evaluation.admin.overview import overview
from evaluation.admin.progress import sheet_progress
from evaluation.admin.standings_page import standings_of
from evaluation.models import Round
from evaluation.operations.marks import see_experts
from evaluation.queries.rules import OF_ROUND
from evaluation.states import RoundState
from evaluation.verbs import SEE_STANDINGS


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
        "appeals_end",
        "appeals_closed_at",
    )
    readonly_fields = ("ties_shown", "appeals_end")
    list_display = ("name_ko", "programme", "state_badge", "seats", "ends", "announced_at", "appeals_end")
    list_filter = ("state", "programme")
    list_select_related = ("programme",)
    search_fields = ("name_ko", "code")
    empty = _(
        "사업의 단계평가입니다. 시나리오 파일을 rehearse --keep 명령으로 불러오면 사업과 함께 첫 단계가 생깁니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))
    appeals_end = staticmethod(ending("appeals_close_at", _("이의신청 기한")))

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

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/closing/", wrap(self.closing_view), name="evaluation_round_closing"),
            path("<int:object_id>/standings/", wrap(self.standings_view), name="evaluation_round_standings"),
            path("<int:object_id>/progress/", wrap(self.progress_view), name="evaluation_round_progress"),
            *super().get_urls(),
        ]

    def standings_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The standings, with what blocks their announcement. Reading them is recorded."""
        round = self._for_officials(request, object_id)
        shown = standings_of(round, actor=acting(request), now=now_of(request))
        return self._part(request, round, "panel/standings_page.html", _("순위표"), shown)

    def closing_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """What keeps an announced result from being final."""
        round = self._for_officials(request, object_id)
        announced = round.state == RoundState.ANNOUNCED
        found = closing_hindrances(round, acting(request), now_of(request)) if announced else None
        return self._part(request, round, "panel/closing_page.html", _("확정을 막는 것"), {"hindrances": found})

    def progress_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """How far each expert is with his sheets. Reading it is recorded."""
        round = self._for_officials(request, object_id)
        actor, now = acting(request), now_of(request)
        progress = sheet_progress(round, list(round.entries.select_related("team")), now)
        see_experts(round, {"experts": progress.lines if progress else ()}, actor=actor, now=now)
        return self._part(request, round, "panel/progress_page.html", _("평가표 진행"), {"progress": progress})

    def _for_officials(self, request: HttpRequest, object_id: int) -> Round:
        round = self.found(request, str(object_id))
        if not acting(request).may(SEE_STANDINGS):
            raise PermissionDenied
        return round

    def _part(
        self, request: HttpRequest, round: Round, template: str, title: Any, shown: dict[str, Any]
    ) -> HttpResponse:
        """A page of its own, of which the round's page fetches what it shows."""
        context = {**self.page_context(request, round), "round": round, "title": title, **shown}
        with timezone.override(self.zone_of(round)):
            return TemplateResponse(request, template, context).render()
