import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.models import Account
from evaluation.models.round import Round

_FIXED = """
    IF TG_OP = 'INSERT' AND NEW.admission_id IS NOT NULL THEN
        IF EXISTS (
            SELECT 1 FROM evaluation_admission d
            JOIN evaluation_filling f ON f.id = d.filling_id
            JOIN consortia_application a ON a.id = f.application_id
            JOIN evaluation_round r ON r.id = d.round_id
            WHERE d.id = NEW.admission_id AND d.round_id = NEW.round_id AND a.team_id = NEW.team_id
                AND r.state IN ('draft', 'scoring') AND NEW.starts BETWEEN r.starts AND r.ends) THEN
            RETURN NEW;
        END IF;
    ELSIF (SELECT state FROM evaluation_round WHERE id = COALESCE(NEW.round_id, OLD.round_id)) = 'draft' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'entry_fixed' USING ERRCODE = 'check_violation';
"""


class Entry(models.Model):
    """A team's part in a round. Entries are fixed when the round opens; one may be withdrawn, none removed.

    The one that may be added is a team's that was selected for the vacancy of the round before (`admission`). It has a
    clock of its own: `starts` is the first day of its development, null for the round's own.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries", verbose_name=_("단계평가"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="entries", verbose_name=_("정예팀"))
    position = models.PositiveSmallIntegerField(_("순서"))
    starts = models.DateField(_("팀별 개발 시작일"), null=True, blank=True)
    admission = models.OneToOneField(
        "Admission", models.PROTECT, null=True, blank=True, related_name="entry", verbose_name=_("추가 선정팀 참여")
    )
    withdrawn_at = models.DateTimeField(_("철회 시각"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("철회자")
    )
    withdrawal_reason = models.TextField(_("철회 사유"), blank=True)

    class Meta:
        verbose_name = _("참여팀")
        verbose_name_plural = _("참여팀")
        ordering = ("round_id", "position")
        indexes = [models.Index(fields=["-round", "position", "-id"], name="entry_of_round")]
        triggers = [
            pgtrigger.Trigger(
                name="entry_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=_FIXED,
            ),
            pgtrigger.Protect(
                name="entry_only_withdraws",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("round", "team", "position", "starts", "admission"),
            ),
            pgtrigger.Protect(
                name="entry_stays_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "team"],
                name="entry_one_a_team",
                violation_error_message=_("한 팀은 한 단계에 한 번만 참여합니다."),
            ),
            models.CheckConstraint(
                condition=Q(starts__isnull=True, admission__isnull=True)
                | Q(starts__isnull=False, admission__isnull=False),
                name="entry_own_start_is_a_newcomers",
                violation_error_message=_("추가로 선정된 팀만 자기 개발 시작일을 갖습니다."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="entry_withdrawal_has_person_and_reason",
                violation_error_message=_("철회에는 사람과 사유가 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}"
