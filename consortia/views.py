"""The public pages of calls, with nothing that is not public, and the way from there to applying."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consortia.models import Call, Team
from consortia.queries import exception_words, public_calls, state_at
from consortia.rules.notice import eligible_words, terms_words
from consortia.states import CallState
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.calendar.window import days_left
from core.calendar.words import end_words, moment_words, window_words
from core.clock import database_now
from core.roles import Role
from core.sight import visible
from core.templatetags.simsa import left_words
from core.wording import language

_ORDER = (CallState.OPEN, CallState.CLOSED, CallState.CONCLUDED, CallState.VOID)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call of which the public may know: those that can be answered first, then the newest."""
    now = database_now()
    shown = [_line(call, now) for call in public_calls().order_by("-opened_at", "-pk")]
    shown.sort(key=lambda line: _ORDER.index(line["state"]))
    return render(request, "public/calls.html", {"lines": shown})


@require_safe
def call(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """A call with its notice, conditions, dates and result; 404 until it has opened or become void."""
    found = public_calls().filter(programme__code=programme, code=code).first()
    if found is None:
        raise Http404
    shown = _line(found, database_now())
    if found.opened_at is not None:
        shown |= _conditions(found)
    return render(request, "public/call.html", shown)


@require_safe
@login_required
def apply(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """From the public page of a call to the panel's; whoever does not find it there is told who may answer it.

    What is said is public but for the name of the reader's own team.
    """
    found = public_calls().filter(programme__code=programme, code=code, opened_at__isnull=False).first()
    if found is None:
        raise Http404
    actor = acting(request)
    if visible(Call.objects.filter(pk=found.pk), actor, now_of(request)).exists():
        return redirect("admin:consortia_call_change", found.pk)
    shown = {**_line(found, now_of(request)), "eligible": eligible_words(found.eligible), "why": _barred(found, actor)}
    response = render(request, "public/not_eligible.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response


def _barred(call: Call, actor: Actor) -> list[str]:
    """Why a person cannot answer a call that he does not find in the panel: a sentence for each team of his."""
    mine = Team.objects.filter(programme=call.programme, people__account=actor.account).order_by("pk")
    teams = list(mine) if Role.APPLICANT in actor.roles else []
    told = [_("{team}: 이 공모의 응모 자격이 없습니다.").format(team=team) for team in teams]
    return told or [_("이 공모에 응모할 수 있는 팀의 담당자가 아닙니다.")]


def _line(call: Call, now: datetime) -> dict[str, Any]:
    """What the list and the page both say of a call: its dates in words, and how it stands."""
    state, zone, said = state_at(call, now), call.programme.zone, language()
    opens, closes = call.opened_at, call.closes_at
    return {
        "call": call,
        "programme": call.programme,
        "state": state,
        "opens": moment_words(opens, zone, said) if opens else "",
        "closes": window_words(closes, zone, said) if closes else "",
        "closed": end_words(closes, zone, said) if closes else "",
        "left": left_words(days_left(now, closes, zone)) if closes and state == CallState.OPEN else "",
        "selected": [application.team.name for application in call.selected],  # type: ignore[attr-defined]
    }


def _conditions(call: Call) -> dict[str, Any]:
    """What the call asks for and offers, as it was approved."""
    guide, notice = getattr(call, "guide", None), getattr(call, "notice", None)
    shortened = guide is not None and call.notice_days < guide.least_notice_days
    return {
        "eligible": eligible_words(call.eligible),
        "documents": guide.documents if guide else [],
        "evaluators": guide.evaluators if guide else "",
        "decision_rule": guide.decision_rule if guide else "",
        "first_conditions": guide.first_conditions if guide else "",
        "shortening": guide.shortening_reason if guide and shortened else "",
        "terms": terms_words(call.terms),
        "exceptions": exception_words(call),
        "notice": notice.text if notice else "",
        "published": moment_words(notice.published_at, call.programme.zone, language()) if notice else "",
    }
