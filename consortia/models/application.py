import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models.call import Application, Call
from consortia.models.receipt import Receipt
from consortia.models.team import Team
from core.append_only import append_only
from core.models import Account, Attachment

_HAS_KIND = _("서류의 종류를 적어야 합니다.")


class ApplicationPaper(models.Model):
    """A paper that belongs to an application, of one of the kinds that the call asks for, or of another."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers", verbose_name=_("응모"))
    kind = models.CharField(_("종류"), max_length=64)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("첨부 파일"))

    class Meta:
        verbose_name = _("응모 서류")
        verbose_name_plural = _("응모 서류")
        ordering = ("id",)
        triggers = [*append_only("application_paper")]
        constraints = [
            models.UniqueConstraint(fields=["application", "attachment"], name="application_paper_once"),
            models.CheckConstraint(
                condition=~Q(kind=""), name="application_paper_has_kind", violation_error_message=_HAS_KIND
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.attachment}"


class ApplicationReceipt(Receipt):
    """접수증 of an application."""

    WORD = "응모"

    application = models.OneToOneField(Application, models.PROTECT, related_name="receipt", verbose_name=_("응모"))

    class Meta(Receipt.Meta):
        verbose_name = _("응모 접수증")
        verbose_name_plural = _("응모 접수증")
        triggers = [*append_only("application_receipt")]


class ApplicationDraft(models.Model):
    """An application that a team is still writing. Its own people alone see and change it; the ledger keeps each state.

    It stays after it has been handed in, so that a team that withdraws can hand it in anew.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="drafts", verbose_name=_("추가 공모"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="application_drafts", verbose_name=_("정예팀"))
    summary = models.TextField(_("응모 요지"), blank=True)
    updated_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("고친 사람"))
    updated_at = models.DateTimeField(_("고친 시각"))

    class Meta:
        verbose_name = _("응모 초안")
        verbose_name_plural = _("응모 초안")
        ordering = ("id",)
        indexes = [models.Index(fields=["-updated_at", "-id"], name="application_draft_newest")]
        constraints = [models.UniqueConstraint(fields=["call", "team"], name="application_draft_one_a_team")]

    def __str__(self) -> str:
        return _("{call} · {team} 초안").format(call=self.call, team=self.team)


class DraftPaper(models.Model):
    """A paper put into a draft. One that was taken out again stays in the record, and is handed in with nothing."""

    draft = models.ForeignKey(ApplicationDraft, models.PROTECT, related_name="papers", verbose_name=_("응모 초안"))
    kind = models.CharField(_("종류"), max_length=64)
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name=_("첨부 파일"))
    taken_out_at = models.DateTimeField(_("뺀 시각"), null=True)

    class Meta:
        verbose_name = _("초안 서류")
        verbose_name_plural = _("초안 서류")
        ordering = ("id",)
        triggers = [
            pgtrigger.Protect(
                name="draft_paper_is_only_taken_out",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("draft", "kind", "attachment"),
            ),
            pgtrigger.Protect(
                name="draft_paper_stays_taken_out",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_out_at__isnull=False),
            ),
            pgtrigger.Protect(name="draft_paper_stays", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=""), name="draft_paper_has_kind", violation_error_message=_HAS_KIND
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.attachment}"
