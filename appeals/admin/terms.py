"""The term in which an appeal is to be decided."""

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from appeals.models import Appeal
from core.admin.columns import badge, left_badge
from core.calendar.window import days_left


def term_left(appeal: Appeal, now: datetime) -> SafeString:
    """The days that are left to decide an undecided appeal in, or that they are over. Its programme is read before."""
    days = days_left(now, appeal.decide_by, appeal.programme.zone)
    return badge("failed", _("결정 기한 지남")) if days < 0 else left_badge(days)
