import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.fields import ExactDecimalField
from core.models import Account, Decision
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.guards import digest_constraint, no_conflict, within_points

# Whatever reads marks leaves out excluded sheets: so one expert never counts twice for a team.
_SUPERSEDES = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_sheet s JOIN evaluation_sheetexclusion x ON x.sheet_id = s.id
        WHERE s.id = NEW.supersedes_id AND s.entry_id = NEW.entry_id AND s.account_id = NEW.account_id) THEN
        RAISE EXCEPTION 'sheet_supersedes_its_own' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Sheet(models.Model):
    """평가표: one expert's marks for one team. Final once submitted.

    `digest` covers the marks (`rules.digests.sheet_digest`), so that a result can name what it follows from without
    reading every mark again.
    A correction decided by two officials adds a new one that supersedes it; the old one is excluded and stays.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets", verbose_name=_("참여팀"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="sheets", verbose_name=_("평가위원"))
    comment = models.TextField(_("종합의견"), blank=True)
    digest = models.CharField(_("요약값"), max_length=64)
    at = models.DateTimeField(_("제출 시각"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("정정 대상")
    )
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("결재"))

    class Meta:
        verbose_name = _("평가표")
        verbose_name_plural = _("평가표")
        triggers = [
            *append_only("sheet"),
            no_conflict("sheet_no_conflict"),
            pgtrigger.Trigger(
                name="sheet_supersedes_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__supersedes__isnull=False),
                func=_SUPERSEDES,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "account"],
                condition=Q(supersedes__isnull=True),
                name="sheet_one_a_person",
                violation_error_message=_("한 팀에는 평가표를 한 번만 냅니다."),
            ),
            digest_constraint("sheet"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, decision__isnull=True)
                | Q(supersedes__isnull=False, decision__isnull=False),
                name="sheet_superseded_by_decision",
                violation_error_message=_("제출한 평가표는 결재로만 정정합니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.account}"


class Mark(models.Model):
    """The points an expert gives for one criterion, between 0 and the criterion's points."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, db_index=False, related_name="marks", verbose_name=_("평가표"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, db_index=False, related_name="+", verbose_name=_("평가항목")
    )
    points = ExactDecimalField(_("점수"))

    class Meta:
        verbose_name = _("평가 점수")
        verbose_name_plural = _("평가 점수")
        triggers = [*append_only("mark"), within_points("mark_within_points")]
        constraints = [
            # With the points in it, so that a whole round is added up from the index alone.
            models.UniqueConstraint(fields=["sheet", "criterion"], include=["points"], name="mark_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class SheetExclusion(models.Model):
    """A sheet that no longer counts, with the reason. The sheet itself stays as it was handed in."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="exclusion", verbose_name=_("평가표"))
    reason = models.TextField(_("사유"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("제외한 사람"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("평가표 제외")
        verbose_name_plural = _("평가표 제외")
        triggers = [*append_only("exclusion")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="exclusion_has_reason")]

    def __str__(self) -> str:
        return str(self.sheet)


class SheetDraft(models.Model):
    """임시저장한 평가표: what an expert has written down so far for a team. His own alone, and no input to the round.

    `points` are figures as text by the criterion's code, as many as there are. The ledger counts that a draft exists,
    not what stands in it: nobody may read it there either. It is taken away when the sheet is submitted.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheet_drafts", verbose_name=_("참여팀"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="sheet_drafts", verbose_name=_("평가위원"))
    points = models.JSONField(_("점수"), default=dict)
    comment = models.TextField(_("종합의견"), blank=True)
    saved_at = models.DateTimeField(_("저장 시각"))

    class Meta:
        verbose_name = _("임시저장한 평가표")
        verbose_name_plural = _("임시저장한 평가표")
        constraints = [models.UniqueConstraint(fields=["entry", "account"], name="sheet_draft_one_a_person")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.account}"


class SheetNote(models.Model):
    """평가표 메모: what an official has found out about a sheet that stands far from the others on the same team.

    It changes nothing that counts: a sheet is taken out by a correction alone.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="notes", verbose_name=_("평가표"))
    text = models.TextField(_("메모"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("작성자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("평가표 메모")
        verbose_name_plural = _("평가표 메모")
        ordering = ("id",)
        triggers = [*append_only("sheet_note")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="sheet_note_has_text")]

    def __str__(self) -> str:
        return str(self.sheet)
