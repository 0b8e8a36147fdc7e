import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Application
from core.append_only import append_only
from core.models import Decision
from evaluation.models.announcement import Vacancy
from evaluation.models.round import Round

_SELECTED = """
    IF NOT EXISTS (
        SELECT 1 FROM consortia_application a JOIN evaluation_vacancy v ON v.call_id = a.call_id
        WHERE a.id = NEW.application_id AND a.state = 'selected' AND v.id = NEW.vacancy_id) THEN
        RAISE EXCEPTION 'filling_of_a_selected_team' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

# Whoever fills a seat holds the vacancy, so that two at once see each other.
_ONCE = """
    PERFORM FROM evaluation_vacancy WHERE id = NEW.vacancy_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM evaluation_filling f
        JOIN consortia_application a ON a.id = f.application_id
        JOIN consortia_application b ON b.team_id = a.team_id
        WHERE f.vacancy_id = NEW.vacancy_id AND b.id = NEW.application_id) THEN
        RAISE EXCEPTION 'filling_once_a_team' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
"""

# The round before is the one with the next lower number: stages may be numbered with gaps.
_FOLLOWS = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_filling f
        JOIN evaluation_vacancy v ON v.id = f.vacancy_id
        JOIN evaluation_round p ON p.id = v.round_id
        JOIN evaluation_round r ON r.id = NEW.round_id
        JOIN core_decision d ON d.id = NEW.decision_id AND d.verb = 'admit_to_round' AND d.subject_id = r.id
        WHERE f.id = NEW.filling_id AND r.state IN ('draft', 'scoring') AND p.programme_id = r.programme_id
            AND p.number = (
                SELECT max(number) FROM evaluation_round
                WHERE programme_id = r.programme_id AND number < r.number)) THEN
        RAISE EXCEPTION 'admission_follows_a_selection' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Filling(models.Model):
    """공석 충원: a seat that a call left with a team, one of a vacancy's seats at most.

    Stays when the vacancy's call is taken off it again.
    """

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="fillings", verbose_name=_("공석"))
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="filling", verbose_name=_("선정된 응모")
    )
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("공석 충원")
        verbose_name_plural = _("공석 충원")
        ordering = ("id",)
        triggers = [
            *append_only("filling"),
            pgtrigger.Trigger(
                name="filling_of_a_selected_team",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_SELECTED,
            ),
            pgtrigger.Trigger(
                name="filling_once_a_team", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_ONCE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy} · {self.application.team}"


class Admission(models.Model):
    """추가 선정팀의 다음 단계 참여: the decision that a team that filled a vacancy enters the round after it.

    Only with one may an entry be added to a round that is open, and only a team that was selected for the vacancy of
    the round before can have one.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="admissions", verbose_name=_("단계평가"))
    filling = models.OneToOneField(Filling, models.PROTECT, related_name="admission", verbose_name=_("공석 충원"))
    reason = models.TextField(_("사유"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("추가 선정팀 참여")
        verbose_name_plural = _("추가 선정팀 참여")
        ordering = ("id",)
        triggers = [
            *append_only("admission"),
            pgtrigger.Trigger(
                name="admission_follows_a_selection",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_FOLLOWS,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="admission_has_reason",
                violation_error_message=_("다음 단계 참여에는 사유를 적어야 합니다."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.filling.application.team}"
