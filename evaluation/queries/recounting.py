"""A round counted once more, by the plain rules from every single input, beside what stands and what was published."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from core.points import exact
from evaluation.models import Cell, LiveStanding, Round, Snapshot
from evaluation.queries.comparing import OUTCOME, RANK, TOTAL, facts
from evaluation.queries.standings import Board, as_text, published_board
from evaluation.queries.supposing import Steps, board_of, grounds
from evaluation.rules.digests import digest_of
from evaluation.rules.standings import Standings

LIVE, PUBLISHED = "live", "published"
REASON: Final = "reason"
DIGEST: Final = "digest"
Stated = Mapping[tuple[str, str], str | None]
"""(team, fact) -> what is stated, as text; a fact of no team is that of ""."""


class Difference(NamedTuple):
    """A fact that stands otherwise than counted, both as text; `where` is LIVE or PUBLISHED, `team` "" for no team's.

    Facts are `rank`, `total`, `outcome`, `reason`, `score:<leaf>`, `values:<leaf>` (how many values, and their exact
    aggregate), of a published result `score:<criterion>`, `gate:<gate>`, `mean:<criterion or "total">` and `digest`.
    """

    where: str
    team: str
    fact: str
    stands: str | None
    counted: str | None


def counted(round: Round, steps: Steps) -> Board:
    """The standings by `evaluation.rules` from each value that was given: no aggregate of the database is used."""
    given = grounds(round, steps)
    return board_of(round, given.rules, given, steps)


def apart_from_live(round: Round, standings: Standings) -> list[Difference]:
    """Where the live standings differ from these: scores, aggregates and counts of values, totals, ranks, outcomes."""
    return _apart(LIVE, _live(round), _counted(standings))


def apart_from_published(snapshot: Snapshot, board: Board) -> list[Difference]:
    """Where a published result differs from a board that follows from the same inputs, its digest included."""
    return _apart(PUBLISHED, _stated(published_board(snapshot)), _stated(board) | {("", DIGEST): result_digest(board)})


def result_digest(board: Board) -> str:
    """The digest of a result as `operations.snapshots` lays it down, written once more in plain words."""
    return digest_of([*_rows(board), *(f"mean {code} {mean or '-'}" for code, mean in board.means.items())])


def _rows(board: Board) -> Iterable[str]:
    for row in board.rows:
        parts = ["row", row.team, str(row.rank or "-"), row.total or "-", row.outcome]
        parts += [f"{code}={points or '-'}" for code, points in row.scores.items()]
        yield " ".join(part for part in [*parts, *(f"{gate}={it or '-'}" for gate, it in row.gates.items())] if part)


def _apart(where: str, stands: Stated, found: Stated) -> list[Difference]:
    return [
        Difference(where, *place, stands.get(place), found.get(place))
        for place in sorted(stands.keys() | found.keys())
        if stands.get(place) != found.get(place)
    ]


def _stated(board: Board) -> dict[tuple[str, str], str | None]:
    """Everything that a board says but names, which are not counted."""
    stated = {
        (row.team, key): value
        for row in board.rows
        for key, value in {**facts(row), REASON: row.reason}.items()
        if key != "name"
    }
    means = {("", f"mean:{code}"): mean for code, mean in board.means.items()}
    return stated | means | ({("", DIGEST): board.digest} if board.digest else {})


def _counted(standings: Standings) -> Stated:
    stated: dict[tuple[str, str], str | None] = {}
    for row in standings.rows:
        rank = None if row.rank is None else str(row.rank)
        told = {RANK: rank, TOTAL: as_text(row.total), OUTCOME: row.outcome, REASON: row.reason or ""}
        stated |= {(row.team, key): value for key, value in told.items()}
        for code, cell in row.cells.items():
            stated[row.team, f"score:{code}"] = as_text(cell.points)
            stated[row.team, f"values:{code}"] = _values(cell.count, cell.aggregate)
    return stated


def _live(round: Round) -> Stated:
    stated: dict[tuple[str, str], str | None] = {}
    standing = LiveStanding.objects.filter(round=round)
    for team, rank, total, outcome, reason in standing.values_list(
        "entry__team__code", "rank", "total", "outcome", "reason"
    ):
        told = {RANK: None if rank is None else str(rank), TOTAL: as_text(total), OUTCOME: outcome, REASON: reason}
        stated |= {(team, key): value for key, value in told.items()}
    cells = Cell.objects.filter(entry__round=round)
    columns = ("entry__team__code", "criterion__code", "count", "numerator", "denominator", "points")
    for team, code, count, numerator, denominator, points in cells.values_list(*columns):
        stated[team, f"score:{code}"] = as_text(points)
        stated[team, f"values:{code}"] = _values(count, _fraction(numerator, denominator))
    return stated


def _fraction(numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
    return None if numerator is None or denominator is None else exact(numerator) / exact(denominator)


def _values(count: int, aggregate: Fraction | None) -> str:
    return f"{count}: {'-' if aggregate is None else aggregate}"
