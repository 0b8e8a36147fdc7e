from datetime import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from consortia.models.organisation import same
from consortia.models.programme import Programme, code_constraint
from consortia.models.team import Team
from consortia.states import APPLICATION, CALL, ApplicationState, CallState
from core.calendar.periods import EndingQuerySet
from core.calendar.window import is_over


class CallQuerySet(EndingQuerySet["Call"]):
    """Calls by the end of the time in which they may be answered."""

    ends = "closes_at"

    def taking(self, now: datetime) -> "CallQuerySet":
        """Those that take applications at `now`."""
        return self.ending_after(now).filter(state=CallState.OPEN)


class Call(models.Model):
    """추가 공모: authorised by two officials, opened by the sweep when its conditions hold, never before.

    `most_seats` is the number the officials authorised, null for "as many as are vacant"; `seats` is what it opened
    with. The window is half-open: `closes_at` is the first instant that is too late.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls", verbose_name=_("사업"))
    code = models.CharField(_("코드"), max_length=64)
    state = models.CharField(_("상태"), max_length=16, choices=CallState.choices, default=CallState.AUTHORISED)
    most_seats = models.PositiveSmallIntegerField(_("승인한 자리 수"), null=True)
    notice_days = models.PositiveSmallIntegerField(_("공고 기간(일)"))
    eligible = ArrayField(models.CharField(max_length=20), verbose_name=_("응모 자격"))
    terms = models.JSONField(_("지원 조건"), default=dict)
    seats = models.PositiveSmallIntegerField(_("자리 수"), null=True)
    opened_at = models.DateTimeField(_("개시 시각"), null=True)
    closes_at = models.DateTimeField(_("마감 시각"), null=True)
    void_reason = models.TextField(_("무효 사유"), blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("추가 공모")
        verbose_name_plural = _("추가 공모")
        ordering = ("id",)
        triggers = [*CALL.triggers("call")]
        constraints = [
            CALL.constraint("call"),
            code_constraint("call"),
            models.UniqueConstraint(fields=["programme", "code"], name="call_code_once"),
            models.CheckConstraint(condition=Q(notice_days__gte=1), name="call_notice_days_positive"),
            models.CheckConstraint(
                condition=Q(most_seats__isnull=True) | Q(most_seats__gte=1), name="call_authorises_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["authorised", "void"], seats__isnull=True, opened_at__isnull=True, closes_at__isnull=True
                )
                | Q(
                    state__in=["open", "closed", "concluded"],
                    seats__isnull=False,
                    seats__gte=1,
                    opened_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gt=F("opened_at"),
                ),
                name="call_opened_has_seats_and_window",
                violation_error_message=_("열린 공모에는 자리 수와 접수 기간이 있어야 합니다."),
            ),
            models.CheckConstraint(condition=~Q(state="void") | ~Q(void_reason=""), name="call_void_has_reason"),
            ExclusionConstraint(
                name="call_windows_never_overlap",
                expressions=[
                    (same("programme"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("opened_at"),
                            F("closes_at"),
                            Value("[)"),
                            function="tstzrange",
                            output_field=models.TextField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(opened_at__isnull=False),
                violation_error_message=_("한 사업의 공모 기간은 겹칠 수 없습니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("추가 공모 {code}").format(code=self.code)

    def is_over(self, now: datetime) -> bool:
        """Whether the time to answer it is over at `now`, swept or not; that of one that has not opened is not."""
        return is_over(now, self.closes_at)


class StandingApplications(models.Manager["Application"]):
    """Applications that have not been taken back. Whoever counts, screens, votes or reports means these alone."""

    def get_queryset(self) -> models.QuerySet["Application"]:
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Application(models.Model):
    """A team's answer to a call.

    One that the team took back before the close stays as a row of its own (`everything` has it, `objects` and a call's
    `applications` do not): it is answered by nobody, stands in no report and does not keep the team from handing in
    another.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("추가 공모"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="applications", verbose_name=_("정예팀"))
    state = models.CharField(
        _("상태"), max_length=16, choices=ApplicationState.choices, default=ApplicationState.SUBMITTED
    )
    submitted_by = models.ForeignKey("core.Account", models.PROTECT, related_name="+", verbose_name=_("접수자"))
    submitted_at = models.DateTimeField(_("접수 시각"))
    summary = models.TextField(_("응모 요지"), blank=True, default="")
    withdrawn_by = models.ForeignKey(
        "core.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("철회자")
    )
    withdrawn_at = models.DateTimeField(_("철회 시각"), null=True, blank=True)

    objects = StandingApplications()
    everything = models.Manager["Application"]()

    class Meta:
        verbose_name = _("응모")
        verbose_name_plural = _("응모")
        ordering = ("id",)
        triggers = [
            *APPLICATION.triggers("application"),
            pgtrigger.Protect(
                name="application_stays_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]
        constraints = [
            APPLICATION.constraint("application"),
            models.UniqueConstraint(
                fields=["call", "team"],
                condition=Q(withdrawn_at__isnull=True),
                name="application_one_a_team",
                violation_error_message=_("이 팀은 이미 응모하였습니다."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, state="submitted"),
                name="application_withdrawn_before_decided",
                violation_error_message=_("접수 상태의 응모만 철회할 수 있고, 철회에는 사람과 시각이 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.team}"
