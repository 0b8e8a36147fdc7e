"""Reads that span rounds and calls: what blocks a closing, and what is due."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consortia.models import Call
from evaluation.models import Notice, Round, Vacancy


@dataclass(frozen=True)
class Blocker:
    """One thing that must end before a round can close: whose, and until when."""

    kind: str
    team: str
    until: datetime

    def __str__(self) -> str:
        return f"{self.team}: 이의신청 기간이 끝나지 않았습니다({self.until.isoformat()}까지)."


def closing_blockers(round: Round, now: datetime) -> list[Blocker]:
    """What keeps an announced round from closing at `now`, the latest last; none means that it is due."""
    waiting = Notice.objects.filter(announcement__round=round, window_closes_at__gt=now)
    rows = waiting.order_by("window_closes_at", "pk").values_list("entry__team__name_ko", "window_closes_at")
    return [Blocker("window", team, until) for team, until in rows]


def rounds_announced(programme: int | None) -> QuerySet[Round]:
    """Announced rounds, of one programme or of all."""
    return _of(Round.objects.filter(state="announced"), programme)


def vacancies_to_fill(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies without a call for which two officials have authorised one."""
    waiting = Vacancy.objects.filter(call=None, round__authorisation__call__state="authorised")
    return waiting if programme is None else waiting.filter(round__programme=programme)


def call_in_the_way(call: Call, now: datetime) -> Call | None:
    """The other call of the programme whose window is not over, so that this one cannot open yet; None where none is.

    Calls of a programme never overlap: who is asked to apply must know for what.
    """
    others = Call.objects.filter(programme=call.programme_id, opened_at__isnull=False, closes_at__gt=now)
    return others.exclude(pk=call.pk).order_by("-closes_at").first()


def calls_over(programme: int | None, now: datetime) -> QuerySet[Call]:
    """Open calls whose time is over."""
    over = Call.objects.filter(state="open", closes_at__lte=now)
    return over if programme is None else over.filter(programme=programme)


def _of(rounds: QuerySet[Round], programme: int | None) -> QuerySet[Round]:
    return rounds if programme is None else rounds.filter(programme=programme)
