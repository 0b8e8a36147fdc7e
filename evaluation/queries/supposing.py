"""What would follow from a supposition, beside what is: read and computed, and nothing written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluation.models import Round
from evaluation.queries.comparing import Compared, compared
from evaluation.queries.inputs import tie_orders
from evaluation.queries.judged import judged
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

    `apart` are the teams of which today's inputs, with nothing supposed, give something else than the snapshot says.
    """

    before: Board
    after: Board
    rows: Sequence[Compared]
    full_before: Decimal
    full_after: Decimal
    apart: Sequence[str]


def grounds(round: Round) -> Grounds:
    """Everything that a supposition may change, in a fixed number of queries."""
    return Grounds(round_rules(round), judged(round), tie_orders(round))


def supposition(round: Round, given: Grounds, changes: Collection[Change]) -> Supposition:
    """The result with the changes beside the real one."""
    snapshot = published(round)
    now = _board(round, given.rules, given)
    before = now if snapshot is None else published_board(snapshot)
    then = supposed(given.rules, given.entries, changes)
    after = _named(_board(round, then.rules, replace(given, entries=then.entries)), before)
    return Supposition(
        before=before,
        after=after,
        rows=compared(before, after),
        full_before=full_marks(given.rules),
        full_after=full_marks(then.rules),
        apart=[row.after.name for row in compared(before, _named(now, before)) if row.shifts],
    )


def _board(round: Round, rules: RoundRules, given: Grounds) -> Board:
    verdicts = {entry.team: entry.verdicts for entry in given.entries}
    found = Computed(rules, standings(rules, given.entries, given.tie_orders), verdicts)
    return computed_board(round, found)


def _named(board: Board, after: Board) -> Board:
    """A board with the names that stand on another."""
    names = {row.team: row.name for row in after.rows}
    return replace(board, rows=[row._replace(name=names[row.team]) for row in board.rows])
