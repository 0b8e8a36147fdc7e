"""How far long work is, told while it runs: beside its transaction, which nobody else can look into.

Parts of the operations that work, cancel and give up: outside of one there is nothing to write.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from core.models.work import OVER, Work, WorkPhase

Progress = Callable[[int], object]
"""Is told how many rows are worked through; what it raises stops the work, of which nothing then remains."""


class Cancelled(Exception):  # noqa: N818 - somebody's wish, not an error
    """Somebody has asked that the work stop; nothing of it remains."""


@contextmanager
def reporting(work: Work, **begun: Any) -> Iterator[Progress]:
    """Tells how many rows are worked through, on a connection of its own, and stops the work where that was asked.

    The work itself leaves its row alone until its end: it would wait for its own teller. What the row says from the
    beginning (`begun`) is told there too.
    """
    beside, table = connection.copy(), work._meta.db_table
    names = "".join(f", {work._meta.get_field(name).column} = %s" for name in begun)  # type: ignore[union-attr]

    def tell(done: int, names: str = "", *values: Any) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET done = %s{names} WHERE id = %s RETURNING cancelled",  # noqa: S608 - our own names
                [done, *values, work.pk],
            )
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Cancelled

    try:
        if begun:
            tell(0, names, *begun.values())
        yield tell
    finally:
        beside.close()


def free(work: Work) -> bool:
    """Whether nobody else is at the work; nobody will be until the running transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [work.lock_class, work.pk])
        ((got,),) = cursor.fetchall()
    return bool(got)


def end_work(work: Work, phase: str, said: str, **facts: Any) -> bool:
    """End it, unless it is over; whether it was ended. It is not done where somebody has asked to stop."""
    rows = type(work)._base_manager.filter(pk=work.pk).exclude(phase__in=OVER)
    if phase == WorkPhase.DONE:
        rows = rows.filter(cancelled=False)
    return bool(rows.update(phase=phase, said=said, **facts))


def stop_work(work: Work, said: str, **facts: Any) -> bool:
    """End it as cancelled; where a job is at it, the job is asked to stop at its next step. Whether it was ended.

    Refused with `wrong_state` where it is over: nothing more happens to it.
    """
    if work.phase in OVER:
        label = dict(work._meta.get_field("phase").flatchoices)[work.phase]
        raise Refused(Code.WRONG_STATE, format_lazy(_("이미 끝난 작업입니다: {phase}"), phase=label), phase=work.phase)
    if free(work):
        return end_work(work, WorkPhase.CANCELLED, said, **facts)
    type(work)._base_manager.filter(pk=work.pk).update(cancelled=True)
    return False


def attempt(act: Callable[[], bool], give_up: Callable[..., object], *, stopped: str) -> bool:
    """Do a job's act. Why nothing came of it is told in another transaction: the act's own is undone with all in it."""
    try:
        return act()
    except Cancelled:
        give_up(said=stopped, cancelled=True)
    except Refused as refused:
        give_up(said=str(refused))
    return False
