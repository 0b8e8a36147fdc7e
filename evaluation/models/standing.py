from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.fields import ExactDecimalField
from evaluation.models.criteria import CriteriaVersion
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.round import Round
from evaluation.states import Outcome


class StaleMark(models.Model):
    """A note that an input has changed a cell, written in the input's own transaction.

    Without an entry everything in the round is stale. Rows are only ever added by inputs and taken away by the
    recomputation that has seen them, so that no writer waits for another and none is lost.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="stale_marks", verbose_name=_("단계평가"))
    entry = models.ForeignKey(
        Entry, models.CASCADE, null=True, db_index=False, related_name="+", verbose_name=_("참여팀")
    )
    criterion = models.ForeignKey(
        Criterion, models.CASCADE, null=True, db_index=False, related_name="+", verbose_name=_("평가항목")
    )
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("재계산 표시")
        verbose_name_plural = _("재계산 표시")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True, criterion__isnull=True)
                | Q(entry__isnull=False, criterion__isnull=False),
                name="stale_mark_names_a_cell_or_the_round",
            )
        ]

    def __str__(self) -> str:
        return str(self.round_id)


class LiveStanding(models.Model):
    """An entry's standing as last computed: derived, replaced by each recomputation, never published.

    `key` is what it is ranked by: the total, then its score in each criterion that breaks ties. `round_id` is its
    entry's, without a constraint: the recomputation must not wait for whoever holds the round.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="live", verbose_name=_("참여팀"))
    round = models.ForeignKey(
        Round, models.CASCADE, db_constraint=False, db_index=False, related_name="live", verbose_name=_("단계평가")
    )
    key = ArrayField(ExactDecimalField(), null=True, verbose_name=_("순위 기준값"))
    rank = models.PositiveIntegerField(_("순위"), null=True)
    total = ExactDecimalField(_("총점"), null=True)
    outcome = models.CharField(_("결과"), max_length=16, choices=Outcome.choices, null=True)  # noqa: DJ001 - null: undecided
    reason = models.CharField(_("순위가 없는 이유"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("현재 순위")
        verbose_name_plural = _("현재 순위")
        constraints = [
            models.CheckConstraint(condition=Q(rank__gte=1) | Q(rank__isnull=True), name="live_rank_from_one")
        ]
        indexes = [
            models.Index(fields=["round", "key"], name="live_by_key"),
            models.Index(fields=["round", "rank"], name="live_by_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.rank}"


class Cell(models.Model):
    """An entry in a leaf as last computed: how many values, their exact aggregate as a fraction, the points.

    Derived. The fraction is null while the values are too few, and is not reduced. Its entry and criterion are held by
    no constraint of the database, since a round of 10,000 entries has 150,000 cells that are written at once.
    """

    pk = models.CompositePrimaryKey("entry_id", "criterion_id")
    entry = models.ForeignKey(
        Entry, models.CASCADE, db_constraint=False, db_index=False, related_name="cells", verbose_name=_("참여팀")
    )
    criterion = models.ForeignKey(
        Criterion, models.CASCADE, db_constraint=False, related_name="cells", verbose_name=_("평가항목")
    )
    count = models.PositiveIntegerField(_("값의 수"))
    numerator = ExactDecimalField(_("집계값의 분자"), null=True)
    denominator = ExactDecimalField(_("집계값의 분모"), null=True)
    points = ExactDecimalField(_("점수"), null=True)

    class Meta:
        verbose_name = _("점수 칸")
        verbose_name_plural = _("점수 칸")

    def __str__(self) -> str:
        return f"{self.entry} · {self.criterion}: {self.points}"


class Snapshot(models.Model):
    """확정된 순위표: the standings as published, numbered from 1 in each round, with digests. Never changed.

    `inputs_digest` is the SHA-256 of every counted input (`queries.digests`), `digest` that of the result; `made_by`
    and `reason` name who made it and why. A correction makes the next number.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="snapshots", verbose_name=_("단계평가"))
    number = models.PositiveIntegerField(_("번호"))
    made_at = models.DateTimeField(_("작성 시각"))
    made_by = models.CharField(_("작성자"), max_length=200)
    reason = models.TextField(_("사유"), blank=True)
    advanced = models.PositiveIntegerField(_("진출 팀 수"))
    vacancies = models.PositiveIntegerField(_("공석 수"))
    means = models.JSONField(_("평균"))
    inputs_digest = models.CharField(_("입력 요약값"), max_length=64)
    digest = models.CharField(_("결과 요약값"), max_length=64)
    criteria_version = models.ForeignKey(
        CriteriaVersion, models.PROTECT, related_name="snapshots", verbose_name=_("평가기준")
    )

    class Meta:
        verbose_name = _("순위표")
        verbose_name_plural = _("순위표")
        ordering = ("round_id", "number")
        triggers = [*append_only("snapshot")]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="snapshot_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="snapshot_number_from_one"),
        ]

    def __str__(self) -> str:
        return _("{round} 순위표 {number}").format(round=self.round, number=self.number)


class SnapshotRow(models.Model):
    """An entry's published standing. Scores and gates are kept as published: text with its own places.

    The ledger counts these rows by statement, and lets none be changed or taken away.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="rows", verbose_name=_("순위표"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="published", verbose_name=_("참여팀"))
    position = models.PositiveIntegerField(_("표시 순서"))
    rank = models.PositiveIntegerField(_("순위"), null=True)
    total = ExactDecimalField(_("총점"), null=True)
    outcome = models.CharField(_("결과"), max_length=16, choices=Outcome.choices)
    reason = models.CharField(_("순위가 없는 이유"), max_length=16, blank=True)
    scores = models.JSONField(_("항목별 점수"))
    gates = models.JSONField(_("요건 판정"))

    class Meta:
        verbose_name = _("순위표 행")
        verbose_name_plural = _("순위표 행")
        ordering = ("snapshot_id", "position")
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
