"""The calendar: days on which no period ends."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.base import ReadOnlyAdmin
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from core.models import NonWorkingDay
from core.operations.days import add_non_working_day
from core.own_verbs import ADD_NON_WORKING_DAY


class DayAdmin(ReadOnlyAdmin):
    """Public and substitute holidays, and a programme's own."""

    fields = ("calendar", "date", "name_ko", "name_en", "source")
    list_display = ("date", "name_ko", "calendar", "source")
    search_fields = ("calendar", "name_ko", "source")
    ordering = ("-date", "calendar")
    empty = _("어떤 기간도 끝나지 않는 날(공휴일과 사업 휴무일)입니다. 위의 단추로 날짜와 법적 근거를 적어 더하십시오.")


class DayForm(OperationForm):
    calendar = fields.text(
        _("달력"), max_length=64, initial=NonWorkingDay.COUNTRY, help_text=_("전국은 kr, 한 사업만의 날은 사업 코드")
    )
    day = fields.day(_("날짜"))
    name_ko = fields.text(_("이름"), max_length=100)
    name_en = fields.text(_("영문 이름"), max_length=100)
    source = fields.text(_("법적 근거"), max_length=200)


@on(NonWorkingDay)
class AddDay(OperationPage):
    """Adds a day; no window moves by itself."""

    verb = ADD_NON_WORKING_DAY
    form_class = DayForm
    icon = "event_busy"
    about_object = False

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("이미 통지한 이의신청 기간은 자동으로 바뀌지 않습니다. 연장은 단계 화면에서 두 사람이 결정합니다."),
            _("더한 날은 고치거나 지울 수 없습니다."),
        ]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> NonWorkingDay:
        day: NonWorkingDay = add_non_working_day(**given, actor=actor, now=now)
        return day

    def done(self, subject: Any, result: NonWorkingDay) -> Any:
        return _("공휴일로 추가했습니다: %(day)s") % {"day": result}
