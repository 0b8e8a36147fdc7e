"""Which periods near their end, and whom to tell."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from consortia.models import Programme, Team
from core.calendar.window import DAY
from core.models import Account
from core.roles import Role
from evaluation.models import Notice, Reminder
from evaluation.queries.windows import BY_END
from evaluation.states import ReminderKind, RoundState

M = TypeVar("M", bound=models.Model)

DAYS_BEFORE = (3, 1)
"""How long before the end of a period people are told, in days of 24 hours."""


def due(rows: "QuerySet[M]", kind: ReminderKind, *, begin: str, end: str, days: int, now: datetime) -> "QuerySet[M]":
    """Those of the rows of whose `end` nobody has been told yet that it comes in `days` days.

    One that was missed until the next became due is not made good: it would tell of days that are over. A period that
    was shorter than that from its `begin` has no such moment.
    """
    nearer = max((other for other in DAYS_BEFORE if other < days), default=0)
    told = Reminder.objects.filter(
        kind=kind,
        subject_kind=rows.model._meta.label_lower,
        subject_id=OuterRef("pk"),
        days=days,
        until=OuterRef(end),
    )
    near = rows.filter(
        **{f"{end}__gt": now + nearer * DAY, f"{end}__lte": now + days * DAY, f"{begin}__lte": F(end) - days * DAY}
    )
    return near.exclude(Exists(told))


def windows_ending(days: int, now: datetime) -> QuerySet[Notice]:
    """Notices whose window ends in `days` days, of announced rounds; only the one that counts for its team (`BY_END`).

    Of one that has not arrived yet nobody is told.
    """
    arrived = Notice.objects.filter(entry=OuterRef("entry"), arrived_at__lte=now).order_by(*BY_END)
    counting = Subquery(arrived.reverse().values("pk")[:1])
    notices = Notice.objects.filter(announcement__round__state=RoundState.ANNOUNCED, pk=counting)
    return due(notices, ReminderKind.WINDOW, begin="arrived_at", end="window_closes_at", days=days, now=now)


def to_be_mailed(now: datetime) -> list[int]:
    """Ids of reminders that are still to go out by mail, while that is of any use."""
    waiting = Reminder.objects.filter(mailed_at=None, until__gt=now).exclude(address="")
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def people_of(team: Team) -> list[Account]:
    """The accounts that act for a team."""
    return list(Account.objects.filter(teams__team=team, is_active=True).order_by("pk"))


def officials_of(programme: Programme) -> list[Account]:
    """The officials of a programme: their accounts carry its code (`Account.username`)."""
    officials = Account.objects.filter(grants__role=Role.OFFICIAL, is_active=True)
    return list(officials.filter(username__startswith=f"{programme.code}.").order_by("pk"))
