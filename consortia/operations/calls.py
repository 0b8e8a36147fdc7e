"""The call as a thing: it opens, closes, or is void. When it may is decided in `appeals.operations`."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consortia.models import Application, Call, CallGuide, CallNotice
from consortia.queries import non_working_days, notice_text
from consortia.states import APPLICATION, CALL, ApplicationState
from consortia.verbs import CLOSE_CALL, CONCLUDE_CALL, OPEN_CALL, VOID_CALL
from core.actors import Actor
from core.calendar.window import window_end
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated


@operation(OPEN_CALL)
def open_call(call: Call, *, seats: int, actor: Actor, now: datetime) -> Call:
    """Open an authorised call for `seats` vacant seats, but for no more than were authorised.

    It closes at 24:00 of its `notice_days`-th day after the day on which it opens, moved to a working day like any
    period. Its notice is made now from the guide that was approved with it, and kept as it was published. Opening an
    open call again is `wrong_state`.
    """
    call = Call.objects.select_for_update().select_related("programme").get(pk=call.pk)
    call.state = CALL.require(call.state, "open")
    if seats < 1:
        raise Refused(Code.INCOMPLETE, _("공석이 없으면 공모를 열 수 없습니다."), seats=seats)
    programme = call.programme
    call.seats = seats if call.most_seats is None else min(seats, call.most_seats)
    call.opened_at = now
    call.closes_at = window_end(now, call.notice_days, non_working_days(programme), programme.zone)
    call.save(update_fields=["state", "seats", "opened_at", "closes_at"])
    guide = CallGuide.objects.filter(call=call).first()
    if guide is not None:
        CallNotice.objects.create(call=call, text=notice_text(call, guide), published_at=now)
    record(OPEN_CALL, call, at=now, seats=call.seats, closes_at=call.closes_at)
    return call


@operation(CLOSE_CALL)
def close_call(call: Call, *, actor: Actor, now: datetime) -> Call:
    """Close a call whose time is over; `too_early` before that, the same call if it is closed already."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.state == "closed":
        return call
    call.state = CALL.require(call.state, "close")
    if not call.is_over(now):
        raise Refused(Code.TOO_EARLY, _("아직 접수 기간입니다."), closes_at=call.closes_at)
    call.save(update_fields=["state"])
    record(CLOSE_CALL, call, at=now, applications=call.applications.count())
    return call


@operation(VOID_CALL)
def void_call(call: Call, *, reason: str, actor: Actor, now: datetime) -> Call:
    """Make an authorised call void: the round ended without a vacancy for it."""
    call = Call.objects.select_for_update().get(pk=call.pk)
    call.state = CALL.require(call.state, "void")
    call.void_reason = stated(reason, _("사유"))
    call.save(update_fields=["state", "void_reason"])
    record(VOID_CALL, call, at=now)
    return call


@operation(CONCLUDE_CALL)
def conclude_call(call: Call, *, actor: Actor, now: datetime) -> Call:
    """End a closed call: whoever was neither selected nor ineligible is not selected. The caller holds the call."""
    call.state = CALL.require(call.state, "conclude")
    left = list(call.applications.select_for_update().filter(state=ApplicationState.SUBMITTED).order_by("pk"))
    for application in left:
        application.state = APPLICATION.require(application.state, "pass_over")
    Application.objects.bulk_update(left, ["state"])
    call.save(update_fields=["state"])
    record(CONCLUDE_CALL, call, at=now, not_selected=[application.team_id for application in left])
    return call
