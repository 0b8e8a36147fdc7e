from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.ledger.verifier import Damage
from core.models.account import Account
from core.models.work import Work, WorkPhase


class Verification(Work):
    """원장 검증: the chain of the ledger followed, and every counted row held against it (`core.ledger.verifier`).

    It is a note on work under way, not part of the record: what came of it stands in the events. `by` is None where
    nobody has asked and it was the night's. Once it is done, `head` is that of the last block that was followed, the
    `blocks`th; `relation`, `row_key` and `what` are the first damage, and empty where there is none.
    """

    lock_class: ClassVar[int] = 7007

    by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("요청한 사람")
    )
    at = models.DateTimeField(_("요청 시각"))
    records = models.PositiveBigIntegerField(_("확인한 기록"), default=0)
    blocks = models.PositiveBigIntegerField(_("확인한 블록"), default=0)
    head = models.CharField(_("머리값"), max_length=64, blank=True)
    relation = models.TextField(blank=True)
    row_key = models.TextField(blank=True)
    what = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("원장 검증")
        verbose_name_plural = _("원장 검증")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=WorkPhase.values), name="verification_phase_known"),
            models.CheckConstraint(
                condition=Q(phase=WorkPhase.DONE, head__regex=r"^[0-9a-f]{64}$")
                | (~Q(phase=WorkPhase.DONE) & Q(records=0, blocks=0, head="", what="")),
                name="verification_followed_when_done",
            ),
            models.CheckConstraint(
                condition=(~Q(what="") & ~Q(relation="")) | Q(what="", relation="", row_key=""),
                name="verification_damage_says_where",
            ),
            models.UniqueConstraint(
                fields=["cancelled"],
                condition=Q(phase__in=[WorkPhase.WAITING, WorkPhase.RUNNING], cancelled=False),
                name="verification_one_under_way",
            ),
        ]

    @property
    def damage(self) -> Damage | None:
        """The first thing found wrong; None where nothing is, or it is not known yet."""
        return Damage(self.relation, self.row_key, self.what) if self.what else None
