"""Rosters brought in: the short at once, the long by a job, which tells how far it is and can be cancelled."""

from collections.abc import Sequence
from datetime import datetime

from consortia import jobs
from consortia.models import Programme, RosterImport
from consortia.operations.planned import Planned
from consortia.operations.rosters import import_roster, require_admissible
from consortia.readers.members import Member
from consortia.readers.rosters import SHAPES, Kind, Row
from consortia.verbs import CANCEL_ROSTER, IMPORT_ROSTER
from core.actors import Actor
from core.events import record
from core.jobs import ring
from core.models import WorkPhase
from core.operation import operation
from core.operations.working import Cancelled, end_work, free, reporting, stop_work

AT_ONCE = 100
"""New lines up to which a roster is registered in the request; more by a job, and a page tells how far it is."""


@operation(IMPORT_ROSTER)
def bring_in_roster(
    programme: Programme, *, kind: Kind, rows: Sequence[Row | Member], actor: Actor, now: datetime
) -> list[Planned] | RosterImport:
    """Register what is new of the rows: now where it is little, else by a job, for which asking again rings no second.

    Refused as `import_roster` refuses it; what has become inadmissible when the job comes to it is told in the import.
    """
    planned = require_admissible(programme, kind, rows)
    if sum(each.new for each in planned) <= AT_ONCE:
        brought: list[Planned] = import_roster(programme, kind=kind, rows=rows, actor=actor, now=now)
        return brought
    lines = [list(row) for row in rows]
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    under_way = RosterImport.objects.filter(
        programme=programme, kind=kind, rows=lines, phase__in=RosterImport.going, cancelled=False
    ).first()
    if under_way is not None:
        return under_way
    work = RosterImport.objects.create(
        programme=programme, kind=kind, rows=lines, total=len(lines), by=actor.person(), at=now
    )
    record(IMPORT_ROSTER, programme, at=now, kind=kind, roster_import=work.pk, rows=len(lines))
    ring(jobs.CARRY_OUT_ROSTER, work.pk)
    return work


@operation(IMPORT_ROSTER)
def carry_out_roster(work: RosterImport, *, actor: Actor, now: datetime) -> bool:
    """Register a long roster that an official has confirmed, all or nothing; False where that is done, or begun.

    What is refused is told in the import, in a transaction of its own: see `give_up_roster`.
    """
    if not free(work) or not RosterImport.objects.filter(pk=work.pk, phase__in=RosterImport.going).exists():
        return False
    rows = [SHAPES[Kind(work.kind)](*line) for line in work.rows]
    with reporting(work, phase=WorkPhase.RUNNING, total=len(rows)) as progress:
        planned = import_roster(
            work.programme, kind=Kind(work.kind), rows=rows, progress=progress, actor=actor, now=now
        )
    new = sum(each.new for each in planned)
    said = f"{new}줄을 등록했습니다. 이미 있던 줄 {len(rows) - new}개는 그대로 두었습니다."
    if not end_work(work, WorkPhase.DONE, said, rows=[], done=len(rows)):
        raise Cancelled
    record(IMPORT_ROSTER, work.programme, at=now, kind=work.kind, roster_import=work.pk, said=said)
    return True


@operation(CANCEL_ROSTER)
def cancel_roster(work: RosterImport, *, actor: Actor, now: datetime) -> RosterImport:
    """Give a long roster up. Where a job is at it, the job stops at its next step, and nothing of it remains.

    `wrong_state` where it is over.
    """
    stop_work(work, "담당 공무원이 취소했습니다.", rows=[])
    record(CANCEL_ROSTER, work.programme, at=now, roster_import=work.pk)
    work.refresh_from_db()
    return work


@operation(CANCEL_ROSTER)
def give_up_roster(work: RosterImport, *, said: str, cancelled: bool = False, actor: Actor, now: datetime) -> None:
    """Note why nothing came of a long roster."""
    if end_work(work, WorkPhase.CANCELLED if cancelled else WorkPhase.REFUSED, said, rows=[]):
        record(CANCEL_ROSTER, work.programme, at=now, roster_import=work.pk, said=said)
