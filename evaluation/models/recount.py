from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Account, Work, WorkPhase
from evaluation.models.round import Round
from evaluation.models.standing import Snapshot


class Recount(Work):
    """검산: a round computed anew from every single input, and held against what stands (`queries.recounting`).

    It is a note on work under way, not part of the record: what came of it stands in the events. Once it is done,
    `inputs_digest` names what was counted, `snapshot` the published result that follows from the same inputs (None
    where there is none), `scores` how many points of leaves were computed, `differing` how many facts stand otherwise.
    `apart` are the first of these (lists of `queries.recounting.Difference`), and `mended` says whether the live
    standings are right since.
    """

    lock_class: ClassVar[int] = 7006

    round = models.ForeignKey(Round, models.PROTECT, related_name="recounts", verbose_name=_("단계평가"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("요청한 사람"))
    at = models.DateTimeField(_("요청 시각"))
    inputs_digest = models.CharField(_("입력 요약값"), max_length=64, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="recounts", verbose_name=_("순위표")
    )
    scores = models.PositiveIntegerField(_("다시 계산한 점수"), default=0)
    differing = models.PositiveIntegerField(_("다른 곳"), null=True)
    apart = models.JSONField(default=list)
    mended = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("검산")
        verbose_name_plural = _("검산")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=WorkPhase.values), name="recount_phase_known"),
            models.CheckConstraint(
                condition=Q(phase=WorkPhase.DONE, differing__isnull=False, inputs_digest__regex=r"^[0-9a-f]{64}$")
                | (~Q(phase=WorkPhase.DONE) & Q(differing__isnull=True, inputs_digest="")),
                name="recount_counted_when_done",
            ),
            models.CheckConstraint(
                condition=Q(differing__isnull=False, differing__gt=0) | Q(apart=[], mended=False),
                name="recount_apart_where_it_differs",
            ),
        ]
