import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models import Account
from evaluation.states import ReminderKind


class Reminder(models.Model):
    """알림: somebody is told once that a period nears its end, `days` before it.

    One row for each (kind, subject, days, end): an end that has been moved is told anew. A vacancy without a call has
    no end (`until` null, no `days`), and is told of once: as the vacancy at first, and as the authorisation that left
    it after each call that selected nobody. `address` is where it goes by mail, empty where nobody has agreed to be
    written to; `mailed_at` is when the mail was handed over.
    """

    kind = models.CharField(_("종류"), max_length=16, choices=ReminderKind.choices)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(_("남은 일수"))
    until = models.DateTimeField(_("마감"), null=True)
    address = models.CharField(_("송달 주소"), max_length=254, blank=True)
    title = models.CharField(_("제목"), max_length=200)
    body = models.TextField(_("내용"))
    made_at = models.DateTimeField(_("작성 시각"))
    mailed_at = models.DateTimeField(_("발송 시각"), null=True)

    class Meta:
        verbose_name = _("알림")
        verbose_name_plural = _("알림")
        ordering = ("id",)
        triggers = [
            pgtrigger.Protect(
                name="reminder_is_only_mailed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["mailed_at"]),
            ),
            pgtrigger.Protect(
                name="reminder_mailed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__mailed_at__isnull=False),
            ),
            pgtrigger.Protect(name="reminder_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id", "days", "until"],
                nulls_distinct=False,
                name="reminder_goes_out_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReminderKind.VACANCY, until__isnull=True, days=0)
                | (~Q(kind=ReminderKind.VACANCY) & Q(until__isnull=False)),
                name="reminder_has_an_end_unless_of_a_vacancy",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_kind_known"),
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="reminder_before_the_end"),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | (Q(mailed_at__gte=F("made_at")) & ~Q(address="")),
                name="reminder_mailed_to_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """A person's copy of a reminder, to be read in the system."""

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="messages", verbose_name=_("알림"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="messages", verbose_name=_("받는 사람"))

    class Meta:
        verbose_name = _("알림 수신")
        verbose_name_plural = _("알림 수신")
        ordering = ("-id",)
        triggers = [*append_only("message")]
        constraints = [models.UniqueConstraint(fields=["reminder", "account"], name="message_one_a_person")]

    def __str__(self) -> str:
        return f"{self.reminder} · {self.account}"
