"""Keeping the live standings up to date. They are shown to officials and never published: an announcement computes

its own, under the round's lock.
"""

from datetime import datetime

from django.db import connection

from core.actors import Actor
from core.operation import operation
from evaluation.models import Cell, LiveStanding, Round, StaleMark
from evaluation.queries.standings import computed_standings
from evaluation.rules.standings import Standing
from evaluation.verbs import RECOMPUTE

_LOCK_CLASS = 7001  # advisory locks of this kind: one recomputation a round at a time


@operation(RECOMPUTE)
def recompute(round: Round, *, actor: Actor, now: datetime) -> bool:
    """Bring a round's live standings up to date with its inputs, if any changed; whether there was anything to do.

    The marks are taken first and the inputs read afterwards, so whatever arrives meanwhile leaves a mark for the next
    run. An advisory lock keeps two recomputations apart without making an input wait for either.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_CLASS, round.pk])
    seen, _ = StaleMark.objects.filter(round=round).delete()
    if not seen:
        return False
    rows = computed_standings(round).standings.rows
    entries = dict(round.entries.values_list("team__code", "pk"))
    criteria = dict(round.criteria.values_list("code", "pk"))
    LiveStanding.objects.bulk_create(
        [
            LiveStanding(
                entry_id=entries[row.team],
                rank=row.rank,
                total=row.total,
                outcome=row.outcome,
                reason=row.reason or "",
                computed_at=now,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["rank", "total", "outcome", "reason", "computed_at"],
    )
    Cell.objects.bulk_create(
        [cell for row in rows for cell in _cells(row, entries[row.team], criteria)],
        update_conflicts=True,
        unique_fields=["entry", "criterion"],
        update_fields=["count", "points"],
    )
    return True


def _cells(row: Standing, entry: int, criteria: dict[str, int]) -> list[Cell]:
    return [
        Cell(
            entry_id=entry,
            criterion_id=criteria[code],
            count=row.cells[code].count if code in row.cells else None,
            points=points,
        )
        for code, points in row.scores.items()
    ]
