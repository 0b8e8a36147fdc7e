import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from appeals.states import APPEAL, UNDECIDED, AppealState, Ground
from consortia.models import Programme
from consortia.models.programme import code_constraint
from core.append_only import append_only
from core.indexes import prefix_index
from core.models import Account, Decision
from evaluation.models import Entry, Round

_AFTER_A_WAIVER = """
    IF EXISTS (SELECT 1 FROM appeals_waiver WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'appeal_never_after_a_waiver' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_OF_THE_FIRST_PANEL = """
    IF EXISTS (
        SELECT 1 FROM appeals_appeal a JOIN evaluation_panelist p ON p.round_id = a.round_id
        WHERE a.id = NEW.appeal_id AND p.account_id = NEW.account_id
    ) THEN
        RAISE EXCEPTION 'appeal_reviewer_not_of_the_first_panel' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Waiver(models.Model):
    """이의신청 포기: a team gives up its right to object to a round's result. It binds."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="waiver", verbose_name=_("참여팀"))
    waived_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("포기한 사람"))
    waived_at = models.DateTimeField(_("포기 시각"))

    class Meta:
        verbose_name = _("이의신청 포기")
        verbose_name_plural = _("이의신청 포기")
        triggers = [*append_only("waiver")]

    def __str__(self) -> str:
        return _("{entry} 이의신청 포기").format(entry=self.entry)


class EarlyClosing(models.Model):
    """The decision to end a round's windows before their time, every team that did not advance having waived.

    A correction after it opens windows anew, which may be ended early again.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="early_closings", verbose_name=_("단계평가"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    reason = models.TextField(_("사유"))
    closed_at = models.DateTimeField(_("종료 시각"))

    class Meta:
        verbose_name = _("이의신청 조기 종료")
        verbose_name_plural = _("이의신청 조기 종료")
        triggers = [*append_only("early_closing")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="early_closing_has_reason")]

    def __str__(self) -> str:
        return _("{round} 이의신청 조기 종료").format(round=self.round)


class Appeal(models.Model):
    """이의신청: a team's objection to its result, on one ground. `decide_by` is the first instant past its 30th day."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="appeals", verbose_name=_("사업"))
    code = models.CharField(_("번호"), max_length=64)
    round = models.ForeignKey(Round, models.PROTECT, related_name="appeals", verbose_name=_("단계평가"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="appeals", verbose_name=_("참여팀"))
    ground = models.CharField(_("사유 구분"), max_length=20, choices=Ground.choices)
    statement = models.TextField(_("이의 내용"))
    state = models.CharField(_("상태"), max_length=16, choices=AppealState.choices, default=AppealState.FILED)
    filed_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("신청자"))
    filed_at = models.DateTimeField(_("접수 시각"))
    decide_by = models.DateTimeField(_("결정 기한"))
    admission_reason = models.TextField(_("적격 판단 이유"), blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("결재"))
    decision_reason = models.TextField(_("결정 이유"), blank=True)
    decided_at = models.DateTimeField(_("결정 시각"), null=True)

    class Meta:
        verbose_name = _("이의신청")
        verbose_name_plural = _("이의신청")
        ordering = ("filed_at", "id")
        indexes = [
            models.Index(fields=["-filed_at", "-id"], name="appeal_newest"),
            models.Index(fields=["decide_by"], name="appeal_term"),
            prefix_index("code", name="appeal_code_begins"),
        ]
        triggers = [
            *APPEAL.triggers("appeal"),
            pgtrigger.Trigger(
                name="appeal_never_after_a_waiver",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_AFTER_A_WAIVER,
            ),
        ]
        constraints = [
            APPEAL.constraint("appeal"),
            code_constraint("appeal"),
            models.UniqueConstraint(fields=["programme", "code"], name="appeal_code_once"),
            models.UniqueConstraint(
                fields=["entry", "ground"],
                name="appeal_one_a_team_and_ground",
                violation_error_message=_("한 팀은 같은 사유로 한 번만 이의신청할 수 있습니다."),
            ),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="appeal_ground_known"),
            models.CheckConstraint(condition=~Q(statement=""), name="appeal_has_statement"),
            models.CheckConstraint(condition=Q(decide_by__gt=F("filed_at")), name="appeal_decide_by_after_filing"),
            models.CheckConstraint(
                condition=~Q(ground__in=["panel_choice", "rules", "method", "amounts"])
                | Q(state__in=["filed", "rejected", "withdrawn"]),
                name="appeal_inadmissible_never_admitted",
                violation_error_message=_("이 사유의 이의신청은 받아들일 수 없습니다."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*UNDECIDED, "withdrawn"], decided_at__isnull=True)
                | (Q(state="rejected", decided_at__isnull=False) & ~Q(admission_reason=""))
                | (
                    Q(
                        state__in=["upheld", "partly_upheld", "dismissed"],
                        decided_at__isnull=False,
                        decision__isnull=False,
                    )
                    & ~Q(decision_reason="")
                ),
                name="appeal_decided_has_reason_and_time",
                violation_error_message=_("결정에는 이유와 시각이 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("이의신청 {code}").format(code=self.code)


class AppealReviewer(models.Model):
    """A person who reviews an appeal: nobody of the first panel, nobody with a conflict."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="reviewers", verbose_name=_("이의신청"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="reviews", verbose_name=_("재심의 위원"))
    assigned_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("지정한 사람"))
    assigned_at = models.DateTimeField(_("지정 시각"))

    class Meta:
        verbose_name = _("재심의 위원")
        verbose_name_plural = _("재심의 위원")
        triggers = [
            *append_only("appeal_reviewer"),
            pgtrigger.Trigger(
                name="appeal_reviewer_not_of_the_first_panel",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_OF_THE_FIRST_PANEL,
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["appeal", "account"], name="appeal_reviewer_once")]

    def __str__(self) -> str:
        return f"{self.appeal} · {self.account}"
