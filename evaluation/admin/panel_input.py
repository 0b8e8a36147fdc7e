"""What an expert says of a team: always his own, and not before he has said how he stands to it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.actors import Actor
from core.admin.pages import refusal
from evaluation.admin.entry_pages import InputPage
from evaluation.models import Entry
from evaluation.policies import DECLARE_FIRST, Conflict, conflict, require_no_conflict, undeclared


class PanelPage(InputPage):
    """An input of the panel: not by a person with a conflict; whoever has not declared himself is led there first."""

    template = "panel/panel_input.html"

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        person = actor.person()
        known = conflict(subject.round, person, subject.team, now)
        if known is Conflict.CONFLICT:
            return refusal(require_no_conflict, subject.round, person, subject.team, now)
        barred = "" if known is Conflict.UNKNOWN else super().blocked(subject, actor=actor, now=now)
        waits = not barred and undeclared(subject.round, person, {subject.team_id: known})
        return str(DECLARE_FIRST) if waits else barred

    def _context(self, request: HttpRequest, subject: Entry, form: Any) -> dict[str, Any]:
        shown = super()._context(request, subject, form)
        return {**shown, "undeclared": shown["blocked"] == str(DECLARE_FIRST)}
