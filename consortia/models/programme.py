from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.codes import CODE
from core.names import Named
from core.wording import language


def code_constraint(prefix: str) -> models.CheckConstraint:
    """A code is lower-case letters, digits, underscores and hyphens, at most 64 long."""
    return models.CheckConstraint(
        condition=models.Q(code__regex=f"^{CODE}$"),
        name=f"{prefix}_code_form",
        violation_error_message=_("코드는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 적습니다."),
    )


class Programme(Named, models.Model):
    """A competition in rounds, with the calendar and the legal basis that hold for all of them.

    `illustrative` marks invented figures: every page and export made from such a programme says 예시.
    `least_notice_days` is how long a call is public at least; a shorter notice needs a reason.
    """

    code = models.CharField(_("코드"), max_length=64, unique=True)
    name_ko = models.CharField(_("사업명"), max_length=200)
    name_en = models.CharField(_("영문 사업명"), max_length=200)
    timezone = models.CharField(_("시간대"), max_length=40, default="Asia/Seoul")
    legal_basis = models.TextField(_("법적 근거"), blank=True)
    illustrative = models.BooleanField(_("예시"), default=False)
    label_ko = models.TextField(_("표시 문구"), blank=True)
    label_en = models.TextField(_("영문 표시 문구"), blank=True)
    least_notice_days = models.PositiveSmallIntegerField(_("최소 공고 기간(일)"), default=1)

    class Meta:
        verbose_name = _("사업")
        verbose_name_plural = _("사업")
        constraints = [
            code_constraint("programme"),
            models.CheckConstraint(
                condition=models.Q(least_notice_days__gte=1, least_notice_days__lte=366),
                name="programme_least_notice_days_bounded",
            ),
        ]

    @property
    def label(self) -> str:
        """What its mark says beside 예시, in the reader's language; without that word itself, if it begins with it."""
        label: str = getattr(self, f"label_{language()}")
        return label.removeprefix(f"{gettext('예시')}:").strip()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end."""
        return ZoneInfo(self.timezone)
