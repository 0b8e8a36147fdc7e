"""Founding a programme: its code, names, calendar and legal basis."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Programme
from consortia.verbs import FOUND_PROGRAMME
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import NonWorkingDay
from core.operation import operation


@operation(FOUND_PROGRAMME)
def found_programme(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    name_ko: str,
    name_en: str,
    timezone: str,
    legal_basis: str = "",
    illustrative: bool = False,
    label_ko: str = "",
    label_en: str = "",
    least_notice_days: int = 1,
    holidays: Sequence[date] = (),
) -> Programme:
    """Register a programme, with days of its own on which no period ends; `duplicate` where the code is taken.

    The name of the country's calendar is taken: the programme's own days would be everybody's.
    """
    if code == NonWorkingDay.COUNTRY or Programme.objects.filter(code=code).exists():
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 사업입니다: {code}"), code=code), programme=code)
    programme = Programme.objects.create(
        code=code,
        name_ko=name_ko,
        name_en=name_en,
        timezone=timezone,
        legal_basis=legal_basis,
        illustrative=illustrative,
        label_ko=label_ko,
        label_en=label_en,
        least_notice_days=least_notice_days,
    )
    NonWorkingDay.objects.bulk_create(
        NonWorkingDay(calendar=code, date=day, name_ko="사업 휴무일", name_en="Programme holiday", source=name_ko)
        for day in sorted(set(holidays))
    )
    record(FOUND_PROGRAMME, programme, at=now, code=code, holidays=sorted({str(day) for day in holidays}))
    return programme
