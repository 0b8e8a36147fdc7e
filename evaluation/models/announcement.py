from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Call
from core.append_only import append_only
from core.calendar.periods import EndingQuerySet
from core.calendar.window import is_over
from core.models import Account, Decision
from evaluation.models.entry import Entry
from evaluation.models.round import Round
from evaluation.models.standing import Snapshot
from evaluation.states import Disclosure, Service


class Announcement(models.Model):
    """발표: a published snapshot, with how much of it the public may see."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="announcements", verbose_name=_("단계평가"))
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="announcement", verbose_name=_("순위표"))
    disclosure = models.CharField(
        _("공개 범위"), max_length=20, choices=Disclosure.choices, default=Disclosure.OUTCOMES
    )
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    announced_at = models.DateTimeField(_("발표 시각"))

    class Meta:
        verbose_name = _("발표")
        verbose_name_plural = _("발표")
        ordering = ("id",)
        triggers = [*append_only("announcement")]
        constraints = [
            models.CheckConstraint(condition=Q(disclosure__in=Disclosure.values), name="announcement_disclosure_known")
        ]

    def __str__(self) -> str:
        return _("{snapshot} 발표").format(snapshot=self.snapshot)


# Only where everybody concerned has given it up does a window end before, or as, its notice arrives.
_AFTER_ARRIVAL = """
    IF NEW.window_closes_at <= NEW.arrived_at
        AND coalesce(current_setting('simsa.verb', true), '') <> 'close_appeals_early' THEN
        RAISE EXCEPTION 'notice_window_after_arrival' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class NoticeQuerySet(EndingQuerySet["Notice"]):
    """Notices by the end of the team's window to object."""

    ends = "window_closes_at"


class Notice(models.Model):
    """통지: a team's own notice of its result. Its window to object runs from its own arrival.

    A notice takes effect when it arrives (Administrative Procedures Act art. 15(1)). `arrived_at` is null while a paper
    is on its way, and then no window runs. `window_closes_at` is the first instant that is too late; null before the
    arrival and while the clock stands still (`ClockStop`). It can be extended, never shortened in silence: every change
    is a decision in the ledger. `address` is the one at which an electronic notice was entered.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="notices", verbose_name=_("발표"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices", verbose_name=_("참여팀"))
    service = models.CharField(_("송달 방법"), max_length=12, choices=Service.choices, default=Service.CONFIRMED)
    address = models.CharField(_("송달 주소"), max_length=254, blank=True)
    arrived_at = models.DateTimeField(_("도달 시각"), null=True)
    window_closes_at = models.DateTimeField(_("이의신청 마감"), null=True)
    arrival_evidence = models.TextField(_("도달 증빙"), blank=True)
    arrival_recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name=_("도달 기록자")
    )
    arrival_recorded_at = models.DateTimeField(_("도달 기록 시각"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("통지")
        verbose_name_plural = _("통지")
        ordering = ("id",)
        indexes = [models.Index(fields=["window_closes_at"], name="notice_window")]
        triggers = [
            pgtrigger.Protect(
                name="notice_arrives_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__arrived_at__isnull=False)
                & pgtrigger.Q(old__arrived_at__df=pgtrigger.F("new__arrived_at")),
            ),
            pgtrigger.Trigger(
                name="notice_window_after_arrival",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_AFTER_ARRIVAL,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "entry"], name="notice_one_a_team"),
            models.CheckConstraint(condition=Q(service__in=Service.values), name="notice_service_known"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=False) | Q(service="paper", window_closes_at__isnull=True),
                name="notice_only_paper_is_on_its_way",
                violation_error_message=_("서면 통지만 도달을 기다리며, 도달하기 전에는 기간이 없습니다."),
            ),
            models.CheckConstraint(
                condition=~Q(service="electronic") | ~Q(address=""),
                name="notice_electronic_has_address",
                violation_error_message=_("전자 송달에는 팀이 지정한 주소가 있어야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(arrival_recorded_at__isnull=True, arrival_recorded_by__isnull=True, arrival_evidence="")
                | (
                    Q(
                        service="paper",
                        arrival_recorded_by__isnull=False,
                        arrived_at__isnull=False,
                        arrival_recorded_at__isnull=False,
                        arrival_recorded_at__gte=F("arrived_at"),
                    )
                    & ~Q(arrival_evidence="")
                ),
                name="notice_arrival_has_evidence",
                violation_error_message=_("서면 통지의 도달에는 기록한 사람과 증빙이 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("{entry} 통지").format(entry=self.entry)

    def is_over(self, now: datetime) -> bool:
        """Whether the window is over at `now`; one that stands still, or has not begun, is not."""
        return is_over(now, self.window_closes_at)


class Vacancy(models.Model):
    """공석: seats of a final round that no team fills. Counted once, when the round became final.

    One call a vacancy at a time: the call that is opened for it is attached here, and taken off when it ended with a
    seat still empty. `filled` counts the teams that calls have selected.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="vacancies", verbose_name=_("단계평가"))
    seats = models.PositiveSmallIntegerField(_("공석 수"))
    filled = models.PositiveSmallIntegerField(_("채운 공석 수"), default=0)
    counted_at = models.DateTimeField(_("확정 시각"))
    call = models.OneToOneField(
        Call, models.PROTECT, null=True, blank=True, related_name="vacancy", verbose_name=_("추가 공모")
    )

    class Meta:
        verbose_name = _("공석")
        verbose_name_plural = _("공석")
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="vacancy_has_a_seat"),
            models.CheckConstraint(condition=Q(filled__lte=F("seats")), name="vacancy_not_overfilled"),
        ]

    def __str__(self) -> str:
        return _("{round} 공석 {seats}").format(round=self.round, seats=self.seats)
