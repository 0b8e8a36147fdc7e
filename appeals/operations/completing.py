"""Completing an appeal: the team amends what it says, or gives what an official asks for."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Amendment, Appeal, Completion, CompletionRequest
from appeals.operations.attaching import attach
from appeals.operations.filing import hold_appeal
from appeals.queries.statements import statements
from appeals.states import UNDECIDED, AppealState
from appeals.verbs import AMEND_APPEAL, ASK_COMPLETION, COMPLETE_APPEAL
from core.actors import Actor
from core.attachments.receiving import Received
from core.calendar.window import is_over
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.policies import bar_panelists, require_own_team


@operation(AMEND_APPEAL)
def amend_appeal(
    appeal: Appeal, *, statement: str, files: Sequence[Received] = (), actor: Actor, now: datetime
) -> Appeal:
    """Say something else, or more, in an appeal until it is decided; what was said before stays readable.

    The ground stays: another is another appeal. Saying the same again without a file changes nothing. Refused:
    `not_entitled` for another's team, `wrong_state` once the appeal is decided or withdrawn, `incomplete`.
    """
    appeal = hold_appeal(appeal.pk)
    require_own_team(actor, appeal.entry.team)
    _require_undecided(appeal)
    statement = stated(statement, _("이의 내용"))
    newest = statements(appeal)[-1]
    if statement == newest.text and not files:
        return appeal
    amendment = Amendment.objects.create(
        appeal=appeal, version=newest.version + 1, statement=statement, by=actor.person(), at=now
    )
    attach(appeal, files=files, amendment=amendment, actor=actor, now=now)
    record(AMEND_APPEAL, appeal, at=now, version=amendment.version)
    return appeal


@operation(ASK_COMPLETION)
def ask_completion(appeal: Appeal, *, text: str, until: datetime, actor: Actor, now: datetime) -> CompletionRequest:
    """Ask a team to complete its appeal until a time, `until` being the first instant that is late.

    While it has time and has not answered, the appeal is neither decided nor rejected. The same again is returned.
    Refused: `conflict_of_interest` for somebody of the panel, `wrong_state` once the appeal is decided or withdrawn,
    `incomplete`, `out_of_range` for a time that is past, `duplicate` while another request waits for its answer.
    """
    appeal = hold_appeal(appeal.pk)
    bar_panelists(appeal.round, actor=actor)
    _require_undecided(appeal)
    text = stated(text, _("보완할 내용"))
    if is_over(now, until):
        raise Refused(Code.OUT_OF_RANGE, _("보완 기한은 지금보다 뒤여야 합니다."), until=until)
    waiting = appeal.completion_requests.awaited(now).last()
    if waiting is not None:
        if (waiting.text, waiting.until) == (text, until):
            return waiting
        raise Refused(Code.DUPLICATE, _("보완을 기다리고 있는 요구가 있습니다."), until=waiting.until)
    request = CompletionRequest.objects.create(appeal=appeal, text=text, until=until, by=actor.person(), at=now)
    record(ASK_COMPLETION, appeal, at=now, text=text, until=until)
    return request


@operation(COMPLETE_APPEAL)
def complete_appeal(
    request: CompletionRequest, *, text: str, files: Sequence[Received] = (), actor: Actor, now: datetime
) -> Completion:
    """Answer a request, once. What comes after the period is taken in as long as the appeal is undecided, and noted.

    The same words again are returned. Refused: `not_entitled` for another's team, `wrong_state` once the appeal is
    decided or withdrawn, `incomplete`, `duplicate` for another answer.
    """
    appeal = hold_appeal(request.appeal_id)
    require_own_team(actor, appeal.entry.team)
    standing = Completion.objects.filter(request=request).first()
    if standing is not None and standing.text == text.strip() and not files:
        return standing
    _require_undecided(appeal)
    text = stated(text, _("보완 내용"))
    if standing is not None:
        raise Refused(Code.DUPLICATE, _("이미 보완하였습니다."), request=request.pk)
    why = request.lateness(now)
    completion = Completion.objects.create(
        request=request,
        text=text,
        by=actor.person(),
        at=now,
        late=bool(why),
        lateness=why,
    )
    attach(appeal, files=files, completion=completion, actor=actor, now=now)
    record(COMPLETE_APPEAL, appeal, at=now, late=bool(why))
    return completion


def _require_undecided(appeal: Appeal) -> None:
    if appeal.state not in UNDECIDED:
        label = AppealState(appeal.state).label
        raise Refused(
            Code.WRONG_STATE, format_lazy(_("이미 끝난 이의신청입니다({label})."), label=label), state=appeal.state
        )
