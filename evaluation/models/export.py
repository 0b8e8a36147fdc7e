from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Account, Work, WorkPhase
from evaluation.models.round import Round
from evaluation.models.standing import Snapshot


class Export(Work):
    """결과 묶음: the archive of a published result, made by a job for whoever asked, and kept for a while.

    It is a note on work under way, not part of the record: who asked for it, cancelled it and downloaded it stands in
    the events. `snapshot` is the result that was asked for, `sha256` the digest of the file; the file lies in the
    private storage until `kept_until`, and afterwards `stored_as` is empty.
    """

    lock_class: ClassVar[int] = 7003

    round = models.ForeignKey(Round, models.PROTECT, related_name="exports", verbose_name=_("단계평가"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="exports", verbose_name=_("순위표"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("요청한 사람"))
    at = models.DateTimeField(_("요청 시각"))
    size = models.PositiveBigIntegerField(_("크기(바이트)"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    kept_until = models.DateTimeField(_("보관 기한"), null=True, blank=True)

    class Meta:
        verbose_name = _("결과 묶음")
        verbose_name_plural = _("결과 묶음")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=WorkPhase.values), name="export_phase_known"),
            models.CheckConstraint(
                condition=~Q(phase=WorkPhase.DONE)
                | Q(kept_until__isnull=False, size__gte=1, sha256__regex=r"^[0-9a-f]{64}$"),
                name="export_done_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(phase=WorkPhase.DONE) | Q(stored_as=""), name="export_file_of_what_is_done"
            ),
        ]

    @property
    def name(self) -> str:
        """What the file is called where it is saved."""
        return f"{self.round.programme.code}.{self.round.code}-{self.snapshot.number}.zip"
