"""Changes of an announced result, whatever their kind, and what each of them makes of the standings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.actors import Actor
from evaluation.models import Criterion, Entry, Round
from evaluation.queries.standings import Board, computed_board, computed_standings

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A correction whose names are found. `value` is the figure it sets; `leaves` are those whose result it changes."""

    entry: Entry
    write: Callable[[str, Actor, datetime], object]
    leaves: Sequence[Criterion] = ()
    value: Decimal | None = None

    @property
    def possible(self) -> bool:
        """Whether its figure can be a figure at all: none is negative."""
        return self.value is None or self.value >= 0


def apply_in_turn(round: Round, changes: Sequence[Change], reason: str, actor: Actor, now: datetime) -> list[Board]:
    """Add the row of each; the standings before them and after each one.

    What a change moves shows only beside the standings just before it: where a score is relative, and with every rank
    and outcome, one team's value moves another's. A figure that can be none is left out until the whole is refused.
    """
    boards = [computed_board(round, computed_standings(round))]
    for change in changes:
        if change.possible:
            change.write(reason, actor, now)
        boards.append(computed_board(round, computed_standings(round)))
    return boards
