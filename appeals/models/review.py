from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appeals.models.appeal import AppealReviewer
from appeals.states import AppealState
from core.append_only import append_only
from core.models import Account, Decision

RECOMMENDABLE = (AppealState.UPHELD, AppealState.PARTLY_UPHELD, AppealState.DISMISSED)


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def pending(self) -> "ChallengeQuerySet":
        """Those that have not been ruled on."""
        return self.filter(ruling__isnull=True)


class Challenge(models.Model):
    """기피 신청: a team asks that a reviewer be taken off its appeal. It is ruled on before work goes on."""

    reviewer = models.OneToOneField(
        AppealReviewer, models.PROTECT, related_name="challenge", verbose_name=_("재심의 위원")
    )
    reason = models.TextField(_("사유"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("신청자"))
    at = models.DateTimeField(_("신청 시각"))

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("기피 신청")
        verbose_name_plural = _("기피 신청")
        ordering = ("at", "id")
        triggers = [*append_only("challenge")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="challenge_has_reason")]

    def __str__(self) -> str:
        return _("{appeal} 기피 신청").format(appeal=self.reviewer.appeal)


class ChallengeRuling(models.Model):
    """What two officials decided about a challenge, with the reason. The team reads it."""

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="ruling", verbose_name=_("기피 신청"))
    accepted = models.BooleanField(_("인용"))
    reason = models.TextField(_("사유"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("결정 시각"))

    class Meta:
        verbose_name = _("기피 결정")
        verbose_name_plural = _("기피 결정")
        triggers = [*append_only("challenge_ruling")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="challenge_ruling_has_reason")]

    def __str__(self) -> str:
        return _("{challenge} 결정").format(challenge=self.challenge)


class AssignmentEnd(models.Model):
    """The end of a reviewer's assignment, by a challenge that was accepted. The assignment stays in the record."""

    reviewer = models.OneToOneField(AppealReviewer, models.PROTECT, related_name="end", verbose_name=_("재심의 위원"))
    ruling = models.OneToOneField(ChallengeRuling, models.PROTECT, related_name="end", verbose_name=_("기피 결정"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("재심의 위원 해촉")
        verbose_name_plural = _("재심의 위원 해촉")
        triggers = [*append_only("assignment_end")]

    def __str__(self) -> str:
        return _("{reviewer} 해촉").format(reviewer=self.reviewer)


class Opinion(models.Model):
    """재심의 의견: what a reviewer makes of an appeal. Final once submitted; officials read it, the team does not."""

    reviewer = models.OneToOneField(
        AppealReviewer, models.PROTECT, related_name="opinion", verbose_name=_("재심의 위원")
    )
    recommends = models.CharField(
        _("의견"), max_length=16, choices=[(state.value, state.label) for state in RECOMMENDABLE]
    )
    text = models.TextField(_("이유"))
    at = models.DateTimeField(_("제출 시각"))

    class Meta:
        verbose_name = _("재심의 의견")
        verbose_name_plural = _("재심의 의견")
        ordering = ("at", "id")
        triggers = [*append_only("opinion")]
        constraints = [
            models.CheckConstraint(condition=Q(recommends__in=RECOMMENDABLE), name="opinion_recommends_an_outcome"),
            models.CheckConstraint(condition=~Q(text=""), name="opinion_has_text"),
        ]

    def __str__(self) -> str:
        return _("{reviewer} 의견").format(reviewer=self.reviewer)
