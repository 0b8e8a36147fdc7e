from django.db import models
from django.db.models import Q

from consortia.models import Team
from core.append_only import append_only
from core.models import Account
from evaluation.models.round import Round
from evaluation.states import ConflictKind


class ConflictDeclaration(models.Model):
    """What was declared about a person and a team, for one round. The newest counts; none is changed.

    `none` clears an unknown; it cannot clear a conflict that an organisation's membership or a declaration gives.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="conflicts", verbose_name="단계평가")
    account = models.ForeignKey(Account, models.PROTECT, related_name="conflicts", verbose_name="평가위원")
    team = models.ForeignKey(Team, models.PROTECT, related_name="conflicts", verbose_name="정예팀")
    kind = models.CharField("종류", max_length=16, choices=ConflictKind.choices)
    reason = models.TextField("사유")
    declared_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="신고자")
    declared_at = models.DateTimeField("신고 시각")

    class Meta:
        verbose_name = "이해관계 신고"
        verbose_name_plural = "이해관계 신고"
        ordering = ("id",)
        triggers = [*append_only("conflict")]
        indexes = [models.Index(fields=["round", "account", "team"], name="conflict_person_team")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConflictKind.values), name="conflict_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.team}: {self.get_kind_display()}"
