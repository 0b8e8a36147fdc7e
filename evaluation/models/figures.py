"""Figures that are not experts' marks: points entered by officials, benchmark values, responses of a user panel."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.fields import ExactDecimalField
from core.indexes import prefix_index
from core.models import Account
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.guards import digest_constraint

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class StandingQuerySet(models.QuerySet[Row_co]):
    """Rows that have not been superseded by a correction."""

    def standing(self) -> Self:
        """The rows that count."""
        return self.filter(superseded_by__isnull=True)


class DirectPoints(models.Model):
    """Points that an official enters for a team. A correction is a new row that supersedes."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="direct_points", verbose_name=_("참여팀"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("평가항목"))
    points = ExactDecimalField(_("점수"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("입력자"))
    at = models.DateTimeField(_("시각"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("정정 대상")
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("직접 입력 점수")
        verbose_name_plural = _("직접 입력 점수")
        triggers = [*append_only("direct_points")]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0), name="direct_points_not_negative"),
            models.UniqueConstraint(
                fields=["entry", "criterion"], condition=Q(supersedes__isnull=True), name="direct_points_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.criterion}: {self.points}"


class MeasurementRun(models.Model):
    """One delivery of benchmark values for a team and criterion. The same run id again changes nothing."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="runs", verbose_name=_("참여팀"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("평가항목"))
    code = models.CharField(_("실행 번호"), max_length=64, null=True, blank=True)  # noqa: DJ001 - null: none was given
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("입력자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("벤치마크 실행")
        verbose_name_plural = _("벤치마크 실행")
        triggers = [*append_only("run")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "criterion", "code"], name="run_once"),
            models.CheckConstraint(condition=Q(code__isnull=True) | ~Q(code=""), name="run_code_not_blank"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.criterion} · {self.code or self.pk}"


class Measurement(models.Model):
    """One named raw value of a benchmark run. A correction is a new row that supersedes."""

    run = models.ForeignKey(MeasurementRun, models.PROTECT, related_name="measurements", verbose_name=_("실행"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="measurements", verbose_name=_("참여팀"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("평가항목"))
    name = models.CharField(_("벤치마크"), max_length=128)
    value = ExactDecimalField(_("값"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("정정 대상")
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("측정값")
        verbose_name_plural = _("측정값")
        triggers = [*append_only("measurement")]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="measurement_not_negative"),
            models.CheckConstraint(condition=~Q(name=""), name="measurement_has_name"),
            models.UniqueConstraint(
                fields=["entry", "criterion", "name"],
                condition=Q(supersedes__isnull=True),
                name="measurement_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class ResponseBatch(models.Model):
    """Marks of a user panel delivered together. The same batch id again changes nothing.

    `digest` covers the marks (`rules.digests.batch_digest`).
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="batches", verbose_name=_("참여팀"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("평가항목"))
    code = models.CharField(_("묶음 번호"), max_length=64, null=True, blank=True)  # noqa: DJ001 - null: none was given
    size = models.PositiveIntegerField(_("응답 수"))
    digest = models.CharField(_("요약값"), max_length=64)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("입력자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("응답 묶음")
        verbose_name_plural = _("응답 묶음")
        triggers = [*append_only("batch")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "criterion", "code"], name="batch_once"),
            models.CheckConstraint(condition=Q(code__isnull=True) | ~Q(code=""), name="batch_code_not_blank"),
            models.CheckConstraint(condition=Q(size__gte=1), name="batch_has_a_response"),
            digest_constraint("batch"),
        ]
        indexes = [prefix_index("code", name="batch_code_begins")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.criterion} · {self.number}"

    @property
    def number(self) -> str:
        """What people call it by: the code under which it came, or its place among all where none was given."""
        return self.code or f"#{self.pk}"


class ResponseBatchExclusion(models.Model):
    """A batch whose responses no longer count, with the reason. The batch and its code stay: neither comes again."""

    batch = models.OneToOneField(ResponseBatch, models.PROTECT, related_name="exclusion", verbose_name=_("응답 묶음"))
    reason = models.TextField(_("사유"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("제외한 사람"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("응답 묶음 제외")
        verbose_name_plural = _("응답 묶음 제외")
        triggers = [*append_only("batch_exclusion")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="batch_exclusion_has_reason")]

    def __str__(self) -> str:
        return str(self.batch)


class Response(models.Model):
    """One mark of a user panel. Counted in the ledger by statement, since there may be a million."""

    batch = models.ForeignKey(
        ResponseBatch, models.PROTECT, db_index=False, related_name="responses", verbose_name=_("묶음")
    )
    mark = ExactDecimalField(_("점수"))

    class Meta:
        verbose_name = _("사용자 응답")
        verbose_name_plural = _("사용자 응답")
        constraints = [models.CheckConstraint(condition=Q(mark__gte=0), name="response_not_negative")]
        # With the mark in it, so that a million are added up from the index alone.
        indexes = [models.Index(fields=["batch"], include=["mark"], name="response_by_batch")]

    def __str__(self) -> str:
        return str(self.mark)
