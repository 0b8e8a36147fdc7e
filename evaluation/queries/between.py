"""Two snapshots of a round beside each other: which rows moved, and which corrections between them moved them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.models import Correction, Round, Snapshot
from evaluation.queries.comparing import Compared, Shift, compared, moves_of
from evaluation.queries.standings import published_boards


@dataclass(frozen=True)
class Cause:
    """One input that a correction between the snapshots changed, numbered from 1 in the order in which they came.

    It is the `place`th of its correction, from 1.
    """

    number: int
    correction: Correction
    place: int
    item: Mapping[str, Any]

    def moves(self, team: str, fact: str) -> bool:
        """Whether it moved a fact of the team when its correction was done."""
        return self.place in self.correction.moving(team, fact)


@dataclass(frozen=True)
class Between:
    """Two snapshots, every team's line on both, and every input changed on the way.

    A shift's `by` are the numbers of the causes that moved it, in the corrections after which it differed, each of
    which was done one input after the other; of another team's too, where a relative score, a rank or an outcome moves
    with them.
    """

    before: Snapshot
    after: Snapshot
    rows: Sequence[Compared]
    causes: Sequence[Cause]


def between(round: Round, first: int, last: int) -> Between | None:
    """Snapshots `first` and `last` compared; None where one is not there. Three queries, whatever lies between them."""
    rows = round.snapshots.filter(number__gte=first, number__lte=last).order_by("number")
    snapshots = list(rows.select_related("correction", "criteria_version"))
    if len(snapshots) < 2 or (snapshots[0].number, snapshots[-1].number) != (first, last):  # noqa: PLR2004 - two
        return None
    boards = published_boards(snapshots)
    causes = _causes(snapshots[1:])
    shown = [_told(row, causes) for row in compared(boards[0], boards[-1], moves_of(boards))]
    numbered = [each for of_step in causes.values() for each in of_step]
    return Between(snapshots[0], snapshots[-1], shown, numbered)


def _causes(snapshots: Sequence[Snapshot]) -> dict[int, list[Cause]]:
    """Step -> the inputs that its correction changed, the steps numbered from 1 as the snapshots come."""
    found: dict[int, list[Cause]] = {}
    number = 0
    for step, snapshot in enumerate(snapshots, start=1):
        found[step] = []
        correction: Correction | None = getattr(snapshot, "correction", None)
        if correction is None:
            continue
        for place, item in enumerate(correction.items, start=1):
            number += 1
            found[step].append(Cause(number, correction, place, item))
    return found


def _told(row: Compared, causes: Mapping[int, Sequence[Cause]]) -> Compared:
    return replace(row, shifts=[_by(shift, row.after.team, causes) for shift in row.shifts])


def _by(shift: Shift, team: str, causes: Mapping[int, Sequence[Cause]]) -> Shift:
    """The shift with the causes in place of the steps."""
    bearing = [each.number for step in shift.by for each in causes[step] if each.moves(team, shift.key)]
    return replace(shift, by=bearing)
