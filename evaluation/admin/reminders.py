"""Reminders that went out, and each person's own copy. Nobody writes one by hand."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.base import ReadOnlyAdmin
from core.admin.columns import badge, ending
from core.calendar.window import days_left
from core.templatetags.simsa import left_words
from evaluation.models import Message, Reminder


class ReminderAdmin(ReadOnlyAdmin):
    """알림: to whom, about what, and whether it was mailed as well."""

    fields = ("kind", "title", "body", "left", "ends", "made_at", "receivers", "address", "mailed")
    readonly_fields = ("left", "ends", "receivers", "mailed")
    list_display = ("title", "kind", "ends", "made_at", "mailed")
    list_filter = ("kind",)
    empty = _(
        "마감 72시간 전과 24시간 전의 알림입니다. 사람이 쓰지 않으며, 다가오는 마감이 있으면 정기 처리가 보냅니다."
    )

    ends = staticmethod(ending("until", _("마감")))

    @admin.display(description=_("알린 날 남은 기간"))
    def left(self, obj: Reminder) -> str:
        """Counted as everywhere: the hours after which it went out are a day less on the calendar."""
        return left_words(days_left(obj.made_at, obj.until, self.zone_of(obj))) if obj.until else "—"

    @admin.display(description=_("받는 사람"))
    def receivers(self, obj: Reminder) -> str:
        return ", ".join(str(each.account) for each in obj.messages.select_related("account").order_by("pk")) or "—"

    @admin.display(description=_("전자우편"), ordering="mailed_at")
    def mailed(self, obj: Reminder) -> Any:
        if not obj.address:
            return badge("", _("시스템으로만"))
        return badge("passed", _("보냄")) if obj.mailed_at else badge("scoring", _("보내기 전"))


class MessageAdmin(ReadOnlyAdmin):
    """What was sent to oneself, the newest first."""

    fields = ("title", "body", "ends", "made_at", "account")
    readonly_fields = ("title", "body", "ends", "made_at")
    list_display = ("title", "ends", "made_at", "account")
    list_select_related = ("reminder", "account")
    empty = _("나에게 온 알림입니다. 마감이 다가오거나 할 일이 생기면 자동으로 옵니다.")

    ends = staticmethod(ending("reminder.until", _("마감")))

    @admin.display(description=_("제목"))
    def title(self, obj: Message) -> str:
        return obj.reminder.title

    @admin.display(description=_("내용"))
    def body(self, obj: Message) -> str:
        return obj.reminder.body

    @admin.display(description=_("알린 시각"))
    def made_at(self, obj: Message) -> Any:
        return obj.reminder.made_at
