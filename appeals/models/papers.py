from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appeals.models.appeal import Appeal
from consortia.models import Receipt
from core.append_only import append_only
from core.calendar.periods import EndingQuerySet
from core.calendar.window import is_over
from core.calendar.words import window_words
from core.models import Account, Attachment
from core.wording import language


class AppealReceipt(Receipt):
    """접수증 of an appeal. The appeal's own code names it in the system; this number is the one people quote."""

    WORD = "이의"

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="receipt", verbose_name=_("이의신청"))

    class Meta(Receipt.Meta):
        verbose_name = _("이의신청 접수증")
        verbose_name_plural = _("이의신청 접수증")
        triggers = [*append_only("appeal_receipt")]


class Amendment(models.Model):
    """A later statement of an appeal, in place of the one before, which stays readable. The filing is version 1."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="amendments", verbose_name=_("이의신청"))
    version = models.PositiveIntegerField(_("판"))
    statement = models.TextField(_("이의 내용"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("변경한 사람"))
    at = models.DateTimeField(_("변경 시각"))

    class Meta:
        verbose_name = _("이의신청 변경")
        verbose_name_plural = _("이의신청 변경")
        ordering = ("appeal_id", "version")
        triggers = [*append_only("amendment")]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "version"], name="amendment_version_once"),
            models.CheckConstraint(condition=Q(version__gte=2), name="amendment_after_the_filing"),
            models.CheckConstraint(condition=~Q(statement=""), name="amendment_has_statement"),
        ]

    def __str__(self) -> str:
        return _("{appeal} {version}판").format(appeal=self.appeal, version=self.version)


class CompletionRequestQuerySet(EndingQuerySet["CompletionRequest"]):
    """Requests by the end of the time in which the team may answer."""

    ends = "until"

    def awaited(self, now: datetime) -> "CompletionRequestQuerySet":
        """Those that the team has not answered and still has time to at `now`; the one that ends last is the last."""
        return self.ending_after(now).filter(completion__isnull=True).order_by("until")


class CompletionRequest(models.Model):
    """보완 요구: what an official asks a team to complete in its appeal. `until` is the first instant too late."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="completion_requests", verbose_name=_("이의신청"))
    text = models.TextField(_("보완할 내용"))
    until = models.DateTimeField(_("보완 기한"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("요구한 사람"))
    at = models.DateTimeField(_("요구 시각"))

    objects = CompletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("보완 요구")
        verbose_name_plural = _("보완 요구")
        ordering = ("at", "id")
        triggers = [*append_only("completion_request")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="completion_request_has_text"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="completion_request_leaves_time"),
        ]

    def __str__(self) -> str:
        return _("{appeal} 보완 요구").format(appeal=self.appeal)

    def is_over(self, now: datetime) -> bool:
        """Whether the time to answer is over at `now`; an answer is taken in all the same, as late."""
        return is_over(now, self.until)

    def lateness(self, at: datetime) -> str:
        """What is said of an answer that comes at that time: at the term or after it it is late; empty in time.

        An operation runs in Korean, so that is what it stores.
        """
        if not self.is_over(at):
            return ""
        term = window_words(self.until, self.appeal.programme.zone, language())
        return str(gettext("보완 기한(%(term)s)이 지난 뒤에 접수되었습니다.") % {"term": term})


class Completion(models.Model):
    """보완: a team's answer to such a request. One that comes late is taken in all the same, and says so."""

    request = models.OneToOneField(
        CompletionRequest, models.PROTECT, related_name="completion", verbose_name=_("보완 요구")
    )
    text = models.TextField(_("보완 내용"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("보완한 사람"))
    at = models.DateTimeField(_("보완 시각"))
    late = models.BooleanField(_("기한 경과"))
    lateness = models.TextField(_("기한 경과에 관한 설명"), blank=True)

    class Meta:
        verbose_name = _("보완")
        verbose_name_plural = _("보완")
        ordering = ("at", "id")
        triggers = [*append_only("completion")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="completion_has_text"),
            models.CheckConstraint(
                condition=Q(late=False, lateness="") | (Q(late=True) & ~Q(lateness="")),
                name="completion_late_is_noted",
            ),
        ]

    def __str__(self) -> str:
        return _("{appeal} 보완").format(appeal=self.request.appeal)

    @property
    def why_late(self) -> str:
        """That it came late, in the language of whoever reads it; what is stored is Korean."""
        return self.request.lateness(self.at)


class AppealPaper(models.Model):
    """A file that belongs to an appeal: to its filing, or to an amendment, or to a completion."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="papers", verbose_name=_("이의신청"))
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="papers", verbose_name=_("변경"))
    completion = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="papers", verbose_name=_("보완"))
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+", verbose_name=_("첨부 파일"))

    class Meta:
        verbose_name = _("이의신청 첨부")
        verbose_name_plural = _("이의신청 첨부")
        ordering = ("id",)
        triggers = [*append_only("appeal_paper")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amendment__isnull=True) | Q(completion__isnull=True), name="appeal_paper_came_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.attachment)


class DecisionText(models.Model):
    """결정서: the decision of an appeal as the team gets it, with its reasons and the further remedies. Made once.

    It carries the ledger's head of that moment, as every receipt does.
    """

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="decision_text", verbose_name=_("이의신청"))
    text = models.TextField(_("결정서"))
    at = models.DateTimeField(_("작성 시각"))
    ledger_number = models.BigIntegerField(_("원장 블록"))
    ledger_head = models.CharField(_("원장 머리값"), max_length=64)

    class Meta:
        verbose_name = _("결정서")
        verbose_name_plural = _("결정서")
        triggers = [*append_only("decision_text")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="decision_text_not_empty"),
            models.CheckConstraint(condition=Q(ledger_head__regex=r"^[0-9a-f]{64}$"), name="decision_text_has_head"),
        ]

    def __str__(self) -> str:
        return _("{appeal} 결정서").format(appeal=self.appeal)
