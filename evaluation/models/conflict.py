from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.append_only import append_only
from core.models import Account
from evaluation.models.round import Round
from evaluation.states import ConflictKind


class ConflictDeclaration(models.Model):
    """What was declared about a person and a team, for one round. The newest counts; none is changed.

    `none` clears an unknown; it cannot clear a conflict that an organisation's membership or a declaration gives.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="conflicts", verbose_name=_("단계평가"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="conflicts", verbose_name=_("평가위원"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="conflicts", verbose_name=_("정예팀"))
    kind = models.CharField(_("종류"), max_length=16, choices=ConflictKind.choices)
    reason = models.TextField(_("사유"))
    declared_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("신고자"))
    declared_at = models.DateTimeField(_("신고 시각"))

    class Meta:
        verbose_name = _("이해관계 신고")
        verbose_name_plural = _("이해관계 신고")
        ordering = ("id",)
        triggers = [*append_only("conflict")]
        indexes = [models.Index(fields=["round", "account", "team"], name="conflict_person_team")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConflictKind.values), name="conflict_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.team}: {self.get_kind_display()}"
