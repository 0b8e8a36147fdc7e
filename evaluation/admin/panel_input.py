"""What an expert says of a team: always his own, and not before it is known how he stands to it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from core.actors import Actor
from core.admin.pages import refusal
from evaluation.admin.entry_pages import InputPage
from evaluation.models import Entry
from evaluation.policies import Conflict, conflict, require_no_conflict


class PanelPage(InputPage):
    """An input of the panel: not by a person with a conflict; whoever has not declared himself is led there first."""

    template = "panel/panel_input.html"

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        barred = refusal(require_no_conflict, subject.round, actor.person(), subject.team, now)
        return barred or super().blocked(subject, actor=actor, now=now)

    def _context(self, request: HttpRequest, subject: Entry, form: Any) -> dict[str, Any]:
        shown = super()._context(request, subject, form)
        person = form.actor.person()
        unknown = shown["blocked"] and conflict(subject.round, person, subject.team, form.now) is Conflict.UNKNOWN
        return {**shown, "undeclared": unknown}
