"""The standings of a round as officials see them: the table, its picture, and what keeps it from being announced."""

from datetime import datetime
from typing import Any

from core.actors import Actor
from evaluation.admin import table
from evaluation.admin.blockers import announcement_hindrances
from evaluation.models import Round, Snapshot, Vacancy
from evaluation.operations.reading import see_standings
from evaluation.states import RoundState


def standings_of(round: Round, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the page shows. Reading the standings is recorded."""
    board = see_standings(round, actor=actor, now=now)
    columns = table.columns_of(list(round.criteria.all()))
    shown: dict[str, Any] = {
        "board": board,
        "columns": columns,
        "gates": list(round.gates.all()),
        "rows": table.rows_of(board, round, columns),
        "bars": table.bars_of(board, round, columns),
        "means": table.means_of(board, columns),
        "span": 4 + len(columns) + len(round.gates.all()),
        "total_mean": table.total_mean(board),
        "legend": [column.name for column in columns if column.depth == 0],
    }
    if round.state == RoundState.SCORING:
        shown["hindrances"] = announcement_hindrances(board, round, actor)
    if board.snapshot is not None:
        shown["snapshots"] = snapshots_of(round)
        shown["vacancies"] = max(0, round.seats - board.advanced)
        if round.state == RoundState.FINAL:
            shown["vacancy"] = Vacancy.objects.filter(round=round).values_list("pk", flat=True).first()
    return shown


def snapshots_of(round: Round) -> list[Snapshot]:
    """What was published, the one that counts first, each with the correction that made it."""
    return list(round.snapshots.select_related("correction", "announcement").order_by("-number"))
