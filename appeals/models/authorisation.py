import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Call
from core.models import Decision
from evaluation.models import Round


class Authorisation(models.Model):
    """The human decision that a call be opened for a round's vacancy once its result is final.

    The law lets a job carry out what people have decided beforehand (General Act on Public Administration, article
    20): the sweep opens the call under this decision and under no other. It stands until the call has ended without
    filling the vacancy (`lapsed`); then the vacancy needs a new decision.
    """

    call = models.OneToOneField(Call, models.PROTECT, related_name="authorisation", verbose_name=_("추가 공모"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="authorisations", verbose_name=_("단계평가"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    authorised_at = models.DateTimeField(_("승인 시각"))
    lapsed = models.BooleanField(_("효력 상실"), default=False)

    class Meta:
        verbose_name = _("공모 승인")
        verbose_name_plural = _("공모 승인")
        triggers = [
            pgtrigger.Protect(
                name="authorisation_only_lapses",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("call", "round", "decision", "authorised_at"),
            ),
            pgtrigger.Protect(name="authorisation_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(lapsed=False), name="authorisation_one_a_vacancy")
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.call}"
