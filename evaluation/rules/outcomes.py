"""The words for outcomes, and where a rank lies: within the seats, across the last one, or outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

ADVANCED: Final = "advanced"
GATE_FAILED: Final = "gate_failed"
BELOW_FLOOR: Final = "below_floor"
ELIMINATED: Final = "eliminated"
WITHDRAWN: Final = "withdrawn"

RECRUIT: Final = "recruit"
PROMOTE: Final = "promote"
LEAVE: Final = "leave"
VACANCY_RULES: Final = (RECRUIT, PROMOTE, LEAVE)


@dataclass(frozen=True)
class Contender:
    """An entry with a rank, and all that its outcome depends on besides. `awaiting` names gates without a verdict."""

    team: str
    rank: int
    gate_failed: bool
    below_floor: bool
    awaiting: tuple[str, ...]

    @property
    def may_advance(self) -> bool:
        """Whether nothing known keeps the entry from advancing; a verdict that is still awaited may."""
        return not (self.gate_failed or self.below_floor)

    @property
    def may_yet_advance(self) -> bool:
        """Whether that hangs on a verdict, and with it a seat."""
        return self.may_advance and bool(self.awaiting)


RankGroup = tuple[Contender, ...]


@dataclass(frozen=True)
class Cut:
    """The contenders by where their rank lies: wholly within the seats, across the last seat, or outside.

    At most one group, sharing a rank, lies across.
    """

    within: RankGroup
    across: RankGroup
    outside: tuple[RankGroup, ...]


def cut(contenders: Sequence[Contender], seats: int) -> Cut:
    """Divide at the last seat: a shared rank takes as many places as it has entries, counted from the rank itself."""
    ordered = sorted(contenders, key=lambda contender: contender.rank)
    within: RankGroup = ()
    across: RankGroup = ()
    outside: list[RankGroup] = []
    for rank, sharing in groupby(ordered, key=lambda contender: contender.rank):
        group = tuple(sharing)
        if rank > seats:
            outside.append(group)
        elif rank + len(group) - 1 > seats:
            across = group
        else:
            within += group
    return Cut(within, across, tuple(outside))
