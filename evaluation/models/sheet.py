from django.db import models
from django.db.models import Q

from core.append_only import append_only
from core.fields import ExactDecimalField
from core.models import Account
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.guards import no_conflict, within_points


class Sheet(models.Model):
    """평가표: one expert's marks for one team. Final once submitted."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets", verbose_name="참여팀")
    account = models.ForeignKey(Account, models.PROTECT, related_name="sheets", verbose_name="평가위원")
    comment = models.TextField("종합의견", blank=True)
    at = models.DateTimeField("제출 시각")

    class Meta:
        verbose_name = "평가표"
        verbose_name_plural = "평가표"
        triggers = [*append_only("sheet"), no_conflict("sheet_no_conflict")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "account"],
                name="sheet_one_a_person",
                violation_error_message="한 팀에는 평가표를 한 번만 냅니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.account}"


class Mark(models.Model):
    """The points an expert gives for one criterion, between 0 and the criterion's points."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="marks", verbose_name="평가표")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="평가항목")
    points = ExactDecimalField("점수")

    class Meta:
        verbose_name = "평가 점수"
        verbose_name_plural = "평가 점수"
        triggers = [*append_only("mark"), within_points("mark_within_points")]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class SheetExclusion(models.Model):
    """A sheet that no longer counts, with the reason. The sheet itself stays as it was handed in."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="exclusion", verbose_name="평가표")
    reason = models.TextField("사유")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="제외한 사람")
    at = models.DateTimeField("시각")

    class Meta:
        verbose_name = "평가표 제외"
        verbose_name_plural = "평가표 제외"
        triggers = [*append_only("exclusion")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="exclusion_has_reason")]

    def __str__(self) -> str:
        return str(self.sheet)


class SheetNote(models.Model):
    """평가표 메모: what an official has found out about a sheet that stands far from the others on the same team.

    It changes nothing that counts: a sheet is taken out by a correction alone.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="notes", verbose_name="평가표")
    text = models.TextField("메모")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="작성자")
    at = models.DateTimeField("시각")

    class Meta:
        verbose_name = "평가표 메모"
        verbose_name_plural = "평가표 메모"
        ordering = ("id",)
        triggers = [*append_only("sheet_note")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="sheet_note_has_text")]

    def __str__(self) -> str:
        return str(self.sheet)
