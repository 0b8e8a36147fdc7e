"""Calls in the panel: their conditions for everybody who finds them there, and for each the part that is his."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from appeals.admin.votes_shown import majority_words
from appeals.models import Screening, Vote
from appeals.policies import call_evaluators, majorities
from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Application, ApplicationDraft, Call
from consortia.queries import exception_words, state_at
from consortia.rules.notice import eligible_words, terms_words
from consortia.states import CallState
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badged, ending
from core.roles import Role
from core.sight import sees_all, visible
from core.wording import joined, told


class CallAdmin(ProgrammeThingAdmin):
    """추가 공모. A call is authorised on its round's page; the sweep opens and closes it."""

    change_form_template = "panel/call.html"
    fields = (
        "programme",
        "code",
        "most_seats",
        "seats",
        "notice_days",
        "eligible_shown",
        "opened_at",
        "closes_shown",
        "void_reason",
        "terms_shown",
    )
    readonly_fields = ("eligible_shown", "closes_shown", "terms_shown")
    list_display = ("__str__", "state_badge", "seats", "opened_at", "closes_shown", "programme")
    list_filter = ("state", "programme")
    list_select_related = ("programme",)
    search_fields = ("code",)
    empty = _(
        "공석을 채우는 추가 공모입니다. 단계의 화면에서 기안하고 결재해 두면, 조건이 갖추어질 때 자동으로 열립니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))
    closes_shown = staticmethod(ending("closes_at", _("접수 기한")))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was authorised beyond what the notice says is the officials' own."""
        own = () if sees_all(Call, acting(request)) else ("most_seats", "void_reason")
        return [name for name in self.fields if name not in own]

    @admin.display(description=_("응모 자격"))
    def eligible_shown(self, obj: Call) -> str:
        return joined(eligible_words(obj.eligible))

    @admin.display(description=_("지원 조건"))
    def terms_shown(self, obj: Call) -> Any:
        lines = [*terms_words(obj.terms), *exception_words(obj)]
        return format_html_join("", "<div>{}</div>", ((told(line),) for line in lines)) or "—"

    def more(self, request: HttpRequest, obj: Call) -> dict[str, Any]:
        actor, now = acting(request), now_of(request)
        public = obj.state != CallState.AUTHORISED
        shown: dict[str, Any] = {
            "state_now": state_at(obj, now),
            "public_url": reverse("call", args=[obj.programme.code, obj.code]) if public else "",
            "notice": getattr(obj, "notice", None),
            "guide": getattr(obj, "guide", None),
        }
        if Role.APPLICANT in actor.roles:
            shown["own"] = _own(obj, actor, now)
        if Role.EVALUATOR in actor.roles:
            shown["judging"] = judging(obj, actor, now)
        if sees_all(Screening, actor):
            shown["applications"] = _applications(obj, now)
        return shown


def _own(call: Call, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the person's team has written and handed in."""
    drafts = visible(ApplicationDraft.objects.filter(call=call), actor, now)
    rows = visible(Application.everything.filter(call=call), actor, now)
    applications = list(rows.select_related("team", "call", "receipt").order_by("pk"))
    return {
        "drafts": drafts.select_related("team", "call").order_by("pk"),
        "applications": applications,
        "applied": {each.team_id for each in applications if each.withdrawn_at is None},
    }


def judging(call: Call, actor: Actor, now: datetime) -> dict[str, Any]:
    """An evaluator's part: the applications before him with his own votes, or why he has none."""
    person = actor.person()
    if not call.is_over(now):
        return {"reason": _("접수가 끝나면 평가합니다.")}
    if person.pk not in call_evaluators(call, now):
        return {"reason": _("응모한 팀과 이해관계가 있거나 알 수 없어 참여할 수 없습니다.")}
    mine = dict(Vote.objects.filter(application__call=call, account=person).values_list("application_id", "accept"))
    before = visible(Application.objects.filter(call=call), actor, now).select_related("team", "call").order_by("pk")
    return {"rows": [{"application": each, "vote": mine.get(each.pk)} for each in before]}


def _applications(call: Call, now: datetime) -> list[dict[str, Any]]:
    """Every application of the call, those that were taken back too, and how the votes on it stand."""
    votes = majorities(call, now)
    rows = Application.everything.filter(call=call).select_related("team", "screening", "receipt").order_by("pk")
    return [
        {
            "application": each,
            "screening": getattr(each, "screening", None),
            "receipt": getattr(each, "receipt", None),
            "majority": votes.get(each.pk),
            "words": majority_words(votes[each.pk]) if each.pk in votes else "",
        }
        for each in rows
    ]


def judging_of(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """An evaluator's part in every call that waits for its selection."""
    waiting = Call.objects.over(now).filter(state__in=[CallState.OPEN, CallState.CLOSED])
    calls = visible(waiting.select_related("programme"), actor, now).order_by("closes_at", "pk")
    return [{"call": call, "judging": judging(call, actor, now)} for call in calls]
