import pgtrigger
from django.db import models
from django.db.models import Q

from consortia.models import Team
from core.models import Account
from evaluation.models.criterion import frozen_when_open
from evaluation.models.round import Round


class Entry(models.Model):
    """A team's part in a round. Entries are fixed when the round opens; one may be withdrawn, none added or removed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries", verbose_name="단계평가")
    team = models.ForeignKey(Team, models.PROTECT, related_name="entries", verbose_name="정예팀")
    position = models.PositiveSmallIntegerField("순서")
    withdrawn_at = models.DateTimeField("철회 시각", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="철회자"
    )
    withdrawal_reason = models.TextField("철회 사유", blank=True)

    class Meta:
        verbose_name = "참여팀"
        verbose_name_plural = "참여팀"
        ordering = ("round", "position")
        triggers = [
            pgtrigger.Trigger(
                name="entry_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=frozen_when_open("entry_fixed").func,
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
                violation_error_message="한 팀은 한 단계에 한 번만 참여합니다.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="entry_withdrawal_has_person_and_reason",
                violation_error_message="철회에는 사람과 사유가 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}"
