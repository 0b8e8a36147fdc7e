"""Deciding an appeal, with the corrections that follow from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, DecisionText
from appeals.operations.filing import hold_appeal
from appeals.operations.wording import decision_words
from appeals.policies import require_completion_over, require_no_challenge
from appeals.queries.statements import statements
from appeals.states import APPEAL, STEP_OF_OUTCOME, AppealState
from appeals.verbs import DECIDE_APPEAL
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.operations.correcting import correct_round, published_ground
from evaluation.operations.corrections import changes_of
from evaluation.policies import bar_panelists


def _ground(appeal: Appeal, **__: object) -> list[object]:
    """A decision relies on the appeal as it stands, with all that was said of it, and on every input of its round."""
    said = [
        list(rows.order_by("pk").values_list("pk", flat=True))
        for rows in (
            appeal.papers,
            appeal.completion_requests.filter(completion__isnull=False),
            appeal.reviewers.filter(end__isnull=True),
            appeal.reviewers.filter(opinion__isnull=False),
        )
    ]
    return [appeal.state, statements(appeal)[-1].text, *said, *published_ground(appeal.round)]


def _barred(appeal: Appeal, *, actor: Actor, **__: Any) -> None:
    bar_panelists(appeal.round, actor=actor)


@decided(DECIDE_APPEAL, Appeal, relies_on=_ground, barred=_barred, held=hold_appeal)
def decide_appeal(
    appeal: Appeal,
    *,
    outcome: str,
    corrections: Sequence[Mapping[str, Any]] = (),
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Appeal:
    """Decide an admitted appeal: upheld, partly upheld or dismissed, with the reason.

    Its corrections are applied as one batch and published as the next snapshot (`correct_round`); a dismissed appeal
    has none (`out_of_range`). The text that the team gets is made with the decision. `unknown` names, `wrong_state`
    unless the appeal is admitted, `still_pending` while a challenge of a reviewer waits for its ruling or the team has
    time to complete the appeal, `incomplete` where a challenge left it without a reviewer; else what the corrections
    are refused for.
    """
    appeal = hold_appeal(appeal.pk)
    changes_of(appeal.round, corrections)  # a name that does not exist is told before the state
    state = APPEAL.require(appeal.state, STEP_OF_OUTCOME[outcome])
    require_no_challenge(appeal)
    require_completion_over(appeal, now)
    reason = stated(reason, _("이유"))
    _require_reviewers_left(appeal)
    if corrections and outcome == AppealState.DISMISSED:
        raise Refused(
            Code.OUT_OF_RANGE, _("기각하는 이의신청에는 정정을 둘 수 없습니다."), corrections=len(corrections)
        )
    if corrections:
        correct_round(appeal.round, corrections=corrections, reason=reason, actor=actor, now=now)
    appeal.state, appeal.decided_at = state, now
    appeal.decision_id, appeal.decision_reason = actor.decision_id(), reason
    appeal.save(update_fields=["state", "decided_at", "decision", "decision_reason"])
    words = decision_words(appeal, str(AppealState(state).label), reason, now, correcting=bool(corrections))
    DecisionText.objects.create(appeal=appeal, **words)
    record(DECIDE_APPEAL, appeal, at=now, outcome=outcome, corrections=list(corrections))
    return appeal


def _require_reviewers_left(appeal: Appeal) -> None:
    """Whoever was taken off after a challenge is replaced before the appeal is decided."""
    reviewers = appeal.reviewers.all()
    if reviewers.exists() and not reviewers.filter(end__isnull=True).exists():
        raise Refused(Code.INCOMPLETE, _("기피로 빠진 재심의 위원을 대신할 위원을 지정해야 합니다."))
