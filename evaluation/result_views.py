"""The public pages of results: no sign-in, and nothing beyond what was announced."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.calendar.words import moment_words, window_words
from core.wording import language
from evaluation.models import Round
from evaluation.queries.public_results import public_result, public_rounds
from evaluation.queries.standings import BoardRow
from evaluation.states import Outcome


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Every announced result, the newest first."""
    shown = [_about(round) for round in public_rounds().order_by("-announced_at", "-pk")]
    return render(request, "public/results.html", {"lines": shown})


@require_safe
def result(request: HttpRequest, programme: str, round: str) -> HttpResponse:
    """A round's newest announced result; 404 before the announcement."""
    announced = public_rounds().filter(programme__code=programme, code=round).first()
    if announced is None:
        raise Http404
    found = public_result(announced)
    lines = [_line(row, [column.code for column in found.columns if column.code]) for row in found.rows]
    published = moment_words(found.announced_at, announced.programme.zone, language())
    return render(
        request, "public/result.html", _about(announced) | {"result": found, "teams": lines, "published": published}
    )


def _about(round: Round) -> dict[str, Any]:
    """What the list and the page both say: when it was announced, and whether it may still change."""
    zone, said = round.programme.zone, language()
    return {
        "round": round,
        "programme": round.programme,
        "announced": moment_words(round.announced_at, zone, said) if round.announced_at else "",
        "final": moment_words(round.appeals_closed_at, zone, said) if round.appeals_closed_at else "",
        "closes": window_words(round.appeals_close_at, zone, said) if round.appeals_close_at else "",
    }


def _line(row: BoardRow, codes: list[str]) -> dict[str, Any]:
    return {"row": row, "outcome": Outcome(row.outcome or ""), "scores": [row.scores[code] for code in codes]}
