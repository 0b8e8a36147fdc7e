"""Numbers that come in files: what was brought in, and uploads that wait for a person's word."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models import Account, Work
from evaluation.models.entry import Entry
from evaluation.models.round import Round
from evaluation.states import UploadKind, UploadPhase


class ResponseImport(models.Model):
    """응답 반영: responses of a user panel that came in together, for any number of teams and criteria.

    `key` is the sender's name for it, and the code of each of its batches: the same key with the same `digest` changes
    nothing. The digest is of the rows in their order, whatever form they came in.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="response_imports", verbose_name=_("단계평가"))
    key = models.CharField(_("묶음 번호"), max_length=64)
    digest = models.CharField(_("내용 요약값"), max_length=64)
    source = models.CharField(_("출처"), max_length=200)
    size = models.PositiveIntegerField(_("응답 수"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("입력자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("응답 반영")
        verbose_name_plural = _("응답 반영")
        ordering = ("id",)
        triggers = [*append_only("response_import")]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="response_import_once"),
            models.CheckConstraint(condition=~Q(key="") & Q(size__gte=1), name="response_import_says_something"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="response_import_digest_form"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.key}"


class Upload(Work):
    """올린 자료: files that wait in the private storage until an official has seen what would come of them.

    It is a note on work under way, not part of the record: what was brought in stands in the rows that it made, and who
    uploaded, confirmed or cancelled it in the events. `report` is what checking it found; its files are gone once it is
    over.
    """

    going: ClassVar[frozenset[str]] = frozenset({UploadPhase.WAITING, UploadPhase.CONFIRMED})
    lock_class: ClassVar[int] = 7002

    round = models.ForeignKey(Round, models.PROTECT, related_name="uploads", verbose_name=_("단계평가"))
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name=_("참여팀")
    )
    kind = models.CharField(_("종류"), max_length=16, choices=UploadKind.choices)
    key = models.CharField(_("묶음 번호"), max_length=64, blank=True)
    phase = models.CharField(_("상태"), max_length=16, choices=UploadPhase.choices, default=UploadPhase.WAITING)
    report = models.JSONField(_("살펴본 결과"), default=dict)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("올린 사람"))
    at = models.DateTimeField(_("올린 시각"))
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("확인한 사람")
    )
    confirmed_at = models.DateTimeField(_("확인 시각"), null=True, blank=True)

    class Meta:
        verbose_name = _("올린 자료")
        verbose_name_plural = _("올린 자료")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=UploadKind.RESPONSES, entry__isnull=True)
                | Q(kind=UploadKind.RUNS, entry__isnull=False),
                name="upload_runs_are_a_teams",
            ),
            models.CheckConstraint(condition=Q(phase__in=UploadPhase.values), name="upload_phase_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class UploadFile(models.Model):
    """One file of an upload, and where it lies meanwhile."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="files", verbose_name=_("올린 자료"))
    name = models.CharField(_("파일 이름"), max_length=200)
    size = models.PositiveIntegerField(_("크기(바이트)"))
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("올린 파일")
        verbose_name_plural = _("올린 파일")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
