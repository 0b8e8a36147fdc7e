"""A reviewer's opinion on an appeal."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, Opinion
from appeals.operations.filing import hold_appeal
from appeals.policies import require_no_challenge
from appeals.states import AppealState
from appeals.verbs import SUBMIT_OPINION
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.policies import require_no_conflict


@operation(SUBMIT_OPINION)
def submit_opinion(appeal: Appeal, *, recommends: str, text: str, actor: Actor, now: datetime) -> Opinion:
    """Say what the officials should decide, and why, as a reviewer who is assigned. Final once submitted.

    The officials are not bound by it; the team never reads it or who gave it. The same again is returned. Refused:
    `not_entitled` for anybody who is not on the appeal (any more), `conflict_of_interest` for one that came up since,
    `wrong_state` unless the appeal is under review, `still_pending` while a challenge waits for its ruling,
    `incomplete`, `out_of_range` for what is no outcome, `duplicate` for another opinion.
    """
    appeal = hold_appeal(appeal.pk)
    person = actor.person()
    reviewer = appeal.reviewers.filter(account=person, end__isnull=True).first()
    if reviewer is None:
        raise Refused(Code.NOT_ENTITLED, _("이 이의신청의 재심의 위원이 아닙니다."), person=actor.name)
    standing = Opinion.objects.filter(reviewer=reviewer).first()
    if standing is not None and (standing.recommends, standing.text) == (recommends, text.strip()):
        return standing
    require_no_conflict(appeal.round, person, appeal.entry.team, now)
    if appeal.state != AppealState.ADMITTED:
        raise Refused(Code.WRONG_STATE, _("심의 중인 이의신청이 아닙니다."), state=appeal.state)
    require_no_challenge(appeal)
    text = stated(text, _("이유"))
    if recommends not in {AppealState.UPHELD, AppealState.PARTLY_UPHELD, AppealState.DISMISSED}:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("없는 의견입니다: {recommends}"), recommends=recommends),
            recommends=recommends,
        )
    if standing is not None:
        raise Refused(Code.DUPLICATE, _("이미 의견을 냈습니다."))
    opinion = Opinion.objects.create(reviewer=reviewer, recommends=recommends, text=text, at=now)
    record(SUBMIT_OPINION, appeal, at=now, recommends=recommends)
    return opinion
