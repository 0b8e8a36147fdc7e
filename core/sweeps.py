"""What the kernel looks after: its calendar, its ledger, and work that a job has left."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from core.actors import actor_of, machine
from core.calendar.seed import disagreements
from core.jobs import VERIFY_LEDGER, ring
from core.models import NonWorkingDay, Pulse, Verification, Work
from core.operations import verifications
from core.operations.working import attempt

logger = logging.getLogger(__name__)


LOST = timedelta(minutes=1)
"""So long after it was asked for, work that is not over is rung for again."""
PATIENCE = timedelta(hours=1)
"""Work that is not done by then never will be: its job has failed again and again."""
LONG = PATIENCE.total_seconds()
"""Long work may take as long as a person is let wait for it; the sweep gives up what takes longer."""


def one_after_another(name: str, *steps: Callable[[], object]) -> None:
    """Do these steps, whatever becomes of those before them; what went wrong is raised together at the end."""
    faults: list[Exception] = []
    for step in steps:
        try:
            step()
        except ExceptionGroup as several:
            faults += several.exceptions
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{name} could not do everything", faults)


def act_for(
    work: Any, act: Callable[..., bool], give_up: Callable[..., object], *, name: str, stopped: str, now: datetime
) -> bool:
    """Do a job's work in the name of whoever asked for it (`by`); False where nothing came of it.

    Who asked may have lost the right to it meanwhile: that, too, is told in the work, by the machine called `name`.
    It does itself what nobody has asked for.
    """
    itself = machine(name).under(f"{name}:{work.pk}")
    asked = itself if work.by is None else actor_of(work.by).under(itself.mandate)
    return attempt(
        partial(act, work, actor=asked, now=now),
        partial(give_up, work, actor=itself, now=now),
        stopped=stopped,
    )


def resume(kind: type[Work], job: str, give_up: Callable[..., object], now: datetime) -> None:
    """Ring for work whose ring was lost, or whose job died, and give up what never ends.

    Work that a job is at is left to it: the second finds that it is not free. `kind` has the time `at` of the asking.
    """
    rows: Any = kind._base_manager
    under_way = rows.filter(phase__in=kind.going)
    for work in under_way.filter(at__lt=now - PATIENCE):
        give_up(work, said="한 시간이 지나도록 끝내지 못했습니다. 다시 요청해 주십시오.")
    for pk in under_way.filter(at__lt=now - LOST).values_list("pk", flat=True):
        ring(job, pk)


def check_calendar(*, now: datetime) -> list[str]:
    """Warn of every day of this year and the next on which the country's rows and the library differ.

    Only a warning: rows are legal facts that officials add with their source, and no library ever moves a window.
    """
    stored = NonWorkingDay.objects.filter(calendar=NonWorkingDay.COUNTRY)
    rows = list(stored.values_list("date", "name_ko", "name_en", "source"))
    found = [str(difference) for difference in disagreements(rows, (now.year, now.year + 1))]
    for difference in found:
        logger.warning("the calendar: %s", difference)
    _finished("check_calendar", now, disagreements=found)
    return found


def _finished(name: str, now: datetime, **found: Any) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"finished_at": now, "found": found})


def verify_ledger(verification_id: int, *, now: datetime) -> bool:
    """Verify the ledger for whoever asked; False where there is nothing to do, or it stopped.

    Damage is told in the log too, and that all is well in the pulse: whoever runs the machine reads no ledger.
    """
    verification = Verification.objects.select_related("by").filter(pk=verification_id).first()
    if verification is None:
        return False
    facts: dict[str, Any] = {"name": "verification", "stopped": "취소해 검증을 멈췄습니다.", "now": now}
    if not act_for(verification, verifications.verify_ledger, verifications.give_up_verification, **facts):
        return False
    verification.refresh_from_db()
    if verification.damage is not None:
        logger.error("the ledger is damaged: %s", verification.damage.sentences[1])
    _finished("verify_ledger", now, intact=verification.damage is None)
    return True


def resume_verifications(now: datetime) -> None:
    """Ring for verifications whose ring was lost, or whose job died, and give up those that never end."""
    give_up = partial(verifications.give_up_verification, actor=machine("verification"), now=now)
    resume(Verification, VERIFY_LEDGER, give_up, now)
