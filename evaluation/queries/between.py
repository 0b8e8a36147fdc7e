"""Two snapshots of a round beside each other: which rows moved, and which corrections between them moved them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.models import Correction, Round, Snapshot
from evaluation.models.correction import teams_of
from evaluation.queries.comparing import NAME, OUTCOME, RANK, Compared, Shift, compared, moves_of
from evaluation.queries.standings import published_boards


@dataclass(frozen=True)
class Cause:
    """One input that a correction between the snapshots changed, numbered from 1 in the order in which they came."""

    number: int
    correction: Correction
    item: Mapping[str, Any]

    def concerns(self, team: str) -> bool:
        """Whether it was an input of this team."""
        return team in teams_of(self.item)


@dataclass(frozen=True)
class Between:
    """Two snapshots, every team's line on both, and every input changed on the way.

    A shift's `by` are the numbers of causes in the corrections that moved it: of its own team those that the fact
    follows from, and where there are none, of the other teams, with whose values a relative score, a rank and an
    outcome move.
    """

    before: Snapshot
    after: Snapshot
    rows: Sequence[Compared]
    causes: Sequence[Cause]


def between(round: Round, first: int, last: int) -> Between | None:
    """Snapshots `first` and `last` compared; None where one is not there. Four queries, whatever lies between them."""
    rows = round.snapshots.filter(number__gte=first, number__lte=last).order_by("number")
    snapshots = list(rows.select_related("correction", "criteria_version"))
    if len(snapshots) < 2 or (snapshots[0].number, snapshots[-1].number) != (first, last):  # noqa: PLR2004 - two
        return None
    boards = published_boards(snapshots)
    causes = _causes(snapshots[1:])
    scored = set(round.criteria.exclude(source=None).values_list("code", flat=True))
    shown = [_told(row, causes, scored) for row in compared(boards[0], boards[-1], moves_of(boards))]
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
        for item in correction.items:
            number += 1
            found[step].append(Cause(number, correction, item))
    return found


def _told(row: Compared, causes: Mapping[int, Sequence[Cause]], scored: Collection[str]) -> Compared:
    return replace(row, shifts=[_by(shift, row.after.team, causes, scored) for shift in row.shifts])


def _by(shift: Shift, team: str, causes: Mapping[int, Sequence[Cause]], scored: Collection[str]) -> Shift:
    bearing = [each for step in shift.by for each in causes[step] if _bears_on(each.item, shift.key, scored)]
    own = [each for each in bearing if each.concerns(team)]
    return replace(shift, by=[each.number for each in own or bearing])


def _bears_on(item: Mapping[str, Any], key: str, scored: Collection[str]) -> bool:
    """Whether a fact (`comparing.facts`) can follow from an input of this kind.

    A parent's score follows from every leaf, as a total does: which of them stand under it is not asked.
    """
    ((kind, fields),) = item.items()
    fact, _, code = key.partition(":")
    if kind == "set_name" or fact == NAME:
        return kind == "set_name" and fact == NAME
    if kind == "break_tie":
        return fact in {RANK, OUTCOME}
    if kind == "set_gate":
        return fact == OUTCOME or (fact == "gate" and code == fields["gate"])
    if fact == "gate":
        return False
    return fact != "score" or code not in scored or fields.get("criterion", code) == code
