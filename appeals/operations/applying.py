"""Answering a call, and taking the answer back while the call is open.

A call closes at its minute, and what counts is when the application has been received whole: a request that began
before the close and ends after it is late. Operations take `now` as the moment of receipt. A door therefore receives
the files first (`core.attachments.receiving.received`), then holds the call, and only then reads the clock
(`core.admin.receiving.received_at`, with `hold_open_call`); the operation is called with that time under that lock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.policies import eligible
from appeals.verbs import APPLY, WITHDRAW_APPLICATION
from consortia.models import Application, ApplicationPaper, ApplicationReceipt, Call, CallGuide, DraftPaper, Team
from consortia.operations.receipts import numbered
from consortia.queries import require_acts_for
from consortia.states import CallState
from core.actors import Actor
from core.attachments.receiving import MOST_FILES, Received
from core.errors import Code, Refused
from core.events import record
from core.models import Attachment
from core.operation import operation
from core.operations.attachments import take_in
from core.text import stated


@dataclass(frozen=True)
class Paper:
    """A paper as it is handed in: its kind, and the file that was just received."""

    kind: str
    file: Received


def hold_open_call(pk: int) -> Call:
    """The call, held alone: it can be neither closed nor concluded while an application to it is written."""
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


@operation(APPLY)
def apply(
    call: Call, *, team: Team, summary: str = "", papers: Sequence[Paper | DraftPaper] = (), actor: Actor, now: datetime
) -> Application:
    """Hand in a team's application, by one of its own people, until the call closes; its receipt is made with it.

    `papers` are received just now or kept with the team's draft for this call.

    Refused: `unknown` for a paper of another draft, `not_entitled` for another's team, `not_eligible`, `wrong_state`
    unless the call has opened, `too_late` from the instant it closes, `incomplete` without a paper of each kind that
    the call asks for, `out_of_range` for more papers than a submission may have, `duplicate` for a second application
    beside one that stands, identical or not. After a withdrawal another may be handed in.
    """
    call = hold_open_call(call.pk)
    _require_own_papers(call, team, papers)
    require_may_apply(call, team, actor, now)
    require_every_kind(call, [paper.kind for paper in papers])
    require_few_papers(len(papers))
    require_no_other(call, team)
    application = Application.objects.create(
        call=call, team=team, summary=summary.strip(), submitted_by=actor.person(), submitted_at=now
    )
    attached = [(stated(paper.kind, _("서류의 종류")), _attachment(paper, actor, now)) for paper in papers]
    ApplicationPaper.objects.bulk_create(
        ApplicationPaper(application=application, kind=kind, attachment=attachment) for kind, attachment in attached
    )
    receipt = ApplicationReceipt.objects.create(
        application=application, **numbered(ApplicationReceipt, call.programme, now)
    )
    record(
        APPLY,
        application,
        at=now,
        call=call.code,
        team=team.code,
        receipt=receipt.number,
        files={attachment.name: attachment.sha256 for _, attachment in attached},
    )
    return application


@operation(WITHDRAW_APPLICATION)
def withdraw_application(application: Application, *, actor: Actor, now: datetime) -> Application:
    """Take an application back, by the team's own people, until the call closes; another may then be handed in.

    It stays in the record, is judged by nobody and stands in no report. Taking it back again returns it. Refused:
    `not_entitled` for another's team, `wrong_state` unless the call has opened, `too_late` from the instant it closes.
    """
    call = hold_open_call(application.call_id)
    application = Application.everything.select_related("team").get(pk=application.pk)
    require_acts_for(actor.person(), application.team)
    if application.withdrawn_at is not None:
        return application
    require_open(call, now)
    application.withdrawn_by, application.withdrawn_at = actor.person(), now
    application.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(WITHDRAW_APPLICATION, application, at=now, call=call.code, team=application.team.code)
    return application


def require_may_apply(call: Call, team: Team, actor: Actor, now: datetime) -> None:
    """Refuse who may not answer the call for the team, or not any more: `not_entitled` … `too_late`."""
    require_acts_for(actor.person(), team)
    if not eligible(call, team):
        raise Refused(
            Code.NOT_ELIGIBLE, format_lazy(_("{team}: 이 공모의 응모 자격이 없습니다."), team=team), team=team.code
        )
    require_open(call, now)


def _attachment(paper: Paper | DraftPaper, actor: Actor, now: datetime) -> Attachment:
    return paper.attachment if isinstance(paper, DraftPaper) else take_in(paper.file, actor=actor, now=now)


def _require_own_papers(call: Call, team: Team, papers: Sequence[Paper | DraftPaper]) -> None:
    """A file is somebody's: naming one that lies in another draft must not open it to whoever names it."""
    for paper in papers:
        if isinstance(paper, DraftPaper) and (paper.draft.call_id, paper.draft.team_id) != (call.pk, team.pk):
            raise Refused(Code.UNKNOWN, _("이 응모의 초안에 없는 서류입니다."), paper=paper.pk)


def require_every_kind(call: Call, kinds: Sequence[str]) -> None:
    """Refuse with `incomplete` where a kind of paper is missing for which the call asks."""
    guide = CallGuide.objects.filter(call=call).first()
    missing = [kind for kind in guide.documents if kind not in kinds] if guide else []
    if missing:
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("빠진 서류가 있습니다: {missing}"), missing=", ".join(missing)),
            missing=missing,
        )


def require_few_papers(number: int) -> None:
    """Refuse with `out_of_range` more papers than a submission may have."""
    if number > MOST_FILES:
        raise Refused(
            Code.OUT_OF_RANGE, format_lazy(_("서류는 {most}개까지 낼 수 있습니다."), most=MOST_FILES), papers=number
        )


def require_content(summary: str, papers: Collection[object]) -> None:
    """Refuse with `incomplete` an application that says nothing and holds no paper.

    Who hands in a draft or fills in the panel's form is asked for either. `apply` itself is not refused for it: what is
    told of an application from elsewhere may be only that the team applied.
    """
    if not summary.strip() and not papers:
        raise Refused(Code.INCOMPLETE, _("응모 요지를 적거나 서류를 넣어야 합니다."))


def require_no_other(call: Call, team: Team) -> None:
    """Refuse with `duplicate` a second application beside one that stands."""
    if Application.objects.filter(call=call, team=team).exists():
        raise Refused(Code.DUPLICATE, _("이 팀은 이미 응모하였습니다."), team=team.code)


def require_open(call: Call, now: datetime) -> None:
    """A call that is over only by the clock is `too_late`, whether or not the sweep has closed it yet."""
    if call.state not in {CallState.OPEN, CallState.CLOSED} or call.closes_at is None:
        label = CallState(call.state).label
        raise Refused(
            Code.WRONG_STATE, format_lazy(_("접수하는 공모가 아닙니다({label})."), label=label), state=call.state
        )
    if call.state == CallState.CLOSED or call.is_over(now):
        raise Refused(Code.TOO_LATE, _("접수가 마감되었습니다."), closes_at=call.closes_at)
