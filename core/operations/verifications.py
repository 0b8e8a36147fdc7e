"""Verifications of the ledger, as a job: whether its chain is whole, and every counted row is as it says."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Identifier

from core.actors import Actor
from core.events import record
from core.jobs import VERIFY_LEDGER as JOB
from core.jobs import ring
from core.ledger.verifier import ITEMS, Connection, Counted, Damage, Watch, counted_tables, verify
from core.models import Verification, WorkPhase
from core.operation import operation
from core.operations.working import Cancelled, Progress, end_work, free, reporting, stop_work
from core.own_verbs import CANCEL_VERIFICATION, VERIFY_LEDGER

EVERY = 5_000
"""So many items are followed between two words on how far it is."""


@operation(VERIFY_LEDGER)
def ask_for_verification(*, actor: Actor, now: datetime) -> Verification:
    """Ask that the ledger be verified; a job does it. Whoever asks meanwhile is led to the one under way."""
    under_way = Verification.objects.filter(phase__in=Verification.going, cancelled=False).first()
    if under_way is not None:
        return under_way
    verification = Verification.objects.create(by=actor.account, at=now)
    record(VERIFY_LEDGER, verification, at=now)
    ring(JOB, verification.pk)
    return verification


@operation(VERIFY_LEDGER)
def verify_ledger(verification: Verification, *, actor: Actor, now: datetime) -> bool:
    """Follow the chain, hold every counted row against it, and say which is the first that disagrees, if any.

    False where that is done, or a job is at it. Nothing is mended: what the damage means is for people to find out.
    Who writes meanwhile is not held up, and does no harm: each check is one statement, and whatever a transaction has
    left agrees with itself.
    """
    if not free(verification) or not _under_way(verification):
        return False
    raw = connection.connection
    rows = _rows(raw)
    total = sum(rows.values())
    with reporting(verification, phase=WorkPhase.RUNNING, total=total) as tell:
        verdict = verify(raw, watch=_telling(rows, tell))
    followed = {"records": verdict.records, "blocks": verdict.blocks, "head": verdict.head}
    damage = _named(verdict.damage)
    said = "이상 없습니다." if verdict.damage is None else verdict.damage.sentences[0]
    if not end_work(verification, WorkPhase.DONE, said, done=total, total=total, **followed, **damage):
        raise Cancelled
    record(VERIFY_LEDGER, verification, at=now, **followed, damage=damage or None)
    return True


@operation(CANCEL_VERIFICATION)
def cancel_verification(verification: Verification, *, actor: Actor, now: datetime) -> Verification:
    """Give a verification up. Where a job is at it, the job stops at its next step. `wrong_state` where it is over."""
    stop_work(verification, "취소했습니다.")
    record(CANCEL_VERIFICATION, verification, at=now)
    verification.refresh_from_db()
    return verification


@operation(VERIFY_LEDGER)
def give_up_verification(
    verification: Verification, *, said: str, cancelled: bool = False, actor: Actor, now: datetime
) -> None:
    """Note why nothing came of a verification."""
    if end_work(verification, WorkPhase.CANCELLED if cancelled else WorkPhase.REFUSED, said):
        record(VERIFY_LEDGER, verification, at=now, said=said)


def _under_way(verification: Verification) -> bool:
    return Verification.objects.filter(pk=verification.pk, phase__in=Verification.going).exists()


def _rows(raw: Connection) -> dict[str, int]:
    """How many rows are read of each table: the items of the chain, and what every counted table has."""
    tables = [ITEMS, *(counted.relation for counted in counted_tables(raw))]
    count = SQL("SELECT {}, count(*) FROM {}")
    counts = [raw.execute(count.format(each, Identifier(each))).fetchall() for each in tables]
    return {relation: number for ((relation, number),) in counts}


def _telling(rows: dict[str, int], tell: Progress) -> Watch:
    """Tells how many of all rows have been read: of the chain item by item, of a counted table all at once."""
    done = 0

    def watch(those: Iterable[Any]) -> Iterator[Any]:
        nonlocal done
        for each in those:
            yield each
            done += rows[each.relation] if isinstance(each, Counted) else 1
            if isinstance(each, Counted) or done % EVERY == 0:
                tell(done)

    return watch


def _named(damage: Damage | None) -> dict[str, Any]:
    return {} if damage is None else {"relation": damage.relation, "row_key": damage.row_key, "what": damage.what}
