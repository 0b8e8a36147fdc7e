"""What the kernel looks after by itself: whether its calendar still agrees with the library's."""

import logging
from datetime import datetime

from core.calendar.seed import disagreements
from core.models import NonWorkingDay, Pulse

logger = logging.getLogger(__name__)


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
