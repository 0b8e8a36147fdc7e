"""What keeps an announced round from closing, and what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from appeals.states import UNDECIDED
from appeals.verbs import DECIDE_APPEAL
from core.calendar.words import window_words
from core.errors import Code, Refused
from core.models import Decision
from core.models.decision import DecisionState
from core.wording import language
from evaluation.models import Entry, Notice, Round
from evaluation.queries.windows import BY_END
from evaluation.verbs import CORRECT

_BLOCKERS = {
    "window": _("이의신청 기간이 끝나지 않았습니다(%(until)s)"),
    "notice": _("통지 미도달: 서면 통지의 도달이 기록되지 않았습니다"),
    "stop": _("이의신청 기간이 정지되어 있습니다"),
    "appeal": _("이의신청을 아직 결정하지 않았습니다(%(until)s)"),
    "correction": _("기안한 정정을 아직 결재하지 않았습니다"),
    "decision": _("기안한 결정을 아직 결재하지 않았습니다"),
}


@dataclass(frozen=True)
class Blocker:
    """One thing that must end before a round can close.

    `kind`: a team's `window`, a `notice` that has not arrived, a `stop` of the clock, an `appeal`, a prepared
    `correction` or `decision` of an appeal that waits for its approval. `until` is its end or due date in `zone`, None
    where nobody knows it yet; `subject` the notice, appeal or decision itself.
    """

    kind: str
    who: str
    until: datetime | None
    zone: ZoneInfo
    subject: Notice | Appeal | Decision

    def __str__(self) -> str:
        until = window_words(self.until, self.zone, language()) if self.until else ""
        return f"{self.who}: {_BLOCKERS[self.kind] % {'until': until}}."


def own_window(entry: Entry, now: datetime) -> Notice:
    """The notice whose window counts for the team (`BY_END`); `not_entitled` for one that has not been notified."""
    counting = Notice.objects.filter(entry=entry, arrived_at__lte=now).order_by(*BY_END).last()
    if counting is None:
        raise Refused(
            Code.NOT_ENTITLED,
            format_lazy(_("{entry}: 아직 통지를 받지 않았습니다."), entry=entry),
            team=entry.team.code,
        )
    return counting


def require_in_time(round: Round, window: Notice, now: datetime) -> None:
    """Refuse with `too_late` what a team does about its result once its window is over, or the result is final."""
    if window.is_over(now) or round.appeals_closed_at is not None:
        raise Refused(Code.TOO_LATE, _("이의신청 기간이 끝났습니다."), closes_at=window.window_closes_at)


@dataclass(frozen=True)
class _Pending:
    """Everything of one kind that keeps a round from closing, whichever round; `round` is the path to its key."""

    rows: QuerySet[Any]
    round: str
    blocker: Callable[[Any, ZoneInfo], Blocker]


def _pending(now: datetime) -> list[_Pending]:
    """What keeps announced rounds from closing at `now`: the one rule, for one round's list and for what is due.

    Open windows, the latest last; windows without an end, because a notice has not arrived or the clock stands still;
    undecided appeals, the one due first; decisions that would publish another result and wait for their approval: a
    result is not final while two officials are about to correct it. Whoever prepared one can take it back.
    """
    waiting = Notice.objects.ending_after(now).order_by("window_closes_at", "pk")
    endless = Notice.objects.filter(window_closes_at=None).order_by("pk")
    undecided = Appeal.objects.filter(state__in=UNDECIDED)
    prepared = Decision.objects.filter(state=DecisionState.PREPARED).order_by("pk")
    corrections = prepared.filter(verb=CORRECT.code).annotate(of_round=F("subject_id"))
    appealed = undecided.filter(pk=OuterRef("subject_id")).values("round")
    decisions = prepared.filter(verb=DECIDE_APPEAL.code).annotate(of_round=Subquery(appealed))
    return [
        _Pending(waiting.select_related("entry__team"), "announcement__round", _of_notice),
        _Pending(endless.select_related("entry__team"), "announcement__round", _of_notice),
        _Pending(undecided.order_by("decide_by", "pk"), "round", _of_appeal),
        _Pending(corrections, "of_round", _of_decision),
        _Pending(decisions.filter(of_round__isnull=False), "of_round", _of_decision),
    ]


def _of_notice(notice: Notice, zone: ZoneInfo) -> Blocker:
    kind = "window" if notice.window_closes_at else "stop" if notice.arrived_at else "notice"
    return Blocker(kind, notice.entry.team.name, notice.window_closes_at, zone, notice)


def _of_appeal(appeal: Appeal, zone: ZoneInfo) -> Blocker:
    return Blocker("appeal", appeal.code, appeal.decide_by, zone, appeal)


def _of_decision(decision: Decision, zone: ZoneInfo) -> Blocker:
    kind = "correction" if decision.verb == CORRECT.code else "decision"
    return Blocker(kind, decision.subject_label, None, zone, decision)


def closing_blockers(round: Round, now: datetime) -> list[Blocker]:
    """What keeps an announced round from closing at `now` (`_pending`), windows first; five queries."""
    zone = round.programme.zone
    return [each.blocker(row, zone) for each in _pending(now) for row in each.rows.filter(**{each.round: round.pk})]


def rounds_announced(programme: int | None) -> QuerySet[Round]:
    """Announced rounds, of one programme or of all."""
    rounds = Round.objects.filter(state="announced")
    return rounds if programme is None else rounds.filter(programme=programme)


def rounds_due(programme: int | None, now: datetime) -> QuerySet[Round]:
    """Announced rounds that nothing keeps from closing any longer (`_pending`)."""
    due_now = rounds_announced(programme)
    for each in _pending(now):
        due_now = due_now.exclude(pk__in=each.rows.order_by().values(each.round))
    return due_now
