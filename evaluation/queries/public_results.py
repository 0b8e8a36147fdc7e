"""What the public may know of a round's result: as much as it was announced with, and no expert's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from evaluation.models import Criterion, Round, Snapshot
from evaluation.queries.criteria import from_the_top
from evaluation.queries.standings import Board, BoardRow, published_board
from evaluation.rules.standings import TOTAL
from evaluation.states import RANKS_KNOWN, Disclosure, Outcome, RoundState


@dataclass(frozen=True)
class Column:
    """A criterion, or the total (without a code), with the highest and the mean figure of those that have a total.

    Criteria stand from the top, each followed by its own parts, which are one deeper.
    """

    code: str
    name: str
    points: str
    depth: int
    best: str | None
    mean: str | None


@dataclass(frozen=True)
class PublicResult:
    """The newest announced result, by the tier that it was announced with.

    `columns` are empty where outcomes alone are public, `ranked` says that ranks and totals are, `scored` that all is.
    """

    round: Round
    snapshot: Snapshot
    announced_at: datetime
    rows: Sequence[BoardRow]
    columns: Sequence[Column]
    ranked: bool
    scored: bool


def public_rounds() -> QuerySet[Round]:
    """Every round with an announced result."""
    announced = Round.objects.filter(state__in=[RoundState.ANNOUNCED, RoundState.FINAL])
    return announced.select_related("programme")


def public_result(round: Round) -> PublicResult:
    """The newest result of an announced round, in a fixed number of queries."""
    newest = round.snapshots.select_related("announcement", "criteria_version").order_by("-number")
    snapshot = newest[0]
    board, disclosure = published_board(snapshot), snapshot.announcement.disclosure
    ranked = disclosure in RANKS_KNOWN
    return PublicResult(
        round=round,
        snapshot=snapshot,
        announced_at=snapshot.announcement.announced_at,
        rows=board.rows if ranked else _unranked(board.rows),
        columns=[] if disclosure == Disclosure.OUTCOMES else _columns(round, board),
        ranked=ranked,
        scored=disclosure == Disclosure.FULL,
    )


def _unranked(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Those who advance first, and else in the order in which the teams take part."""
    return sorted(rows, key=lambda row: (row.outcome != Outcome.ADVANCED, row.entry))


def _columns(round: Round, board: Board) -> list[Column]:
    complete = [row for row in board.rows if row.total is not None]
    found = [
        Column(
            criterion.code,
            criterion.name,
            f"{criterion.points:f}",
            depth,
            _best([row.scores[criterion.code] for row in complete]),
            board.means[criterion.code],
        )
        for criterion, depth in from_the_top(Criterion.objects.filter(round=round))
    ]
    return [*found, Column("", "", "", 0, _best([row.total for row in complete]), board.means[TOTAL])]


def _best(figures: Sequence[str | None]) -> str | None:
    return max((figure for figure in figures if figure is not None), key=Decimal, default=None)
