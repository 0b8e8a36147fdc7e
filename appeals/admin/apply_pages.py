"""A team answers a call: a draft and its papers, handing it in or applying at once, and taking an application back.

Each page holds the call while it acts, so that what is received after the close is late, whenever it was begun.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals.admin.paper_forms import ApplyForm, DraftForm, papers_in, teams_of
from appeals.operations.applying import (
    apply,
    hold_open_call,
    require_content,
    require_every_kind,
    require_may_apply,
    require_no_other,
    require_open,
    withdraw_application,
)
from appeals.operations.drafting import require_no_draft, save_draft, submit_draft, take_out_paper
from appeals.queries.calls import waiting_drafts
from appeals.verbs import APPLY, SAVE_DRAFT, SUBMIT_DRAFT, TAKE_OUT_PAPER, WITHDRAW_APPLICATION
from consortia.models import Application, ApplicationDraft, Call, DraftPaper, Team
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.templatetags.simsa import until


def _hold_for_draft(pk: int) -> Call:
    return hold_open_call(ApplicationDraft.objects.values_list("call_id", flat=True).get(pk=pk))


def _hold_for_application(pk: int) -> Call:
    return hold_open_call(Application.everything.values_list("call_id", flat=True).get(pk=pk))


def address_of(application: Application) -> str:
    """The application's own page."""
    return reverse("admin:consortia_application_change", args=[application.pk])


def receipt_address(application: Application) -> str:
    """The page of its receipt."""
    return reverse("admin:consortia_application_receipt", args=[application.pk])


class AnsweringPage(OperationPage):
    """A page on a call, for the teams that may answer it."""

    holds = hold_open_call

    def blocked(self, subject: Call, *, actor: Actor, now: datetime) -> str:
        """Why none of the person's teams may go on; empty where one may."""
        teams = teams_of(subject, actor.person())
        reasons = [self.hindrance(subject, team, actor, now) for team in teams]
        if not reasons:
            return str(_("이 공모에 응모할 수 있는 팀의 담당자가 아닙니다."))
        return reasons[0] if all(reasons) else ""

    def hindrance(self, call: Call, team: Team, actor: Actor, now: datetime) -> str:
        return refusal(require_may_apply, call, team, actor, now)

    def follows(self, subject: Call, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("접수 마감: %(until)s. 마감 시각까지 파일 전송이 끝나야 합니다.") % {"until": until(subject.closes_at)}
        ]


@on(Call)
class SaveDraft(AnsweringPage):
    """Begins a draft or goes on with it."""

    verb = SAVE_DRAFT
    form_class = DraftForm
    icon = "edit_note"

    def follows(self, subject: Call, *, actor: Actor, now: datetime) -> list[Any]:
        told = [
            *super().follows(subject, actor=actor, now=now),
            _("초안은 우리 팀만 봅니다. 제출해야 접수되며, 그 전에는 언제든 고칠 수 있습니다."),
        ]
        if Application.objects.filter(call=subject, team__in=teams_of(subject, actor.person())).exists():
            told.append(_("접수한 응모는 초안을 고쳐도 바뀌지 않습니다. 바꾸려면 철회하고 초안을 다시 제출합니다."))
        return told

    def perform(self, subject: Call, given: dict[str, Any], *, actor: Actor, now: datetime) -> ApplicationDraft:
        draft: ApplicationDraft = save_draft(
            subject, team=given["team"], summary=given["summary"], papers=papers_in(given), actor=actor, now=now
        )
        return draft

    def done(self, subject: Call, result: ApplicationDraft) -> Any:
        return _("%(team)s의 초안을 저장했습니다. 아직 접수된 것이 아닙니다.") % {"team": result.team}

    def after(self, subject: Call, result: ApplicationDraft) -> str:
        return self.admin.address(result)


@on(Call)
class Apply(AnsweringPage):
    """Hands an application in at once. A team that has a draft hands that in: its page leads there, without a form."""

    verb = APPLY
    form_class = ApplyForm
    template = "panel/apply.html"
    icon = "send"

    def hindrance(self, call: Call, team: Team, actor: Actor, now: datetime) -> str:
        return (
            super().hindrance(call, team, actor, now)
            or refusal(require_no_other, call, team)
            or refusal(require_no_draft, call, team)
        )

    def perform(self, subject: Call, given: dict[str, Any], *, actor: Actor, now: datetime) -> Application:
        team = given["team"]
        require_may_apply(subject, team, actor, now)
        require_no_draft(subject, team)
        application: Application = apply(
            subject, team=team, summary=given["summary"], papers=papers_in(given), actor=actor, now=now
        )
        return application

    def _context(self, request: HttpRequest, subject: Call, form: OperationForm) -> dict[str, Any]:
        context = super()._context(request, subject, form)
        if context["blocked"] and not form.is_bound:
            teams = teams_of(subject, form.actor.person())
            context["drafts"] = waiting_drafts(subject, teams).select_related("call", "team").order_by("pk")
        return context

    def done(self, subject: Call, result: Application) -> Any:
        return _handed_in(result)

    def after(self, subject: Call, result: Application) -> str:
        return receipt_address(result)


@on(ApplicationDraft)
class SubmitDraft(OperationPage):
    """Hands a draft in as it is."""

    verb = SUBMIT_DRAFT
    icon = "send"
    holds = _hold_for_draft

    def blocked(self, subject: ApplicationDraft, *, actor: Actor, now: datetime) -> str:
        kinds = list(subject.papers.filter(taken_out_at=None).values_list("kind", flat=True))
        return (
            refusal(require_may_apply, subject.call, subject.team, actor, now)
            or refusal(require_no_other, subject.call, subject.team)
            or refusal(require_every_kind, subject.call, kinds)
            or refusal(require_content, subject.summary, kinds)
        )

    def follows(self, subject: ApplicationDraft, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("접수 마감: %(until)s") % {"until": until(subject.call.closes_at)},
            _("지금 초안에 있는 그대로 접수하고 접수증을 만듭니다. 마감 전에는 철회하고 다시 낼 수 있습니다."),
        ]

    def perform(self, subject: ApplicationDraft, given: dict[str, Any], *, actor: Actor, now: datetime) -> Application:
        application: Application = submit_draft(subject, actor=actor, now=now)
        return application

    def done(self, subject: ApplicationDraft, result: Application) -> Any:
        return _handed_in(result)

    def after(self, subject: ApplicationDraft, result: Application) -> str:
        return receipt_address(result)


class TakeOutForm(OperationForm):
    paper = fields.thing(_("뺄 서류"), DraftPaper.objects.none())

    def choose(self) -> None:
        papers = self.subject.papers.filter(taken_out_at=None).select_related("attachment")
        self.fields["paper"].queryset = papers  # type: ignore[attr-defined]


@on(ApplicationDraft)
class TakeOutPaper(OperationPage):
    """Takes a paper out of a draft."""

    verb = TAKE_OUT_PAPER
    form_class = TakeOutForm
    icon = "remove_circle"
    holds = _hold_for_draft

    def concerns(self, subject: ApplicationDraft) -> bool:
        return subject.papers.filter(taken_out_at=None).exists()

    def blocked(self, subject: ApplicationDraft, *, actor: Actor, now: datetime) -> str:
        return refusal(require_may_apply, subject.call, subject.team, actor, now)

    def follows(self, subject: ApplicationDraft, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("뺀 서류는 제출할 때 함께 나가지 않습니다. 넣었다 뺀 기록은 남습니다.")]

    def perform(self, subject: ApplicationDraft, given: dict[str, Any], *, actor: Actor, now: datetime) -> DraftPaper:
        paper: DraftPaper = take_out_paper(given["paper"], actor=actor, now=now)
        return paper

    def done(self, subject: ApplicationDraft, result: DraftPaper) -> Any:
        return _("%(paper)s: 초안에서 뺐습니다.") % {"paper": result}


@on(Application)
class WithdrawApplication(OperationPage):
    """Takes an application back while the call is open."""

    verb = WITHDRAW_APPLICATION
    icon = "undo"
    dangerous = True
    holds = _hold_for_application

    def concerns(self, subject: Application) -> bool:
        return subject.withdrawn_at is None

    def blocked(self, subject: Application, *, actor: Actor, now: datetime) -> str:
        return refusal(require_open, subject.call, now)

    def follows(self, subject: Application, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("이 응모는 평가하지 않습니다. 접수와 철회의 기록은 남습니다."),
            _("%(until)s 다시 낼 수 있습니다.") % {"until": until(subject.call.closes_at)},
        ]

    def perform(self, subject: Application, given: dict[str, Any], *, actor: Actor, now: datetime) -> Application:
        application: Application = withdraw_application(subject, actor=actor, now=now)
        return application

    def done(self, subject: Application, result: Application) -> Any:
        return _("%(application)s: 철회했습니다.") % {"application": subject}

    def after(self, subject: Application, result: Application) -> str:
        return reverse("admin:consortia_call_change", args=[subject.call_id])


def _handed_in(application: Application) -> Any:
    return _("%(application)s: 접수했습니다. 접수번호 %(number)s") % {
        "application": application,
        "number": application.receipt.number,
    }
