from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Account, Work, WorkPhase
from evaluation.models.round import Round


class Supposing(Work):
    """가정 계산: a supposition too large for a request, computed by a job for whoever asked, and kept for a while.

    It is a note on work under way, not part of the record: who asked for it, cancelled it and looked at it stands in
    the events. `changes` are what is supposed, as the record keeps it; `found` is what a page shows of the result
    (`queries.supposed`), until `kept_until`, and nothing afterwards.
    """

    lock_class: ClassVar[int] = 7005

    round = models.ForeignKey(Round, models.PROTECT, related_name="supposings", verbose_name=_("단계평가"))
    changes = models.JSONField(_("가정"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("요청한 사람"))
    at = models.DateTimeField(_("요청 시각"))
    found = models.JSONField(null=True)
    kept_until = models.DateTimeField(_("보관 기한"), null=True, blank=True)

    class Meta:
        verbose_name = _("가정 계산")
        verbose_name_plural = _("가정 계산")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=WorkPhase.values), name="supposing_phase_known"),
            models.CheckConstraint(condition=~Q(changes=[]), name="supposing_supposes_something"),
            models.CheckConstraint(
                condition=~Q(phase=WorkPhase.DONE) | Q(kept_until__isnull=False), name="supposing_done_is_kept_until"
            ),
            models.CheckConstraint(
                condition=Q(phase=WorkPhase.DONE) | Q(found__isnull=True), name="supposing_found_of_what_is_done"
            ),
        ]
