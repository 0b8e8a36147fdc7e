"""Deciding an appeal, with the corrections that follow from it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from appeals.models import Appeal
from appeals.operations.filing import hold_appeal
from appeals.states import APPEAL, STEP_OF_OUTCOME, AppealState
from appeals.verbs import DECIDE_APPEAL
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.operations.correcting import correct_round
from evaluation.operations.corrections import changes_of
from evaluation.policies import bar_panelists
from evaluation.queries.standings import computed_standings


def _ground(appeal: Appeal, **_: object) -> list[str]:
    """A decision relies on the appeal as it stands and on every input of its round."""
    return [appeal.state, appeal.statement, computed_standings(appeal.round).inputs_digest]


def _barred(appeal: Appeal, *, actor: Actor, **_: Any) -> None:
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
    has none (`out_of_range`). `unknown` names, `wrong_state` unless the appeal is admitted; else what the corrections
    are refused for.
    """
    appeal = hold_appeal(appeal.pk)
    changes_of(appeal.round, corrections)  # a name that does not exist is told before the state
    state = APPEAL.require(appeal.state, STEP_OF_OUTCOME[outcome])
    reason = stated(reason, "이유")
    if corrections and outcome == AppealState.DISMISSED:
        raise Refused(Code.OUT_OF_RANGE, "기각하는 이의신청에는 정정을 둘 수 없습니다.", corrections=len(corrections))
    if corrections:
        correct_round(appeal.round, corrections=corrections, reason=reason, actor=actor, now=now)
    appeal.state, appeal.decided_at = state, now
    appeal.decision_id, appeal.decision_reason = actor.decision_id(), reason
    appeal.save(update_fields=["state", "decided_at", "decision", "decision_reason"])
    record(DECIDE_APPEAL, appeal, at=now, outcome=outcome, corrections=list(corrections))
    return appeal
