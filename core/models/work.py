"""Long work: what a job does while a person waits for it, goes away and comes back."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkPhase(models.TextChoices):
    """How far a piece of work is. No lifecycle: a job's note on itself, while what counts stands elsewhere."""

    WAITING = "waiting", _("차례를 기다림")
    RUNNING = "running", _("진행 중")
    DONE = "done", _("끝남")
    REFUSED = "refused", _("할 수 없음")
    CANCELLED = "cancelled", _("취소함")


OVER = frozenset({WorkPhase.DONE, WorkPhase.REFUSED, WorkPhase.CANCELLED})
"""The phases of work to which nothing more happens, whatever other phases a kind of work has."""


class Work(models.Model):
    """A piece of work under way: `done` of `total` rows are worked through, and `said` is what came of it.

    `total` is 0 while nobody knows it. `cancelled`: somebody has asked that it stop, which it does at its next step.
    A kind of work says in which of its phases a job is at it, or will be (`going`), and by which number the advisory
    lock of a piece is known (`lock_class`), so that one process at a time is at it.
    """

    going: ClassVar[frozenset[str]] = frozenset({WorkPhase.WAITING, WorkPhase.RUNNING})
    lock_class: ClassVar[int]

    phase = models.CharField(_("상태"), max_length=16, choices=WorkPhase.choices, default=WorkPhase.WAITING)
    done = models.PositiveIntegerField(_("처리한 행"), default=0)
    total = models.PositiveIntegerField(_("전체 행"), default=0)
    cancelled = models.BooleanField(_("취소 요청"), default=False)
    said = models.TextField(_("결과"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def under_way(self) -> bool:
        """Whether a job is at it, or will be."""
        return self.phase in self.going

    @property
    def percent(self) -> int | None:
        """How much of it is done; None while nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None
