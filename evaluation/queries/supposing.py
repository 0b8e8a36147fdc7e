"""What would follow from a supposition, beside what is: read and computed, and nothing written."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluation.models import Round
from evaluation.queries.comparing import Compared, compared
from evaluation.queries.inputs import tie_orders
from evaluation.queries.judged import SOURCES, judged
from evaluation.queries.rules import round_rules
from evaluation.queries.standings import Board, Computed, computed_board, published, published_board
from evaluation.rules.judged import Judged, standings
from evaluation.rules.standings import RoundRules
from evaluation.rules.supposing import Change, full_marks, supposed


@dataclass(frozen=True)
class Grounds:
    """What a supposition starts from: the round's rules and inputs as they are now, and the orders given to ties."""

    rules: RoundRules
    entries: Sequence[Judged]
    tie_orders: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Supposition:
    """The standings as they are and as they would be; `before` is the newest snapshot, or as computed now.

    `apart` are the teams (code -> name) of which today's inputs, with nothing supposed, give something else than the
    snapshot says.
    """

    before: Board
    after: Board
    rows: Sequence[Compared]
    full_before: Decimal
    full_after: Decimal
    apart: Mapping[str, str]


class Steps:
    """Counts how often an entry is gone through (read from a source, scored, ranked), and tells it now and then.

    Each telling is a statement, so that not every entry is told. Ranking takes about as long as scoring, and reading a
    source as either.
    """

    EVERY = 50

    def __init__(self, entries: int = 0, told: Callable[[int], object] = lambda _: None) -> None:
        self._entries, self._told, self._done = entries, told, 0

    def whole(self) -> None:
        """All entries have been gone through at once."""
        self._done += self._entries
        self._told(self._done)

    def over(self, entries: Sequence[Judged]) -> Iterator[Judged]:
        """The entries, each counted as it is taken."""
        for entry in entries:
            self._done += 1
            if self._done % self.EVERY == 0:
                self._told(self._done)
            yield entry


def steps_of(round: Round, boards: int = 2) -> tuple[int, int]:
    """How many entries are gone through, and how often: read, then scored and ranked for each of so many boards."""
    entries = round.entries.count()
    return entries, (SOURCES + 2 * boards) * entries


def grounds(round: Round, steps: Steps | None = None) -> Grounds:
    """Everything that a supposition may change, in a fixed number of queries."""
    return Grounds(round_rules(round), judged(round, (steps or Steps()).whole), tie_orders(round))


def supposition(round: Round, given: Grounds, changes: Collection[Change], steps: Steps | None = None) -> Supposition:
    """The result with the changes beside the real one."""
    steps = steps or Steps()
    snapshot = published(round)
    now = board_of(round, given.rules, given, steps)
    before = now if snapshot is None else published_board(snapshot)
    then = supposed(given.rules, given.entries, changes)
    after = _named(board_of(round, then.rules, replace(given, entries=then.entries), steps), before)
    return Supposition(
        before=before,
        after=after,
        rows=compared(before, after),
        full_before=full_marks(given.rules),
        full_after=full_marks(then.rules),
        apart={row.after.team: row.after.name for row in compared(before, _named(now, before)) if row.shifts},
    )


def board_of(round: Round, rules: RoundRules, given: Grounds, steps: Steps) -> Board:
    """The standings that follow by `evaluation.rules` from each value that was given."""
    verdicts = {entry.team: entry.verdicts for entry in given.entries}
    found = Computed(rules, standings(rules, steps.over(given.entries), given.tie_orders), verdicts)
    board = computed_board(round, found)
    steps.whole()
    return board


def _named(board: Board, after: Board) -> Board:
    """A board with the names that stand on another."""
    names = {row.team: row.name for row in after.rows}
    return replace(board, rows=[row._replace(name=names[row.team]) for row in board.rows])
