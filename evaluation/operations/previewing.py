"""What corrections, or a decision while a round is scored, would make of the result, before anybody decides on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from core.actors import Actor
from core.decisions import decided_by
from core.errors import Refused
from core.events import record
from core.ledger.naming import named
from core.operation import reading
from core.operations.decisions import prepare
from core.undoing import undone
from core.verbs import Verb
from evaluation.models import Round
from evaluation.operations.changes import Change, apply_in_turn
from evaluation.operations.correcting import require_correctable, require_publishable
from evaluation.operations.corrections import changes_of
from evaluation.queries.comparing import Moves, moves_of
from evaluation.queries.standings import Board, computed_board, computed_standings
from evaluation.verbs import CORRECT, SEE_STANDINGS


@dataclass(frozen=True)
class Preview:
    """The standings as they are and as they would be.

    `moves` names, for each fact of a team that changes, the corrections that change it, taken one after the other:
    where a score is relative, one team's value moves another's. `refusal` is why it could not be done so.
    """

    before: Board
    after: Board
    moves: Moves
    refusal: Refused | None


def preview(
    round: Round, corrections: Sequence[Mapping[str, Any]], *, reason: str, actor: Actor, now: datetime
) -> Preview:
    """Apply the corrections as `correct_round` does, look at what follows, and undo it all: nothing is written.

    Refused as the correction itself would be for names that do not exist, for a person of the panel and for a result
    that is not open to correction; what only keeps it from being published is told with the standings.
    """
    with undone():
        arguments = {"corrections": [dict(each) for each in corrections]}
        prepared = prepare(CORRECT, round, actor=actor, now=now, reason=reason, arguments=arguments, try_first=False)
        changes = changes_of(round, corrections)
        require_correctable(Round.objects.get(pk=round.pk))
        hands = actor.under(f"decision:{prepared.pk}")
        with named(actor=actor.name, verb=CORRECT.code, reason=reason, mandate=hands.mandate):
            boards = apply_in_turn(round, changes, reason, hands, now)
            found = Preview(
                boards[0], boards[-1], moves_of(boards), _refused(lambda: _require_publishable(round, changes))
            )
    return found


@reading(SEE_STANDINGS)
def preview_decided(
    verb: Verb,
    subject: models.Model,
    round: Round,
    *,
    arguments: Mapping[str, Any],
    reason: str,
    hands: Actor,
    actor: Actor,
    now: datetime,
) -> Preview:
    """The same of a decision while the round is scored: done as its approval does it, by the hands of who prepares it.

    Nothing of it is written but that `actor` has seen the standings. Refused as the decision itself would be.
    """
    with undone():
        decision = prepare(verb, subject, actor=hands, now=now, reason=reason, arguments=arguments, try_first=False)
        before, mandated = _board(round), hands.under(f"decision:{decision.pk}")
        decided_by(verb).act(subject, actor=mandated, now=now, reason=reason, **arguments)
        found = Preview(before, _board(round), {}, None)
    record(SEE_STANDINGS, round, at=now, snapshot=None)
    return found


def _board(round: Round) -> Board:
    return computed_board(round, computed_standings(round))


def _refused(requirement: Callable[[], None]) -> Refused | None:
    try:
        requirement()
    except Refused as refused:
        return refused
    return None


def _require_publishable(round: Round, changes: Sequence[Change]) -> None:
    require_publishable(changes, computed_standings(round).standings)
