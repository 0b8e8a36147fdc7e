"""Calls as they stand by the real clock, which pages ask: one that takes applications now, one that takes no more."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from consortia.models import Call
from core.ledger.naming import named
from tests.appeals.after import applied, contested, opened, voted
from tests.story import Story, today

PLAN, AGREEMENT = "사업계획서", "협약서"


def taking(**given: Any) -> tuple[Story, Call]:
    """Announced some weeks ago; the call opened since, and takes applications with two kinds of paper."""
    story = contested(now=today() - timedelta(days=25))
    facts = {"notice_days": 40, "documents": [PLAN, AGREEMENT], "now": story.now}
    return story, opened(story, **(facts | given))


def closing(call: Call, at: datetime) -> Call:
    """The call as if it closed at that time."""
    with transaction.atomic(), named(actor="test", verb="test"):
        Call.objects.filter(pk=call.pk).update(closes_at=at)
    call.refresh_from_db()
    return call


def over(call: Call) -> Call:
    """The call as if its last minute had just passed; no sweep has come by."""
    return closing(call, timezone.now())


def answered_by(*teams: str, voters: dict[str, str] | None = None) -> tuple[Story, Call]:
    """A call that these teams answered and whose time is over; `voters` (team -> experts' numbers) accept them."""
    story, call = taking(documents=[])
    for team in teams:
        applied(story, call, team)
    call = over(call)
    for team, numbers in (voters or {}).items():
        voted(story, call, team, *(f"expert-{number}" for number in numbers))
    return story, call
