"""The public pages of calls: no sign-in, and nothing that is not public."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consortia.models import Call
from consortia.queries import exception_words, public_calls, state_at
from consortia.rules.notice import eligible_words, terms_words
from consortia.states import CallState
from core.calendar.window import days_left
from core.calendar.words import end_words, moment_words, window_words
from core.clock import database_now
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
