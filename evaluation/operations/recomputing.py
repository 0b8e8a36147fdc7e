"""Keeping the live standings up to date: cells, totals, ranks and outcomes follow from the inputs, set by set.

No page shows them: what officials read is computed from the inputs at that moment (`queries.standings`), whether or not
marks wait here. An announcement brings them up to date under the round's lock and publishes what stands.
"""

from collections.abc import Sequence
from datetime import datetime

from core.actors import Actor
from core.operation import operation
from core.prepared import planned, prepared
from evaluation.models import Criterion, Round
from evaluation.operations.cells import Cells, write_cells
from evaluation.operations.ranking import rank_all, rank_one
from evaluation.operations.settling import needs_settling, settle
from evaluation.verbs import RECOMPUTE

_LOCK_CLASS = 7001  # advisory locks of this kind: one recomputation a round at a time
# What is kept planned is planned once from here on, not for each value: an array that names one cell PostgreSQL takes
# for ten, thinks a plan for any value dear, and plans each time anew, which takes longer than all the rest.
_TAKE_MARKS = """
WITH alone AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(%s, %s), set_config('plan_cache_mode', 'force_generic_plan', true)
)
DELETE FROM evaluation_stalemark USING alone WHERE round_id = %s RETURNING entry_id, criterion_id"""
MOST_CELLS = 2_000
"""Where more cells than this are marked, all are computed anew: one pass over the values is cheaper then."""


@operation(RECOMPUTE)
def recompute(round: Round, *, actor: Actor, now: datetime) -> bool:
    """Bring a round's live standings up to date with its inputs, if any changed; whether there was anything to do.

    The marks are taken first and the inputs read afterwards, so whatever arrives meanwhile leaves a mark for the next
    run. An advisory lock keeps two recomputations apart without making an input wait for either. Only the cells that
    are marked are computed anew; where a single entry is touched, only the ranks that it passes are shifted.
    """
    return bring_up_to_date(round)


def bring_up_to_date(round: Round) -> bool:
    """The same as a part of another operation, which then keeps other recomputations of the round waiting."""
    seen = _take_marks(round)
    if not seen:
        return False
    with planned():
        criteria = list(round.criteria.all())
    cells = _cells(seen)
    if cells is None:
        _compute(round, criteria)
        return True
    others = write_cells(round, criteria, cells)
    alone = None if others or len(cells.entries) > 1 else min(cells.entries)
    if alone is None or not rank_one(round, criteria, alone):
        _rank(round, criteria)
    return True


def recompute_all(round: Round) -> None:
    """Compute everything anew, whatever is marked, for an operation that holds the round and publishes what follows."""
    _take_marks(round)
    _compute(round, list(round.criteria.all()))


def _compute(round: Round, criteria: Sequence[Criterion]) -> None:
    write_cells(round, criteria)
    _rank(round, criteria)


def _rank(round: Round, criteria: Sequence[Criterion]) -> None:
    rank_all(round, criteria)
    if needs_settling(round):
        settle(round)


def _take_marks(round: Round) -> list[tuple[int | None, int | None]]:
    with prepared() as cursor:
        cursor.execute(_TAKE_MARKS, [_LOCK_CLASS, round.pk, round.pk])
        return list(cursor.fetchall())


def _cells(marks: Sequence[tuple[int | None, int | None]]) -> Cells | None:
    """The cells that the marks name; None where one names the whole round, or they name too many."""
    entries = frozenset(entry for entry, _ in marks if entry is not None)
    criteria = frozenset(criterion for _, criterion in marks if criterion is not None)
    whole = any(entry is None for entry, _ in marks) or len(entries) * len(criteria) > MOST_CELLS
    return None if whole else Cells(entries, criteria)
