from django.db import models
from django.db.models import Q

from appeals.models.appeal import AppealReviewer
from appeals.states import AppealState
from core.append_only import append_only
from core.models import Account, Decision

RECOMMENDABLE = (AppealState.UPHELD, AppealState.PARTLY_UPHELD, AppealState.DISMISSED)


class Challenge(models.Model):
    """기피 신청: a team asks that a reviewer be taken off its appeal. It is ruled on before work goes on."""

    reviewer = models.OneToOneField(
        AppealReviewer, models.PROTECT, related_name="challenge", verbose_name="재심의 위원"
    )
    reason = models.TextField("사유")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="신청자")
    at = models.DateTimeField("신청 시각")

    class Meta:
        verbose_name = "기피 신청"
        verbose_name_plural = "기피 신청"
        ordering = ("at", "id")
        triggers = [*append_only("challenge")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="challenge_has_reason")]

    def __str__(self) -> str:
        return f"{self.reviewer.appeal} 기피 신청"


class ChallengeRuling(models.Model):
    """What two officials decided about a challenge, with the reason. The team reads it."""

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="ruling", verbose_name="기피 신청")
    accepted = models.BooleanField("인용")
    reason = models.TextField("사유")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name="결재")
    at = models.DateTimeField("결정 시각")

    class Meta:
        verbose_name = "기피 결정"
        verbose_name_plural = "기피 결정"
        triggers = [*append_only("challenge_ruling")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="challenge_ruling_has_reason")]

    def __str__(self) -> str:
        return f"{self.challenge} 결정"


class AssignmentEnd(models.Model):
    """The end of a reviewer's assignment, by a challenge that was accepted. The assignment stays in the record."""

    reviewer = models.OneToOneField(AppealReviewer, models.PROTECT, related_name="end", verbose_name="재심의 위원")
    ruling = models.OneToOneField(ChallengeRuling, models.PROTECT, related_name="end", verbose_name="기피 결정")
    at = models.DateTimeField("시각")

    class Meta:
        verbose_name = "재심의 위원 해촉"
        verbose_name_plural = "재심의 위원 해촉"
        triggers = [*append_only("assignment_end")]

    def __str__(self) -> str:
        return f"{self.reviewer} 해촉"


class Opinion(models.Model):
    """재심의 의견: what a reviewer makes of an appeal. Final once submitted; officials read it, the team does not."""

    reviewer = models.OneToOneField(AppealReviewer, models.PROTECT, related_name="opinion", verbose_name="재심의 위원")
    recommends = models.CharField(
        "의견", max_length=16, choices=[(state.value, state.label) for state in RECOMMENDABLE]
    )
    text = models.TextField("이유")
    at = models.DateTimeField("제출 시각")

    class Meta:
        verbose_name = "재심의 의견"
        verbose_name_plural = "재심의 의견"
        ordering = ("at", "id")
        triggers = [*append_only("opinion")]
        constraints = [
            models.CheckConstraint(condition=Q(recommends__in=RECOMMENDABLE), name="opinion_recommends_an_outcome"),
            models.CheckConstraint(condition=~Q(text=""), name="opinion_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} 의견"
