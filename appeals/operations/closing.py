"""Closing a round: the one place that knows objections, vacancies and calls."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from appeals.models import Authorisation
from appeals.queries.calls import call_in_the_way
from appeals.queries.closing import closing_blockers
from appeals.verbs import CLOSE_ROUND
from consortia.models import Call
from consortia.operations.calls import open_call, void_call
from consortia.states import CallState
from consortia.verbs import OPEN_CALL
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.wording import joined_lazily, told_lazily
from evaluation.models import Round, Vacancy
from evaluation.operations.finalising import finalise_round
from evaluation.states import RoundState


@operation(CLOSE_ROUND)
def close_round(round: Round, *, actor: Actor, now: datetime) -> Round:
    """End the objections to an announced result, make it final, count its vacancy, and open the authorised call.

    All of it happens in one transaction or none; a call that must wait for another call of the programme to end is
    opened by a later sweep, since the result is final without it. Only the machine closes, when nothing is pending;
    what it opens, it opens under the decision of the two officials who authorised it. A round that is final already
    is returned as it is. Refused: `wrong_state` before the announcement, `too_early` while a team's window is open,
    `still_pending` while a notice has not arrived, a clock stands still, an appeal is undecided, or a correction waits
    for its approval.
    """
    round = Round.objects.alone(round.pk)
    if round.state == RoundState.FINAL:
        return round
    if round.state != RoundState.ANNOUNCED:
        raise Refused(Code.WRONG_STATE, _("아직 발표하지 않은 단계입니다."), state=round.state)
    _require_nothing_pending(round, now)
    record(CLOSE_ROUND, round, at=now, appeals_close_at=round.appeals_close_at)
    vacancy = finalise_round(round, actor=actor, now=now)
    authorisation = _authorisation(round.pk)
    if vacancy is not None and authorisation is not None:
        open_for(vacancy, actor=actor, now=now)
    elif authorisation is not None and authorisation.call.state == CallState.AUTHORISED:
        order = actor.under(f"decision:{authorisation.decision_id}")
        void_call(authorisation.call, reason="공석 없이 확정되었습니다.", actor=order, now=now)
    return round


@operation(OPEN_CALL)
def open_for(vacancy: Vacancy, *, actor: Actor, now: datetime) -> Call | None:
    """Open the call that was authorised for a counted vacancy, once, and attach it.

    None where there is none, and while another call of the programme is running.

    Two sweeps at once find the vacancy's row locked or already filled, so that one call opens, never two.
    """
    vacancy = Vacancy.objects.select_for_update(of=("self",)).select_related("call").get(pk=vacancy.pk)
    if vacancy.call is not None:
        return vacancy.call
    authorisation = _authorisation(vacancy.round_id)
    if authorisation is None or authorisation.call.state != CallState.AUTHORISED:
        return None
    if call_in_the_way(authorisation.call, now) is not None:
        return None
    order = actor.under(f"decision:{authorisation.decision_id}")
    vacancy.call = open_call(authorisation.call, seats=vacancy.seats - vacancy.filled, actor=order, now=now)
    vacancy.save(update_fields=["call"])
    return vacancy.call


def _authorisation(round_id: int) -> Authorisation | None:
    """The authorisation that stands for the round, if officials have given one."""
    return Authorisation.objects.select_related("call").filter(round=round_id, lapsed=False).first()


def _require_nothing_pending(round: Round, now: datetime) -> None:
    blockers = closing_blockers(round, now)
    windows = [blocker for blocker in blockers if blocker.kind == "window"]
    if windows:
        raise Refused(Code.TOO_EARLY, told_lazily(windows[-1]), until=windows[-1].until)
    if blockers:
        raise Refused(Code.STILL_PENDING, joined_lazily(blockers, " "), pending=[each.who for each in blockers])
