"""Applications and their drafts in the panel: papers, screening, votes and the receipt."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.admin.votes_shown import majority_words
from appeals.models import Screening, Selection, Vote
from appeals.policies import majorities
from appeals.queries.receipts import application_receipt
from appeals.verbs import SAVE_DRAFT
from consortia.admin.base import ProgrammeThingAdmin
from consortia.admin.receipts import ReceivedAdmin
from consortia.models import Application, ApplicationDraft, ApplicationPaper, ApplicationReceipt
from consortia.queries import state_at
from consortia.states import CallState
from core.admin.acting import acting, now_of
from core.admin.columns import badge
from core.sight import may_see, sees_all, visible
from evaluation.operations.marks import see_experts


class ApplicationAdmin(ReceivedAdmin):
    """Teams' answers to calls; one that was taken back stays, and says so."""

    programme_path = "call__programme"
    receipt = ApplicationReceipt
    change_form_template = "panel/application.html"
    fields = ("call", "team", "state_badge", "submitted_by", "submitted_at", "withdrawn_at", "summary")
    readonly_fields = ("state_badge",)
    list_display = ("team", "call", "state_badge", "submitted_at")
    list_filter = ("state", "call")
    list_select_related = ("team", "call__programme")
    search_fields = ("team__name_ko", "team__code")
    empty = _("추가 공모에 접수된 응모입니다. 접수 중인 공모의 화면에서 팀 담당자가 제출하면 실립니다.")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Application]":
        every = Application.everything.select_related("receipt").order_by("-pk")
        return visible(every, acting(request), now_of(request))

    @admin.display(description=_("상태"), ordering="state")
    def state_badge(self, obj: Application) -> Any:
        if obj.withdrawn_at is not None:
            return badge("withdrawn", _("철회"))
        return badge(obj.state, obj.get_state_display())

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view(self.receipt_view)
        return [path("<int:object_id>/receipt/", wrap, name="consortia_application_receipt"), *super().get_urls()]

    def more(self, request: HttpRequest, obj: Application) -> dict[str, Any]:
        actor, now = acting(request), now_of(request)
        papers = visible(ApplicationPaper.objects.filter(application=obj), actor, now)
        shown: dict[str, Any] = {"papers": papers.select_related("attachment").order_by("pk")}
        if self._receipts(request, obj).exists():
            shown["receipt_url"] = reverse("admin:consortia_application_receipt", args=[obj.pk])
        screenings = visible(Screening.objects.filter(application=obj), actor, now)
        about = Q(application=obj) | Q(application__isnull=True, call=obj.call_id)
        shown["screening"] = screenings.select_related("by").first()
        shown["selection"] = visible(Selection.objects.filter(about), actor, now).first()
        if sees_all(Screening, actor):
            standing = majorities(obj.call, now).get(obj.pk)
            shown["majority"] = majority_words(standing) if standing else ""
        if may_see(Vote, actor):
            votes = visible(Vote.objects.filter(application=obj), actor, now).select_related("account")
            shown["votes"] = list(votes.order_by("at", "pk"))
            see_experts(obj, {"votes": shown["votes"]}, actor=actor, now=now)
        return shown

    def receipt_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The receipt, to be printed; for the team that handed in, officials and auditors."""
        application = self.found(request, str(object_id))
        if not self._receipts(request, application).exists():
            raise Http404
        context = {
            **self.page_context(request, application),
            "title": _("접수증"),
            "receipt": application_receipt(application),
            "papers": application.papers.select_related("attachment").order_by("pk"),
        }
        with timezone.override(self.zone_of(application)):
            return TemplateResponse(request, "panel/receipt.html", context)

    def _receipts(self, request: HttpRequest, obj: Application) -> "QuerySet[ApplicationReceipt]":
        receipts = ApplicationReceipt.objects.filter(application=obj)
        return visible(receipts, acting(request), now_of(request))


class ApplicationDraftAdmin(ProgrammeThingAdmin):
    """A team's draft, for its own people. It waits only while the call is open and no application of theirs stands."""

    programme_path = "call__programme"
    change_form_template = "panel/draft.html"
    fields = ("call", "team", "updated_by", "updated_at", "summary")
    list_display = ("call", "team", "updated_at", "updated_by")
    list_select_related = ("team", "call__programme", "updated_by")
    ordering = ("-updated_at", "-pk")
    empty = _("제출하기 전의 응모 초안입니다. 접수 중인 공모의 화면에서 쓰기 시작하면 여기에 보관됩니다.")

    def more(self, request: HttpRequest, obj: ApplicationDraft) -> dict[str, Any]:
        papers = obj.papers.filter(taken_out_at=None).select_related("attachment").order_by("pk")
        standing = Application.objects.filter(call=obj.call_id, team=obj.team_id).select_related("receipt").first()
        over = state_at(obj.call, now_of(request)) != CallState.OPEN
        shown: dict[str, Any] = {"papers": papers, "standing": standing, "over": over}
        if acting(request).may(SAVE_DRAFT):
            shown["save_url"] = reverse("admin:consortia_call_save_draft", args=[obj.call_id])
            shown["taking_out"] = reverse("admin:consortia_applicationdraft_take_out_paper", args=[obj.pk])
        return shown
