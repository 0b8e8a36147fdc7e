import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.append_only import append_only
from core.models import Account, Decision
from evaluation.models.announcement import Notice


class ServiceAddress(models.Model):
    """전자 송달 동의: the address at which a team has agreed to be served electronically; the newest row counts.

    Electronic service needs the consent of whoever is served, who names the address (Administrative Procedures Act
    art. 14(3)). A row with an empty address takes the consent back.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="service_addresses", verbose_name=_("정예팀"))
    address = models.EmailField(_("송달 주소"), blank=True)
    consented_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("기록한 사람"))
    consented_at = models.DateTimeField(_("동의 시각"))

    class Meta:
        verbose_name = _("전자 송달 동의")
        verbose_name_plural = _("전자 송달 동의")
        ordering = ("id",)
        triggers = [*append_only("service_address")]
        indexes = [models.Index(fields=["team", "-id"], name="service_address_newest")]

    def __str__(self) -> str:
        return f"{self.team}: {self.address or _('동의 철회')}"


class ClockStop(models.Model):
    """기간 정지: a team's window stands still, for a cause for which the team is not responsible, until it is resumed.

    `days_left` are the whole days that the window had left, the day of the stop among them; `closed_at` is the end that
    it had. Whoever resumes it gives it those days again (Administrative Procedures Act art. 16(1)).
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="stops", verbose_name=_("통지"))
    stopped_at = models.DateTimeField(_("정지 시각"))
    closed_at = models.DateTimeField(_("정지 전 마감"))
    days_left = models.PositiveSmallIntegerField(_("남은 일수"))
    reason = models.TextField(_("정지 사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    resumed_at = models.DateTimeField(_("재개 시각"), null=True)
    resumption = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("재개 결재"))
    resumption_reason = models.TextField(_("재개 사유"), blank=True)

    class Meta:
        verbose_name = _("기간 정지")
        verbose_name_plural = _("기간 정지")
        ordering = ("id",)
        triggers = [
            pgtrigger.Protect(
                name="clock_stop_only_resumes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("notice", "stopped_at", "closed_at", "days_left", "reason", "decision"),
            ),
            pgtrigger.Protect(
                name="clock_stop_resumes_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__resumed_at__isnull=False),
            ),
            pgtrigger.Protect(name="clock_stop_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(resumed_at__isnull=True),
                name="clock_stop_one_at_a_time",
                violation_error_message=_("이미 정지된 기간입니다."),
            ),
            models.CheckConstraint(condition=Q(closed_at__gt=F("stopped_at")), name="clock_stop_before_the_end"),
            models.CheckConstraint(condition=Q(days_left__gte=1), name="clock_stop_leaves_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="clock_stop_has_reason"),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumption__isnull=True, resumption_reason="")
                | (
                    Q(resumed_at__isnull=False, resumed_at__gte=F("stopped_at"), resumption__isnull=False)
                    & ~Q(resumption_reason="")
                ),
                name="clock_stop_resumed_has_decision",
                violation_error_message=_("재개에는 결재와 사유가 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("{notice} 기간 정지").format(notice=self.notice)
