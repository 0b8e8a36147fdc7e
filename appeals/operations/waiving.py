"""Giving up the right to object, and ending the windows early when everybody concerned has."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, EarlyClosing, Waiver
from appeals.queries.closing import own_window, require_in_time
from appeals.states import UNDECIDED
from appeals.verbs import CLOSE_APPEALS_EARLY, WAIVE_APPEAL
from core.actors import Actor
from core.calendar.window import is_over
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.names import name_field
from core.operation import operation
from core.sentences import Sentence, say
from core.text import stated
from core.wording import joined_lazily
from evaluation.models import Entry, Notice, Round, Snapshot, SnapshotRow
from evaluation.policies import bar_panelists, require_own_team
from evaluation.states import Outcome, RoundState


@operation(WAIVE_APPEAL)
def waive_appeal(entry: Entry, *, actor: Actor, now: datetime) -> Waiver:
    """Give up a team's right to object, by one of its own people, while its window is open. It binds.

    `not_entitled` for another's team or before the team's notice has arrived, `too_late` when its window is over.
    Waiving again returns what stands.
    """
    round = Round.objects.alone(entry.round_id)
    require_own_team(actor, entry.team)
    window = own_window(entry, now)
    standing = Waiver.objects.filter(entry=entry).first()
    if standing is not None:
        return standing
    require_in_time(round, window, now)
    waiver = Waiver.objects.create(entry=entry, waived_by=actor.person(), waived_at=now)
    record(WAIVE_APPEAL, entry, at=now, team=entry.team.code)
    return waiver


def _waivers(round: Round, **__: object) -> list[int]:
    return list(Waiver.objects.filter(entry__round=round).order_by("pk").values_list("pk", flat=True))


@decided(CLOSE_APPEALS_EARLY, Round, relies_on=_waivers, barred=bar_panelists)
def close_appeals_early(round: Round, *, reason: str = "", actor: Actor, now: datetime) -> EarlyClosing:
    """End the windows at this moment; the next sweep closes the round as after any window.

    Only when every team that did not advance has waived, no notice on paper is on its way, no clock stands still and no
    appeal is undecided (else `still_pending`). `wrong_state` before the announcement, `too_late` when the windows are
    over anyway. The window of an advancing team whose notice arrives only then ends before it begins.
    """
    round = Round.objects.alone(round.pk)
    require_closable_early(round, now)
    reason = stated(reason, _("사유"))
    open_windows = Notice.objects.ending_after(now).filter(announcement__round=round)
    teams = sorted(open_windows.values_list("entry__team__code", flat=True))
    open_windows.update(window_closes_at=now)
    round.appeals_close_at = now
    round.save(update_fields=["appeals_close_at"])
    closing = EarlyClosing.objects.create(round=round, decision_id=actor.decision_id(), reason=reason, closed_at=now)
    record(CLOSE_APPEALS_EARLY, round, at=now, teams=teams)
    return closing


def require_closable_early(round: Round, now: datetime) -> None:
    """Refuse a round whose windows cannot be ended early: `wrong_state`, `too_late`, `still_pending`."""
    if round.state not in {RoundState.ANNOUNCED, RoundState.FINAL}:
        raise Refused(Code.WRONG_STATE, _("아직 발표하지 않은 단계입니다."), state=round.state)
    pending = _pending(round) if round.state == RoundState.ANNOUNCED else []
    if round.state == RoundState.FINAL or _over(round, pending, now):
        raise Refused(Code.TOO_LATE, _("이의신청 기간이 이미 끝났습니다."), closes_at=round.appeals_close_at)
    if pending:
        told = [_SAY[kind](name) for kind, name in pending]
        raise Refused(
            Code.STILL_PENDING,
            format_lazy(_("먼저 끝나야 할 것이 있습니다: {pending}"), pending=joined_lazily(told)),
            pending=[str(each) for each in told],
        )


_SAY: dict[str, Callable[[str], Sentence]] = {
    "waiver": lambda name: say("{team}의 포기", team=name),
    "resumption": lambda name: say("{team} 기간의 재개", team=name),
    "arrival": lambda name: say("{team} 통지의 도달", team=name),
    "appeal": lambda name: say("이의신청 {code}", code=name),
}


def _pending(round: Round) -> list[tuple[str, str]]:
    """What must end before the windows may be ended early, each by its kind and name, in one statement.

    Teams that did not advance and have not waived; windows whose end nobody knows, since whoever was kept from
    objecting has not had the time; appeals that are undecided.
    """
    newer = Snapshot.objects.filter(round=round, number__gt=OuterRef("snapshot__number"))
    rows = SnapshotRow.objects.filter(~Exists(newer), snapshot__round=round, entry__waiver__isnull=True)
    lost = rows.exclude(outcome=Outcome.ADVANCED)
    endless = Notice.objects.filter(announcement__round=round, window_closes_at=None)
    arrived = Case(When(arrived_at=None, then=Value("arrival")), default=Value("resumption"))
    undecided = Appeal.objects.filter(round=round, state__in=UNDECIDED)
    team = name_field("entry__team__")
    every = [
        lost.annotate(kind=Value("waiver"), part=Value(1)).values_list("part", "position", "kind", team),
        endless.annotate(kind=arrived, part=Value(2)).values_list("part", "pk", "kind", team),
        undecided.annotate(kind=Value("appeal"), part=Value(3)).values_list("part", "pk", "kind", "code"),
    ]
    found = every[0].order_by().union(*(each.order_by() for each in every[1:]), all=True)
    return [(kind, name) for _part, _place, kind, name in sorted(found)]


def _over(round: Round, pending: Sequence[tuple[str, str]], now: datetime) -> bool:
    endless = any(kind in {"resumption", "arrival"} for kind, _name in pending)
    return is_over(now, round.appeals_close_at) and not endless
