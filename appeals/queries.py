"""Reads that span rounds, appeals and calls: windows, what blocks a closing, and what is due."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from appeals.models import Appeal
from appeals.states import UNDECIDED
from consortia.models import Call
from core.errors import Code, Refused
from evaluation.models import Entry, Notice, Round, Vacancy


@dataclass(frozen=True)
class Blocker:
    """One thing that must end before a round can close: a team's window, or an appeal. `until`: its end or due date."""

    kind: str
    who: str
    until: datetime

    def __str__(self) -> str:
        words = {"window": "이의신청 기간이 끝나지 않았습니다", "appeal": "이의신청을 아직 결정하지 않았습니다"}
        return f"{self.who}: {words[self.kind]}({self.until.isoformat()}까지)."


def own_window(entry: Entry, now: datetime) -> Notice:
    """The team's newest notice that has arrived; `not_entitled` for a team that has not been notified."""
    arrived = Notice.objects.filter(entry=entry, arrived_at__lte=now)
    newest = arrived.order_by("-arrived_at", "-pk").first()
    if newest is None:
        raise Refused(Code.NOT_ENTITLED, f"{entry}은(는) 아직 통지를 받지 않았습니다.", team=entry.team.code)
    return newest


def closing_blockers(round: Round, now: datetime) -> list[Blocker]:
    """What keeps an announced round from closing at `now`: open windows, the latest last, then undecided appeals."""
    waiting = Notice.objects.filter(announcement__round=round, window_closes_at__gt=now)
    windows = waiting.order_by("window_closes_at", "pk").values_list("entry__team__name_ko", "window_closes_at")
    pending = Appeal.objects.filter(round=round, state__in=UNDECIDED).order_by("pk").values_list("code", "decide_by")
    return [
        *(Blocker("window", team, until) for team, until in windows),
        *(Blocker("appeal", code, until) for code, until in pending),
    ]


def rounds_announced(programme: int | None) -> QuerySet[Round]:
    """Announced rounds, of one programme or of all."""
    rounds = Round.objects.filter(state="announced")
    return rounds if programme is None else rounds.filter(programme=programme)


def rounds_due(programme: int | None, now: datetime) -> QuerySet[Round]:
    """Announced rounds whose windows are over and of whose appeals none is undecided."""
    over = rounds_announced(programme).filter(appeals_close_at__lte=now)
    return over.exclude(appeals__state__in=UNDECIDED)


def vacancies_to_fill(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies with a seat left and no call, for which two officials have authorised one."""
    waiting = Vacancy.objects.filter(
        call=None,
        filled__lt=F("seats"),
        round__authorisations__lapsed=False,
        round__authorisations__call__state="authorised",
    )
    return waiting if programme is None else waiting.filter(round__programme=programme)


def calls_over(programme: int | None, now: datetime) -> QuerySet[Call]:
    """Open calls whose time is over."""
    over = Call.objects.filter(state="open", closes_at__lte=now)
    return over if programme is None else over.filter(programme=programme)
