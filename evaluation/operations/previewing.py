"""What corrections, or a batch of responses left out, would make of the result, before anybody decides on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.actors import Actor
from core.errors import Refused
from core.ledger.naming import named
from core.operations.decisions import prepare
from core.undoing import undone
from evaluation.models import ResponseBatch, Round
from evaluation.operations.changes import Change
from evaluation.operations.correcting import apply, require_correctable, require_publishable
from evaluation.operations.corrections import changes_of, require_results_within_bounds
from evaluation.operations.inputs import require_scoring
from evaluation.operations.response_changes import exclusion_of
from evaluation.queries.comparing import Moves, moves_of
from evaluation.queries.standings import Board, computed_board, computed_standings
from evaluation.verbs import CORRECT, EXCLUDE_RESPONSES


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
            boards = [_board(round), *(_after(round, each, reason, hands, now) for each in changes)]
            found = Preview(
                boards[0], boards[-1], moves_of(boards), _refused(lambda: _require_publishable(round, changes))
            )
    return found


def preview_exclusion(batch: ResponseBatch, *, reason: str, actor: Actor, now: datetime) -> Preview:
    """The same for a batch of responses that is taken out while its round is scored, as `exclude_responses` does it."""
    round, change = batch.entry.round, exclusion_of(batch)
    with undone():
        prepared = prepare(EXCLUDE_RESPONSES, batch, actor=actor, now=now, reason=reason, arguments={}, try_first=False)
        require_scoring(round, batch.entry)
        hands = actor.under(f"decision:{prepared.pk}")
        with named(actor=actor.name, verb=EXCLUDE_RESPONSES.code, reason=reason, mandate=hands.mandate):
            before, after = _board(round), _after(round, change, reason, hands, now)
            found = Preview(before, after, {}, _refused(lambda: require_results_within_bounds([change])))
    return found


def _after(round: Round, change: Change, reason: str, actor: Actor, now: datetime) -> Board:
    apply(change, reason, actor, now)
    return _board(round)


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
