"""What a person finds by typing a few letters anywhere in the panel: what may be done now, and things by name.

Unfold lists the menu's pages itself; here stand the steps that a round waits for and the things that a person may see.
"""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from unfold.dataclasses import SearchResult

from core.admin.acting import acting, now_of
from core.admin.lists import beginning
from core.sight import visible
from evaluation.models import Entry, Round

MOST_ROUNDS = 5
"""The newest rounds, whose steps are asked for one by one; what an older one waits for is found on its page."""
MOST_THINGS = 10
"""Rounds, and teams, that are found by their names."""


def found(request: HttpRequest, term: str) -> list[SearchResult]:
    """Steps whose words hold the term, then rounds and teams whose names or codes begin with it."""
    rounds = visible(Round.objects.select_related("programme"), acting(request), now_of(request)).order_by("-pk")
    return [
        *(step for round in rounds[:MOST_ROUNDS] for step in _steps(request, round, term)),
        *_things(beginning(rounds, ("name_ko", "code"), term)[:MOST_THINGS], "flag"),
        *_things(_entries(request, term), "diversity_3"),
    ]


def _steps(request: HttpRequest, round: Round, term: str) -> Iterable[SearchResult]:
    """What the person may do to the round now; a step that cannot follow is not offered."""
    actor, now = acting(request), now_of(request)
    for page in admin.site._registry[Round].pages():  # type: ignore[attr-defined]
        words = str(page.button())
        offered = page.about_object and term in words.lower() and actor.may(page.verb) and page.concerns(round)
        if offered and not page.blocked(round, actor=actor, now=now):
            yield SearchResult(title=words, description=str(round), link=page.address(round), icon=page.icon)


def _entries(request: HttpRequest, term: str) -> Iterable[Entry]:
    seen = visible(Entry.objects.select_related("team", "round"), acting(request), now_of(request))
    return beginning(seen, ("team__name_ko", "team__code"), term).order_by("-round_id", "position")[:MOST_THINGS]


def _things(rows: Iterable[Round | Entry], icon: str) -> Iterable[SearchResult]:
    for row in rows:
        link = admin.site._registry[type(row)].address(row)  # type: ignore[attr-defined]
        under = row.round if isinstance(row, Entry) else _("단계평가")
        yield SearchResult(title=str(row), description=str(under), link=link, icon=icon)
