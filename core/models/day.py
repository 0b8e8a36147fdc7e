from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.calendar.words import day_words
from core.names import Named
from core.wording import language


class NonWorkingDay(Named, models.Model):
    """A day on which a period cannot end: a public or substitute holiday, with the rule that makes it one.

    `calendar` is "kr" for the country, or a programme's code for days of its own. Rows are added, never changed or
    taken away: a window that has been announced may only be extended.
    """

    COUNTRY = "kr"

    calendar = models.CharField(_("달력"), max_length=64)
    date = models.DateField(_("날짜"))
    name_ko = models.CharField(_("이름"), max_length=100)
    name_en = models.CharField(_("영문 이름"), max_length=100)
    source = models.CharField(_("법적 근거"), max_length=200)

    class Meta:
        verbose_name = _("공휴일")
        verbose_name_plural = _("공휴일")
        ordering = ("date", "calendar")
        triggers = [*append_only("day")]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="non_working_day_once"),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="non_working_day_has_source",
                violation_error_message=_("공휴일에는 법적 근거를 적어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{day_words(self.date, language())} {self.name}"
