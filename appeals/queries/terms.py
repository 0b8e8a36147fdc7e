"""Terms that come near: windows to object, and appeals to be decided."""

from datetime import datetime

from django.db.models import QuerySet

from appeals.models import Appeal, Waiver
from appeals.states import UNDECIDED
from evaluation.models import Notice
from evaluation.queries.reminders import due, windows_ending
from evaluation.states import ReminderKind


def windows_to_remind(days: int, now: datetime) -> QuerySet[Notice]:
    """Notices whose window ends in `days` days, of teams that may still object: a waiver binds."""
    ending = windows_ending(days, now).exclude(entry__in=Waiver.objects.values("entry"))
    return ending.select_related("entry__team", "announcement__round__programme")


def appeals_near_their_term(days: int, now: datetime) -> QuerySet[Appeal]:
    """Undecided appeals that are to be decided in `days` days, and of which officials have not been told."""
    undecided = Appeal.objects.filter(state__in=UNDECIDED).select_related("programme", "entry__team")
    return due(undecided, ReminderKind.DECISION, begin="filed_at", end="decide_by", days=days, now=now)
