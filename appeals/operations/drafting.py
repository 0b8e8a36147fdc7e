"""Drafts of applications: a team writes and changes one as long as the call is open, and hands it in when it is ready.

Each change is kept in the ledger, for the team's own people and for auditors; officials see what is handed in.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.operations.applying import (
    Paper,
    apply,
    hold_open_call,
    require_content,
    require_few_papers,
    require_may_apply,
)
from appeals.queries.calls import waiting_drafts
from appeals.verbs import SAVE_DRAFT, SUBMIT_DRAFT, TAKE_OUT_PAPER
from consortia.models import Application, ApplicationDraft, Call, DraftPaper, Team
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.operations.attachments import take_in
from core.text import stated


@operation(SAVE_DRAFT)
def save_draft(
    call: Call,
    *,
    team: Team,
    summary: str | None = None,
    papers: Sequence[Paper] = (),
    actor: Actor,
    now: datetime,
) -> ApplicationDraft:
    """Begin a team's draft or go on with it: say what it is about (None: as it was), and put papers into it.

    Refused like an application, so that nobody works on one that could not be handed in: `not_entitled`,
    `not_eligible`, `wrong_state`, `too_late`; `out_of_range` for more papers than a submission may have.
    """
    call = hold_open_call(call.pk)
    require_may_apply(call, team, actor, now)
    begun = {"updated_by": actor.person(), "updated_at": now}
    draft, created = ApplicationDraft.objects.get_or_create(call=call, team=team, defaults=begun)
    text = draft.summary if summary is None else summary.strip()
    if not created and text == draft.summary and not papers:
        return draft
    require_few_papers(draft.papers.filter(taken_out_at=None).count() + len(papers))
    draft.summary, draft.updated_by, draft.updated_at = text, actor.person(), now
    draft.save(update_fields=["summary", "updated_by", "updated_at"])
    for paper in papers:
        kind = stated(paper.kind, _("서류의 종류"))
        attachment = take_in(paper.file, actor=actor, now=now)
        DraftPaper.objects.create(draft=draft, kind=kind, attachment=attachment)
    record(SAVE_DRAFT, draft, at=now, team=team.code, papers=[paper.kind for paper in papers])
    return draft


@operation(TAKE_OUT_PAPER)
def take_out_paper(paper: DraftPaper, *, actor: Actor, now: datetime) -> DraftPaper:
    """Take a paper out of a draft; it stays in the record. Again: returned. Refused like a change of the draft."""
    call = hold_open_call(paper.draft.call_id)
    paper = DraftPaper.objects.select_for_update(of=("self",)).select_related("draft__team").get(pk=paper.pk)
    require_may_apply(call, paper.draft.team, actor, now)
    if paper.taken_out_at is not None:
        return paper
    paper.taken_out_at = now
    paper.save(update_fields=["taken_out_at"])
    record(TAKE_OUT_PAPER, paper.draft, at=now, kind=paper.kind)
    return paper


@operation(SUBMIT_DRAFT)
def submit_draft(draft: ApplicationDraft, *, actor: Actor, now: datetime) -> Application:
    """Hand a draft in as it is. It stays, to be handed in anew after a withdrawal.

    Refused like `apply`, and `incomplete` for a draft that says nothing and holds no paper.
    """
    call = hold_open_call(draft.call_id)
    draft = ApplicationDraft.objects.select_related("team").get(pk=draft.pk)
    papers = list(draft.papers.filter(taken_out_at=None).select_related("attachment", "draft").order_by("pk"))
    require_may_apply(call, draft.team, actor, now)
    require_content(draft.summary, papers)
    application = apply(call, team=draft.team, summary=draft.summary, papers=papers, actor=actor, now=now)
    record(SUBMIT_DRAFT, draft, at=now, receipt=application.receipt.number)
    return application


def require_no_draft(call: Call, team: Team) -> None:
    """Refuse with `still_pending` to apply past a draft that waits: what the team has written would be left behind."""
    if waiting_drafts(call, [team]).exists():
        raise Refused(
            Code.STILL_PENDING,
            format_lazy(_("{team}: 저장해 둔 초안이 있습니다. 그 초안을 제출해 주십시오."), team=team),
            team=team.code,
        )
