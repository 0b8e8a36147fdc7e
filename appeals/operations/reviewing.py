"""Whether an appeal is admitted, and who reviews it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, AppealReviewer, DecisionText
from appeals.operations.filing import hold_appeal
from appeals.operations.wording import decision_words
from appeals.policies import require_completion_over
from appeals.states import APPEAL, INADMISSIBLE, REVIEWING_ROLES, AppealState, Ground
from appeals.verbs import ADMIT_APPEAL, ASSIGN_REVIEWERS
from core.actors import Actor, actor_of
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.text import stated
from evaluation.policies import bar_panelists, require_no_conflict


@operation(ADMIT_APPEAL)
def admit_appeal(appeal: Appeal, *, admitted: bool, reason: str, actor: Actor, now: datetime) -> Appeal:
    """Admit a filed appeal to be decided on its merits, or reject it (각하), with the reason.

    A rejection is a decision too: its text names the remedies. `wrong_state` once that is settled; `still_pending` for
    rejecting one while the team has time to complete it; `inadmissible` for admitting one on a ground that cannot be
    admitted.
    """
    appeal = hold_appeal(appeal.pk)
    bar_panelists(appeal.round, actor=actor)
    appeal.state = APPEAL.require(appeal.state, "admit" if admitted else "reject")
    if not admitted:
        require_completion_over(appeal, now)
    appeal.admission_reason = stated(reason, _("사유"))
    if admitted and appeal.ground in INADMISSIBLE:
        label = Ground(appeal.ground).label
        raise Refused(
            Code.INADMISSIBLE, format_lazy(_("받아들일 수 없는 사유입니다: {label}"), label=label), ground=appeal.ground
        )
    appeal.decided_at = None if admitted else now
    appeal.save(update_fields=["state", "admission_reason", "decided_at"])
    if not admitted:
        words = decision_words(appeal, str(AppealState.REJECTED.label), appeal.admission_reason, now, correcting=False)
        DecisionText.objects.create(appeal=appeal, **words)
    record(ADMIT_APPEAL, appeal, at=now, admitted=admitted)
    return appeal


@operation(ASSIGN_REVIEWERS)
def assign_reviewers(appeal: Appeal, *, people: Sequence[Account], actor: Actor, now: datetime) -> list[Account]:
    """Give an admitted appeal its reviewers: evaluators or reviewers who did not judge it before.

    All or none. Refused: `not_allowed` for another role, `conflict_of_interest` for somebody of the first panel, with a
    conflict (an unknown one must be cleared first) or taken off the appeal after a challenge, `wrong_state` unless
    admitted, `incomplete` for nobody. Whoever is assigned already stays.
    """
    appeal = hold_appeal(appeal.pk)
    for person in people:
        _require_reviewing_role(person)
    for person in people:
        _require_impartial(appeal, person, now)
    if appeal.state != AppealState.ADMITTED:
        raise Refused(Code.WRONG_STATE, _("심의 중인 이의신청이 아닙니다."), state=appeal.state)
    if not people:
        raise Refused(Code.INCOMPLETE, _("재심의 위원을 지정해야 합니다."))
    standing = set(appeal.reviewers.values_list("account_id", flat=True))
    new = [person for person in dict.fromkeys(people) if person.pk not in standing]
    AppealReviewer.objects.bulk_create(
        AppealReviewer(appeal=appeal, account=person, assigned_by=actor.person(), assigned_at=now) for person in new
    )
    if new:
        record(ASSIGN_REVIEWERS, appeal, at=now, people=[person.username for person in new])
    return new


def _require_reviewing_role(person: Account) -> None:
    if not actor_of(person).roles & REVIEWING_ROLES:
        raise Refused(
            Code.NOT_ALLOWED,
            format_lazy(_("재심의를 맡을 수 없는 역할입니다: {person}"), person=person),
            person=person.username,
        )


def _require_impartial(appeal: Appeal, person: Account, now: datetime) -> None:
    if appeal.round.panel.filter(account=person).exists():
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            format_lazy(_("처음 평가에 참여한 위원입니다: {person}"), person=person),
            person=person.username,
        )
    if appeal.reviewers.filter(account=person, end__isnull=False).exists():
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            format_lazy(_("기피가 받아들여진 위원입니다: {person}"), person=person),
            person=person.username,
        )
    require_no_conflict(appeal.round, person, appeal.entry.team, now)
