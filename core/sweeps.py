"""What the kernel looks after: whether its calendar agrees with the library's, and work that a job has left."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from core.actors import actor_of, machine
from core.calendar.seed import disagreements
from core.jobs import ring
from core.models import NonWorkingDay, Pulse, Work
from core.operations.working import attempt

logger = logging.getLogger(__name__)


LOST = timedelta(minutes=1)
"""So long after it was asked for, work that is not over is rung for again."""
PATIENCE = timedelta(hours=1)
"""Work that is not done by then never will be: its job has failed again and again."""


def act_for(
    work: Any, act: Callable[..., bool], give_up: Callable[..., object], *, name: str, stopped: str, now: datetime
) -> bool:
    """Do a job's work in the name of whoever asked for it (`by`); False where nothing came of it.

    Who asked may have lost the right to it meanwhile: that, too, is told in the work, by the machine called `name`.
    """
    mandate = f"{name}:{work.pk}"
    return attempt(
        partial(act, work, actor=actor_of(work.by).under(mandate), now=now),
        partial(give_up, work, actor=machine(name).under(mandate), now=now),
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
    Pulse.objects.update_or_create(
        name="check_calendar", defaults={"finished_at": now, "found": {"disagreements": found}}
    )
    return found
