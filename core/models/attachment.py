from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models.account import Account

MOST_BYTES = 20 * 1024 * 1024
"""The largest file that is taken in: 20 MB."""

MOST_NAME = 200


class Kind(models.TextChoices):
    """The kinds of file that are taken in, told by their content.

    What officials and reviewers can open, and nothing that runs: no macros, no old Office formats (which may hide
    them), no plain archives, whose contents nobody has looked at. Several files are handed in as several files.
    """

    PDF = "application/pdf", "PDF"
    HWP = "application/x-hwp", _("한글(HWP)")
    HWPX = "application/hwp+zip", _("한글(HWPX)")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("워드(DOCX)")
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("엑셀(XLSX)")
    PNG = "image/png", _("그림(PNG)")
    JPEG = "image/jpeg", _("그림(JPEG)")


class Attachment(models.Model):
    """첨부 파일: a file that was handed in, kept as it came. Never changed.

    `kind` is what its content is, whatever its name or its sender said; `stored_as` is the random name in the private
    storage, which no address of the site leads to; `sha256` is of the content, and stands on the receipt.
    """

    name = models.CharField(_("파일 이름"), max_length=MOST_NAME)
    kind = models.CharField(_("형식"), max_length=100, choices=Kind.choices)
    size = models.PositiveIntegerField(_("크기(바이트)"))
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.CharField(max_length=100, unique=True)
    uploaded_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("올린 사람"))
    uploaded_at = models.DateTimeField(_("올린 시각"))

    class Meta:
        verbose_name = _("첨부 파일")
        verbose_name_plural = _("첨부 파일")
        ordering = ("id",)
        triggers = [*append_only("attachment")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="attachment_kind_known"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES),
                name="attachment_size_bounded",
                violation_error_message=_("첨부 파일은 비어 있지 않고 20MB를 넘지 않아야 합니다."),
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_sha256_form"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name__regex=r"[/\\[:cntrl:]]"),
                name="attachment_name_form",
                violation_error_message=_("파일 이름에는 경로와 제어 문자를 쓸 수 없습니다."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
