"""Reading standings, which are confidential before they are published, is recorded."""

from datetime import datetime

from core.actors import Actor
from core.events import record
from core.operation import operation
from evaluation.models import Round
from evaluation.queries.standings import Board, board
from evaluation.verbs import SEE_STANDINGS


@operation(SEE_STANDINGS)
def see_standings(round: Round, *, actor: Actor, now: datetime) -> Board:
    """The standings as they are, and a line that says who saw them, when, and in which snapshot (none: as computed)."""
    seen = board(round)
    record(SEE_STANDINGS, round, at=now, snapshot=seen.snapshot)
    return seen
