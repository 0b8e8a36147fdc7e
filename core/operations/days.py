"""Working days: dated rows that an official can add to, and that never change a window by themselves."""

from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import NonWorkingDay
from core.operation import operation
from core.own_verbs import ADD_NON_WORKING_DAY


@operation(ADD_NON_WORKING_DAY)
def add_non_working_day(
    *, actor: Actor, now: datetime, calendar: str, day: date, name_ko: str, name_en: str, source: str
) -> NonWorkingDay:
    """Add a day on which no period may end, with its legal source.

    Windows that are announced already stand as they were notified: whether one is to be extended because of the new
    day is proposed to the officials and decided by two of them. Adding the same day again returns it; the same day
    with another name or source is `duplicate`; a blank source is `incomplete`.
    """
    if not source.strip():
        raise Refused(Code.INCOMPLETE, _("공휴일에는 법적 근거를 적어야 합니다."), field="source")
    standing, created = NonWorkingDay.objects.get_or_create(
        calendar=calendar, date=day, defaults={"name_ko": name_ko, "name_en": name_en, "source": source}
    )
    if created:
        record(ADD_NON_WORKING_DAY, standing, at=now, date=str(day), source=source)
    elif (standing.name_ko, standing.source) != (name_ko, source):
        raise Refused(
            Code.DUPLICATE, format_lazy(_("이미 있는 공휴일입니다: {standing}"), standing=standing), date=str(day)
        )
    return standing
