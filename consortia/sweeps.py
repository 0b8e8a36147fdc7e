"""What is due in this package: long rosters to be brought in."""

from datetime import datetime
from functools import partial

from consortia.jobs import CARRY_OUT_ROSTER
from consortia.models import RosterImport
from consortia.operations import roster_imports
from core.actors import actor_of, machine
from core.operations.working import attempt
from core.sweeps import resume


def carry_out_roster(import_id: int, *, now: datetime) -> bool:
    """Carry out one in the name of the official who confirmed it; False where there is nothing to do, or nothing came.

    Who confirmed it may have lost the right to it meanwhile: that, too, is told in the import, by the machine.
    """
    work = RosterImport.objects.select_related("programme", "by").filter(pk=import_id).first()
    if work is None:
        return False
    mandate = f"roster_import:{work.pk}"
    return attempt(
        partial(roster_imports.carry_out_roster, work, actor=actor_of(work.by).under(mandate), now=now),
        partial(roster_imports.give_up_roster, work, actor=machine("roster").under(mandate), now=now),
        stopped="담당 공무원이 취소해 아무것도 등록하지 않았습니다.",
    )


def resume_rosters(now: datetime) -> None:
    """Ring for rosters whose ring was lost, or whose job died; what never ends is given up."""
    resume(
        RosterImport, CARRY_OUT_ROSTER, partial(roster_imports.give_up_roster, actor=machine("roster"), now=now), now
    )
