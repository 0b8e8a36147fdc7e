"""A team challenges a reviewer of its appeal (기피), and two officials rule on it before work goes on."""

from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, AppealReviewer, AssignmentEnd, Challenge, ChallengeRuling
from appeals.operations.filing import hold_appeal
from appeals.states import AppealState
from appeals.verbs import CHALLENGE_REVIEWER, DECIDE_CHALLENGE
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.policies import bar_panelists, require_own_team


@operation(CHALLENGE_REVIEWER)
def challenge_reviewer(reviewer: AppealReviewer, *, reason: str, actor: Actor, now: datetime) -> Challenge:
    """Ask that a reviewer be taken off the team's own appeal, with the reason.

    The team knows him by his number and organisation (`appeals.queries.reviewers.reviewer_seats`), not by name. The
    same again is returned. Refused: `not_entitled` for another's team, `wrong_state` unless the appeal is under review
    and the reviewer still on it, `incomplete`, `duplicate` for another challenge of the same reviewer.
    """
    appeal = hold_appeal(reviewer.appeal_id)
    require_own_team(actor, appeal.entry.team)
    standing = Challenge.objects.filter(reviewer=reviewer).first()
    if standing is not None and standing.reason == reason.strip():
        return standing
    _require_under_review(appeal)
    if AssignmentEnd.objects.filter(reviewer=reviewer).exists():
        raise Refused(Code.WRONG_STATE, _("이미 재심의에서 빠진 위원입니다."))
    reason = stated(reason, _("사유"))
    if standing is not None:
        raise Refused(Code.DUPLICATE, _("이미 기피를 신청한 위원입니다."))
    challenge = Challenge.objects.create(reviewer=reviewer, reason=reason, by=actor.person(), at=now)
    record(CHALLENGE_REVIEWER, appeal, at=now, reviewer=reviewer.pk, team=appeal.entry.team.code)
    return challenge


def hold_challenge(pk: int) -> Challenge:
    """The challenge, held together with its appeal and round."""
    hold_appeal(Challenge.objects.values_list("reviewer__appeal_id", flat=True).get(pk=pk))
    return Challenge.objects.select_for_update(of=("self",)).select_related("reviewer__appeal__round").get(pk=pk)


def _ground(challenge: Challenge, **__: object) -> list[object]:
    """The challenge and the state of its appeal; neither changes but by a step that the ruling must not overlook."""
    return [challenge.reason, challenge.reviewer.appeal.state]


def _barred(challenge: Challenge, *, actor: Actor, **__: Any) -> None:
    """Nobody of the first panel, and nobody who reviews the appeal himself, rules on who may review it."""
    appeal = challenge.reviewer.appeal
    bar_panelists(appeal.round, actor=actor)
    if appeal.reviewers.filter(account=actor.person()).exists():
        raise Refused(Code.CONFLICT_OF_INTEREST, _("재심의 위원은 기피를 결정할 수 없습니다."), person=actor.name)


@decided(DECIDE_CHALLENGE, Challenge, relies_on=_ground, barred=_barred, held=hold_challenge)
def decide_challenge(
    challenge: Challenge, *, accepted: bool, reason: str = "", actor: Actor, now: datetime
) -> ChallengeRuling:
    """Rule on a challenge. Where it is accepted the reviewer's assignment ends; the officials assign another.

    `wrong_state` where it has been ruled on or its appeal is not under review any more, `incomplete` without a reason.
    """
    challenge = hold_challenge(challenge.pk)
    appeal = challenge.reviewer.appeal
    if ChallengeRuling.objects.filter(challenge=challenge).exists():
        raise Refused(Code.WRONG_STATE, _("이미 결정한 기피 신청입니다."))
    _require_under_review(appeal)
    ruling = ChallengeRuling.objects.create(
        challenge=challenge,
        accepted=accepted,
        reason=stated(reason, _("사유")),
        decision_id=actor.decision_id(),
        at=now,
    )
    if accepted:
        AssignmentEnd.objects.create(reviewer=challenge.reviewer, ruling=ruling, at=now)
    record(DECIDE_CHALLENGE, appeal, at=now, reviewer=challenge.reviewer.pk, accepted=accepted)
    return ruling


def _require_under_review(appeal: Appeal) -> None:
    if appeal.state != AppealState.ADMITTED:
        label = AppealState(appeal.state).label
        raise Refused(
            Code.WRONG_STATE, format_lazy(_("심의 중인 이의신청이 아닙니다({label})."), label=label), state=appeal.state
        )
