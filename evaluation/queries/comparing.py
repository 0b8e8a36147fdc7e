"""Two boards of a round beside each other: which ranks, totals, outcomes, scores, verdicts and names differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.queries.standings import Board, BoardRow

NAME, RANK, TOTAL, OUTCOME = "name", "rank", "total", "outcome"
MOST_ROWS = 100
Facts = Mapping[str, str | None]
Moves = Mapping[tuple[str, str], Sequence[int]]


@dataclass(frozen=True)
class Shift:
    """One fact of a team that differs: its key (`score:bench`, `gate:originality`, ...), before and after, as text.

    `by` are the numbers of the corrections that move it, from 1, where that is known.
    """

    key: str
    before: str | None
    after: str | None
    by: Sequence[int] = ()


@dataclass(frozen=True)
class Compared:
    """A team's line on two boards, with what differs."""

    before: BoardRow
    after: BoardRow
    shifts: Sequence[Shift]

    def shift(self, key: str) -> Shift | None:
        """The difference in one fact; None where there is none."""
        return next((each for each in self.shifts if each.key == key), None)


@dataclass(frozen=True)
class Excerpt:
    """What a page holds of two boards: every team, or of more than fit the first that change; `omitted` are not in it.

    `anew` are all the teams whose outcome changes, by code and name.
    """

    rows: Sequence[Compared]
    omitted: int
    anew: Mapping[str, str]


def excerpt(rows: Sequence[Compared]) -> Excerpt:
    """As much of it as a page holds."""
    changed = [row for row in rows if row.shifts]
    shown = rows if len(rows) <= MOST_ROWS else changed[:MOST_ROWS]
    return Excerpt(
        shown, len(rows) - len(shown), {row.after.team: row.after.name for row in changed if row.shift(OUTCOME)}
    )


def compared(before: Board, after: Board, moves: Moves | None = None) -> list[Compared]:
    """Every team of `after` in its order, beside its line on `before`."""
    earlier = {row.team: row for row in before.rows}
    return [beside(earlier[row.team], row, moves) for row in after.rows]


def beside(before: BoardRow, after: BoardRow, moves: Moves | None = None) -> Compared:
    """Two lines of one team."""
    return Compared(before, after, _shifts(after.team, facts(before), facts(after), moves or {}))


def moves_of(boards: Sequence[Board]) -> Moves:
    """(team, fact) -> the steps that change it, where `boards` are the standings before and after each step."""
    found: dict[tuple[str, str], list[int]] = {}
    for step, (before, after) in enumerate(pairwise(boards), start=1):
        for row in compared(before, after):
            for shift in row.shifts:
                found.setdefault((row.after.team, shift.key), []).append(step)
    return found


def facts(row: BoardRow) -> Facts:
    """Everything of a line that may differ, by key."""
    return {
        NAME: row.name,
        RANK: None if row.rank is None else str(row.rank),
        TOTAL: row.total,
        OUTCOME: row.outcome,
        **{f"score:{code}": points for code, points in row.scores.items()},
        **{f"gate:{gate}": verdict for gate, verdict in row.gates.items()},
    }


def _shifts(team: str, before: Facts, after: Facts, moves: Moves) -> list[Shift]:
    return [
        Shift(key, before.get(key), value, moves.get((team, key), ()))
        for key, value in after.items()
        if before.get(key) != value
    ]
