"""평가기준의 판: what teams were told that they would be judged by, version by version, and who signed it off."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.append_only import append_only
from core.models import Account, Decision
from evaluation.models.round import Round
from evaluation.states import CRITERIA, CriteriaState

_TAKES_PART = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_criteriaversion v JOIN evaluation_entry e ON e.round_id = v.round_id
        WHERE v.id = NEW.version_id AND e.team_id = NEW.team_id AND v.state IN ('proposed', 'in_force')) THEN
        RAISE EXCEPTION 'criteria_consent_of_an_entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class CriteriaVersion(models.Model):
    """평가기준 판: every criterion of a round as it was laid down, numbered from 1. Only its state ever changes.

    `rules` is what `evaluation.rules.document` writes, figures as text; `digest` its SHA-256. The first comes into
    force when the round opens; each later one has its reason, and the decision by which it came into force.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="criteria_versions", verbose_name=_("단계평가"))
    number = models.PositiveSmallIntegerField(_("판"))
    rules = models.JSONField(_("평가항목"))
    digest = models.CharField(_("요약값"), max_length=64)
    reason = models.TextField(_("변경 사유"), blank=True)
    state = models.CharField(_("상태"), max_length=16, choices=CriteriaState.choices, default=CriteriaState.PROPOSED)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("작성 시각"))

    class Meta:
        verbose_name = _("평가기준")
        verbose_name_plural = _("평가기준")
        ordering = ("round_id", "number")
        triggers = [
            *CRITERIA.triggers("criteria_version"),
            pgtrigger.Protect(name="criteria_version_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="criteria_version_changes_state_alone",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("round", "number", "rules", "digest", "reason", "at"),
            ),
            pgtrigger.Protect(
                name="criteria_version_decision_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decision__isnull=False)
                & pgtrigger.Q(old__decision__df=pgtrigger.F("new__decision")),
            ),
        ]
        constraints = [
            CRITERIA.constraint("criteria_version"),
            models.UniqueConstraint(fields=["round", "number"], name="criteria_version_number_once"),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state="proposed"),
                name="criteria_version_one_proposed",
                violation_error_message=_("제안된 평가기준 변경이 이미 있습니다."),
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="in_force"), name="criteria_version_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="criteria_version_has_reason",
                violation_error_message=_("평가기준을 바꾸는 데에는 사유를 적어야 합니다."),
            ),
            models.CheckConstraint(
                condition=(Q(number=1, decision__isnull=True) & ~Q(state="dropped"))
                | Q(number__gt=1, state__in=["proposed", "dropped"], decision__isnull=True)
                | Q(number__gt=1, state__in=["in_force", "superseded"], decision__isnull=False),
                name="criteria_version_later_one_is_decided",
                violation_error_message=_("평가기준의 변경은 결재로만 시행합니다."),
            ),
        ]

    def __str__(self) -> str:
        return _("{round} 평가기준 {number}판").format(round=self.round, number=self.number)


class CriteriaConsent(models.Model):
    """A team's consent to a version, once. `evidence` names the paper where an official recorded a written consent."""

    version = models.ForeignKey(CriteriaVersion, models.PROTECT, related_name="consents", verbose_name=_("평가기준"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="criteria_consents", verbose_name=_("정예팀"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("동의하거나 기록한 사람"))
    evidence = models.TextField(_("서면 근거"), blank=True)
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("평가기준 동의")
        verbose_name_plural = _("평가기준 동의")
        ordering = ("id",)
        triggers = [
            *append_only("criteria_consent"),
            pgtrigger.Trigger(
                name="criteria_consent_of_an_entry",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_TAKES_PART,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "team"],
                name="criteria_consent_once",
                violation_error_message=_("한 팀은 한 판에 한 번만 동의합니다."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.version}"
