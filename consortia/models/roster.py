from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models.programme import Programme
from consortia.readers.rosters import Kind
from core.models import Account, Work, WorkPhase

ROSTERS = (
    (Kind.ORGANISATIONS, _("기관")),
    (Kind.MEMBERS, _("참여기관")),
    (Kind.PEOPLE, _("팀 담당자")),
    (Kind.EXPERTS, _("평가위원")),
)


class RosterImport(Work):
    """명단 가져오기: a roster too long for a request, brought in by a job once an official has confirmed it.

    It is a note on work under way, not part of the record: what was registered stands in the rows and events that it
    made. `rows` are the lines that were looked at; they name people, so they are gone once it is over.
    """

    lock_class: ClassVar[int] = 7004

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="roster_imports", verbose_name=_("사업"))
    kind = models.CharField(_("명단"), max_length=16, choices=ROSTERS)
    rows = models.JSONField(_("줄"), default=list)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("확인한 사람"))
    at = models.DateTimeField(_("확인 시각"))

    class Meta:
        verbose_name = _("명단 가져오기")
        verbose_name_plural = _("명단 가져오기")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=WorkPhase.values), name="roster_import_phase_known"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="roster_import_kind_known"),
            models.CheckConstraint(
                condition=Q(phase__in=[WorkPhase.WAITING, WorkPhase.RUNNING]) | Q(rows=[]),
                name="roster_import_over_names_nobody",
            ),
        ]
