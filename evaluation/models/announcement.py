from django.db import models
from django.db.models import F, Q

from consortia.models import Call
from core.append_only import append_only
from core.models import Decision
from evaluation.models.entry import Entry
from evaluation.models.round import Round
from evaluation.models.standing import Snapshot
from evaluation.states import Disclosure


class Announcement(models.Model):
    """발표: a published snapshot, with how much of it the public may see."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="announcements", verbose_name="단계평가")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="announcement", verbose_name="순위표")
    disclosure = models.CharField("공개 범위", max_length=20, choices=Disclosure.choices, default=Disclosure.OUTCOMES)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name="결재")
    announced_at = models.DateTimeField("발표 시각")

    class Meta:
        verbose_name = "발표"
        verbose_name_plural = "발표"
        ordering = ("id",)
        triggers = [*append_only("announcement")]
        constraints = [
            models.CheckConstraint(condition=Q(disclosure__in=Disclosure.values), name="announcement_disclosure_known")
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} 발표"


class Notice(models.Model):
    """통지: a team's own notice of its result. Its window to object runs from its own arrival.

    `window_closes_at` is the first instant that is too late. It can be extended, never shortened in silence: every
    change is a decision in the ledger.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="notices", verbose_name="발표")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="notices", verbose_name="참여팀")
    arrived_at = models.DateTimeField("도달 시각")
    window_closes_at = models.DateTimeField("이의신청 마감")

    class Meta:
        verbose_name = "통지"
        verbose_name_plural = "통지"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["announcement", "entry"], name="notice_one_a_team"),
            models.CheckConstraint(
                condition=Q(window_closes_at__gt=F("arrived_at")), name="notice_window_after_arrival"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} 통지"


class Vacancy(models.Model):
    """공석: seats of a final round that no team fills. Counted once, when the round became final.

    One call a vacancy at a time: the call that is opened for it is attached here, and taken off when it ended with a
    seat still empty. `filled` counts the teams that calls have selected.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="vacancies", verbose_name="단계평가")
    seats = models.PositiveSmallIntegerField("빈 자리 수")
    filled = models.PositiveSmallIntegerField("채워진 자리 수", default=0)
    counted_at = models.DateTimeField("확정 시각")
    call = models.OneToOneField(
        Call, models.PROTECT, null=True, blank=True, related_name="vacancy", verbose_name="추가 공모"
    )

    class Meta:
        verbose_name = "공석"
        verbose_name_plural = "공석"
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="vacancy_has_a_seat"),
            models.CheckConstraint(condition=Q(filled__lte=F("seats")), name="vacancy_not_overfilled"),
        ]

    def __str__(self) -> str:
        return f"{self.round} 공석 {self.seats}"
