"""Answering a call."""

from datetime import datetime

from appeals.policies import eligible
from appeals.verbs import APPLY
from consortia.models import Application, Call, Team
from consortia.queries import acts_for
from consortia.states import CallState
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation


@operation(APPLY)
def apply(call: Call, *, team: Team, actor: Actor, now: datetime) -> Application:
    """Hand in a team's application, by one of its own people, until the call closes.

    Refused: `not_entitled` for another's team, `not_eligible`, `wrong_state` unless the call has opened, `too_late`
    from the instant it closes, `duplicate` for a second application of the team, identical or not.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if not acts_for(actor.person(), team):
        raise Refused(Code.NOT_ENTITLED, f"{team}의 담당자가 아닙니다.", team=team.code)
    if not eligible(call, team):
        raise Refused(Code.NOT_ELIGIBLE, f"{team}은(는) 이 공모의 응모 자격이 없습니다.", team=team.code)
    _require_open(call, now)
    if Application.objects.filter(call=call, team=team).exists():
        raise Refused(Code.DUPLICATE, "이 팀은 이미 응모하였습니다.", team=team.code)
    application = Application.objects.create(call=call, team=team, submitted_by=actor.person(), submitted_at=now)
    record(APPLY, application, at=now, call=call.code, team=team.code)
    return application


def _require_open(call: Call, now: datetime) -> None:
    """A call that is over only by the clock is `too_late`, whether or not the sweep has closed it yet."""
    if call.state not in {CallState.OPEN, CallState.CLOSED} or call.closes_at is None:
        label = CallState(call.state).label
        raise Refused(Code.WRONG_STATE, f"접수하는 공모가 아닙니다({label}).", state=call.state)
    if call.state == CallState.CLOSED or now >= call.closes_at:
        raise Refused(Code.TOO_LATE, "접수가 마감되었습니다.", closes_at=call.closes_at)
