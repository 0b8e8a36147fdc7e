"""Screening, voting and selection: from a closed call to the team that fills the seat, or to nobody."""

from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Screening, Selection, Vote
from appeals.policies import accepted_by_majority, require_call_evaluator
from appeals.verbs import SCREEN_APPLICATION, SELECT, VOTE_APPLICATION
from consortia.models import Application, Call
from consortia.operations.calls import close_call, conclude_call
from consortia.states import APPLICATION, ApplicationState, CallState
from core.actors import Actor, machine
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.text import stated
from evaluation.models import Filling, Round, Vacancy
from evaluation.policies import bar_panelists

NOBODY = "none"


@operation(SCREEN_APPLICATION)
def screen_application(
    application: Application, *, eligible: bool, reason: str, actor: Actor, now: datetime
) -> Screening:
    """Settle whether an application is considered, with the reason, once the call takes no more (`too_early` before).

    The same again is returned; the opposite is `duplicate`; `wrong_state` unless the call waits for its selection.
    """
    call = hold_call(application.call_id)
    application = _held(application)
    bar_panelists(call.authorisation.round, actor=actor)
    require_standing(application)
    require_taken(call, now)
    reason = stated(reason, _("사유"))
    standing = Screening.objects.filter(application=application).first()
    if standing is not None:
        if standing.eligible == eligible:
            return standing
        raise Refused(Code.DUPLICATE, _("이미 적합성을 검토한 응모입니다."), team=application.team.code)
    screening = Screening.objects.create(
        application=application, eligible=eligible, reason=reason, by=actor.person(), at=now
    )
    if not eligible:
        application.state = APPLICATION.require(application.state, "reject")
        application.save(update_fields=["state"])
    record(SCREEN_APPLICATION, application, at=now, eligible=eligible)
    return screening


@operation(VOTE_APPLICATION)
def vote_application(
    application: Application, *, person: Account, accept: bool, reason: str = "", actor: Actor, now: datetime
) -> Vote:
    """Say whether an application meets the standard, once. The same again is returned, the opposite is `duplicate`.

    Refused: `not_entitled` for somebody else's vote or off the round's panel, `not_eligible` for an application that
    was screened out, `conflict_of_interest` for a conflict with any applicant, `too_early` before the call closes,
    `wrong_state` after it is concluded.
    """
    call = hold_call(application.call_id)
    application = _held(application)
    require_call_evaluator(call, application, person, actor, now)
    require_standing(application)
    require_taken(call, now)
    standing = Vote.objects.filter(application=application, account=person).first()
    if standing is not None:
        if standing.accept == accept:
            return standing
        raise Refused(Code.DUPLICATE, _("이미 의견을 냈습니다."), team=application.team.code)
    vote = Vote.objects.create(application=application, account=person, accept=accept, reason=reason.strip(), at=now)
    record(VOTE_APPLICATION, application, at=now, accept=accept)
    return vote


def _held(application: Application) -> Application:
    return Application.everything.select_for_update(of=("self",)).select_related("team").get(pk=application.pk)


def require_standing(application: Application) -> None:
    """Refuse with `wrong_state` an application that its team has taken back."""
    if application.withdrawn_at is not None:
        raise Refused(Code.WRONG_STATE, _("팀이 철회한 응모입니다."), team=application.team.code)


def _votes(call: Call, **__: object) -> list[Any]:
    """What a selection relies on: the votes, and that the call is not concluded.

    A call whose time is over is closed, whether or not the sweep has said so yet: that step of its own voids nothing.
    """
    given = Vote.objects.filter(application__call=call).order_by("pk")
    state = CallState.CLOSED if call.state == CallState.OPEN else call.state
    return [state, *given.values_list("application_id", "account_id", "accept")]


def _barred(call: Call, *, team: str, actor: Actor, **__: Any) -> None:
    if team != NOBODY:
        _application(call, team)
    bar_panelists(call.authorisation.round, actor=actor)


def hold_call(pk: int) -> Call:
    """The call, held alone together with the round for whose vacancy it was opened."""
    Round.objects.alone(Call.objects.values_list("authorisation__round_id", flat=True).get(pk=pk))
    return Call.objects.select_for_update(of=("self",)).select_related("programme", "authorisation__round").get(pk=pk)


@decided(SELECT, Call, relies_on=_votes, barred=_barred, held=hold_call)
def select(call: Call, *, team: str, reason: str = "", actor: Actor, now: datetime) -> Selection:
    """Select a team, or nobody ("none").

    A team needs the votes of more than half of all the call's evaluators, voted or not (`no_majority`); nobody is
    selected only where no team left has them. When every seat of the call is filled, or nobody is selected, the call is
    concluded; a vacancy that still has an empty seat is open for a new authorisation.

    Refused: `unknown` team, `not_eligible` where it was screened out, `wrong_state` unless the call waits for its
    selection, `too_early` before it closes, `no_majority`.
    """
    call = hold_call(call.pk)
    application = None if team == NOBODY else _application(call, team)
    require_taken(call, now)
    reason = stated(reason, _("사유"))
    _require_votes(call, application, now)
    chosen = Selection.objects.create(
        call=call, application=application, reason=reason, decision_id=actor.decision_id(), at=now
    )
    vacancy = Vacancy.objects.select_for_update().get(call=call)
    if application is not None:
        application.state = APPLICATION.require(application.state, "select")
        application.save(update_fields=["state"])
        vacancy.filled += 1
        vacancy.save(update_fields=["filled"])
        Filling.objects.create(vacancy=vacancy, application=application, at=now)
    record(SELECT, call, at=now, team=team)
    if application is None or call.selections.count() == call.seats:
        _conclude(call, vacancy, actor, now)
    return chosen


def _conclude(call: Call, vacancy: Vacancy, actor: Actor, now: datetime) -> None:
    if call.state == CallState.OPEN:
        # Its time is over, only no sweep has come by yet: what the clock has brought about needs no waiting.
        call.state = close_call(call, actor=machine("clock"), now=now).state
    conclude_call(call, actor=actor, now=now)
    if vacancy.filled < vacancy.seats:
        vacancy.call = None
        vacancy.save(update_fields=["call"])
        call.authorisation.lapsed = True
        call.authorisation.save(update_fields=["lapsed"])


def _application(call: Call, team: str) -> Application:
    application = call.applications.select_related("team").filter(team__code=team).first()
    if application is None:
        raise Refused(Code.UNKNOWN, format_lazy(_("응모하지 않은 팀입니다: {team}"), team=team), team=team)
    if application.state == ApplicationState.INELIGIBLE:
        raise Refused(Code.NOT_ELIGIBLE, format_lazy(_("부적격인 응모입니다: {team}"), team=team), team=team)
    return application


def _require_votes(call: Call, application: Application | None, now: datetime) -> None:
    if application is not None:
        APPLICATION.require(application.state, "select")
        if not accepted_by_majority(call, application, now):
            raise Refused(Code.NO_MAJORITY, _("평가위원 과반이 기준 충족을 인정하지 않았습니다."))
        return
    left = call.applications.filter(state=ApplicationState.SUBMITTED)
    if any(accepted_by_majority(call, each, now) for each in left):
        raise Refused(Code.NO_MAJORITY, _("평가위원 과반이 기준 충족을 인정한 팀이 있습니다."))


def require_taken(call: Call, now: datetime) -> None:
    """The call takes no more applications and is not concluded; over by the clock is over, swept or not."""
    if call.state not in {CallState.OPEN, CallState.CLOSED} or call.closes_at is None:
        raise Refused(
            Code.WRONG_STATE,
            format_lazy(_("선정을 기다리는 공모가 아닙니다({label})."), label=CallState(call.state).label),
        )
    if not call.is_over(now):
        raise Refused(Code.TOO_EARLY, _("아직 접수 기간입니다."), closes_at=call.closes_at)
