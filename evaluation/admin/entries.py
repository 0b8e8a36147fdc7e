"""A team in a round: its inputs, papers and figures."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badge
from core.errors import Refused
from core.names import name_field
from core.sight import sees_all, visible
from evaluation.admin.figure import figure_of
from evaluation.admin.gate_review import findings_in, reviews_of_gates
from evaluation.models import Document, Entry, Sheet, SheetDraft
from evaluation.operations.marks import open_figure, see_experts
from evaluation.policies import Conflict, conflict, undeclared
from evaluation.queries.explain import page_of
from evaluation.verbs import SEE_MARKS


class EntryAdmin(ProgrammeThingAdmin):
    """참여팀."""

    programme_path = "round__programme"
    change_form_template = "panel/entry.html"
    fields = ("round", "team", "place", "withdrawn_at", "withdrawn_by", "withdrawal_reason")
    list_display = ("team", "round", "place", "taking_part")
    list_filter = ("round",)
    list_select_related = ("team", "round__programme")
    search_fields = ("team__name_ko", "team__code")
    ordering = ("-round_id", "position")
    empty = _("단계에 참여하는 팀입니다. 단계를 만들 때 정한 팀과, 추가 공모로 선정되어 들어온 팀이 실립니다.")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Entry]":
        """With the team, after which every page about an entry is called."""
        return super().get_queryset(request).select_related("team")

    @admin.display(description=_("순서"))
    def place(self, obj: Entry) -> int:
        """Counted from 1, as people do."""
        return obj.position + 1

    @admin.display(description=_("참여"))
    def taking_part(self, obj: Entry) -> Any:
        return badge("passed", _("참여")) if obj.withdrawn_at is None else badge("", _("참여 철회"))

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:object_id>/figure/", wrap(self.figure_view), name="evaluation_entry_total"),
            path("<int:object_id>/figure/<slug:code>/", wrap(self.figure_view), name="evaluation_entry_figure"),
            *super().get_urls(),
        ]

    def more(self, request: HttpRequest, obj: Entry) -> dict[str, Any]:
        actor, now = acting(request), now_of(request)
        papers = visible(Document.objects.filter(round=obj.round_id, team=obj.team_id), actor, now)
        handed_in = visible(Sheet.objects.filter(entry=obj), actor, now).select_related("account", "exclusion")
        sheets, begun = list(handed_in.order_by("at", "pk")), _begun(obj, actor)
        reviews = reviews_of_gates(obj, actor, now)
        named = {"sheets": sheets, "drafts": begun, "findings": findings_in(reviews)}
        see_experts(obj, named, actor=actor, now=now)
        own = None if sees_all(Document, actor) else conflict(obj.round, actor.person(), obj.team, now)
        return {
            # What is kept from an expert is not said to be missing.
            "undeclared": bool(own and undeclared(obj.round, actor.person(), {obj.team_id: own})),
            "conflicted": own is Conflict.CONFLICT,
            "begun": begun,
            "papers": papers.select_related("round__programme").prefetch_related("files").order_by("received_at", "pk"),
            "sheets": sheets,
            "may_open_figures": actor.may(SEE_MARKS),
            "criteria": obj.round.criteria.all(),
            "gate_reviews": reviews,
        }

    def figure_view(self, request: HttpRequest, object_id: int, code: str | None = None) -> HttpResponse:
        """A figure down to its marks. Opening it is recorded."""
        entry = self.found(request, str(object_id))
        actor = acting(request)
        if not actor.may(SEE_MARKS):
            raise PermissionDenied
        try:
            found = open_figure(entry, code=code, page=page_of(request.GET), actor=actor, now=now_of(request))
        except Refused as refused:
            raise Http404 from refused
        title = found.criterion or _("총점")
        context = {**self.page_context(request, entry), **figure_of(entry, found), "entry": entry, "title": title}
        return TemplateResponse(request, "panel/figure.html", context)


def _begun(entry: Entry, actor: Actor) -> list[Any]:
    """Who is writing a sheet, and when it was kept last; what stands in it is nobody else's."""
    if not sees_all(Sheet, actor):
        return []
    drafts = SheetDraft.objects.filter(entry=entry).order_by("saved_at").annotate(name=F(name_field("account__")))
    return list(drafts.values_list("account_id", "name", "saved_at", named=True))
