from django.db import models
from django.db.models import F, Q

from core.append_only import append_only
from core.fields import ExactDecimalField
from evaluation.models.criteria import CriteriaVersion
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.round import Round
from evaluation.states import Outcome


class StaleMark(models.Model):
    """A note that an input has changed a round, written in the input's own transaction.

    Rows are only ever added by inputs and taken away by the recomputation that has seen them, so that no writer waits
    for another and none is lost.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="stale_marks", verbose_name="단계평가")
    at = models.DateTimeField("시각")

    class Meta:
        verbose_name = "재계산 표시"
        verbose_name_plural = "재계산 표시"

    def __str__(self) -> str:
        return str(self.round_id)


class LiveStanding(models.Model):
    """An entry's standing as last computed: derived, replaced by each recomputation, never published."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="live", verbose_name="참여팀")
    rank = models.PositiveIntegerField("순위", null=True)
    total = ExactDecimalField("총점", null=True)
    outcome = models.CharField("결과", max_length=16, choices=Outcome.choices, null=True)  # noqa: DJ001 - null: undecided
    reason = models.CharField("순위가 없는 이유", max_length=16, blank=True)
    computed_at = models.DateTimeField("계산 시각")

    class Meta:
        verbose_name = "현재 순위"
        verbose_name_plural = "현재 순위"
        constraints = [
            models.CheckConstraint(condition=Q(rank__gte=1) | Q(rank__isnull=True), name="live_rank_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.rank}"


class Cell(models.Model):
    """The points of an entry for a criterion as last computed, with the number of values behind them: derived."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="cells", verbose_name="참여팀")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="cells", verbose_name="평가항목")
    count = models.PositiveIntegerField("값의 수", null=True)
    points = ExactDecimalField("점수", null=True)

    class Meta:
        verbose_name = "점수 칸"
        verbose_name_plural = "점수 칸"
        constraints = [models.UniqueConstraint(fields=["entry", "criterion"], name="cell_once")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.criterion}: {self.points}"


class Snapshot(models.Model):
    """확정된 순위표: the standings as published, numbered from 1 in each round, with digests. Never changed.

    `inputs_digest` is the SHA-256 of every counted input, `digest` that of the result; a correction makes the next
    number.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="snapshots", verbose_name="단계평가")
    number = models.PositiveIntegerField("번호")
    made_at = models.DateTimeField("작성 시각")
    advanced = models.PositiveIntegerField("진출 팀 수")
    vacancies = models.PositiveIntegerField("빈 자리 수")
    means = models.JSONField("평균")
    inputs_digest = models.CharField("입력 요약값", max_length=64)
    digest = models.CharField("결과 요약값", max_length=64)
    criteria_version = models.ForeignKey(
        CriteriaVersion, models.PROTECT, related_name="snapshots", verbose_name="평가기준"
    )

    class Meta:
        verbose_name = "순위표"
        verbose_name_plural = "순위표"
        ordering = ("round", "number")
        triggers = [*append_only("snapshot")]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="snapshot_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="snapshot_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.round} 순위표 {self.number}"


class SnapshotRow(models.Model):
    """An entry's published standing. Scores and gates are kept as published: text with its own places."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="rows", verbose_name="순위표")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="published", verbose_name="참여팀")
    position = models.PositiveIntegerField("표시 순서")
    rank = models.PositiveIntegerField("순위", null=True)
    total = ExactDecimalField("총점", null=True)
    outcome = models.CharField("결과", max_length=16, choices=Outcome.choices)
    reason = models.CharField("순위가 없는 이유", max_length=16, blank=True)
    scores = models.JSONField("항목별 점수")
    gates = models.JSONField("요건 판정")

    class Meta:
        verbose_name = "순위표 행"
        verbose_name_plural = "순위표 행"
        ordering = ("snapshot", "position")
        triggers = [*append_only("snapshot_row")]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "entry"], name="snapshot_row_one_an_entry"),
            models.UniqueConstraint(fields=["snapshot", "position"], name="snapshot_row_position_once"),
            models.CheckConstraint(condition=Q(rank__gte=1) | Q(rank__isnull=True), name="snapshot_row_rank_from_one"),
            models.CheckConstraint(
                condition=Q(rank__isnull=True, total__isnull=True) & ~Q(reason="")
                | Q(rank__isnull=False, total__isnull=False, reason=""),
                name="snapshot_row_rank_or_reason",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="snapshot_row_outcome_known"),
            models.CheckConstraint(
                condition=Q(position__gte=F("rank")) | Q(rank__isnull=True),
                name="snapshot_row_position_not_before_rank",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.rank}"
