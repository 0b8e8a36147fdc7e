from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models import Account, Decision
from evaluation.models.criterion import Gate
from evaluation.models.entry import Entry
from evaluation.models.figures import StandingQuerySet
from evaluation.models.guards import no_conflict
from evaluation.models.round import Round
from evaluation.states import FindingValue, VerdictValue


class Finding(models.Model):
    """An expert's finding whether a team meets a gate, perhaps for one component of its model, with the reason."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="findings", verbose_name=_("요건"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="findings", verbose_name=_("참여팀"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="findings", verbose_name=_("평가위원"))
    component = models.CharField(_("구성 요소"), max_length=100, blank=True)
    finding = models.CharField(_("의견"), max_length=8, choices=FindingValue.choices)
    reason = models.TextField(_("사유"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("요건 검토 의견")
        verbose_name_plural = _("요건 검토 의견")
        ordering = ("id",)
        triggers = [*append_only("finding"), no_conflict("finding_no_conflict")]
        constraints = [
            models.UniqueConstraint(fields=["gate", "entry", "account", "component"], name="finding_once"),
            models.CheckConstraint(condition=Q(finding__in=FindingValue.values), name="finding_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="finding_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.gate} · {self.entry}: {self.get_finding_display()}"


class Verdict(models.Model):
    """Whether a team passed a gate, decided by two officials. A correction is a new row that supersedes."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="verdicts", verbose_name=_("요건"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="verdicts", verbose_name=_("참여팀"))
    verdict = models.CharField(_("판정"), max_length=8, choices=VerdictValue.choices)
    reason = models.TextField(_("사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("정정 대상")
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("요건 판정")
        verbose_name_plural = _("요건 판정")
        ordering = ("id",)
        triggers = [*append_only("verdict")]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "entry"], condition=Q(supersedes__isnull=True), name="verdict_once"
            ),
            models.CheckConstraint(condition=Q(verdict__in=VerdictValue.values), name="verdict_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="verdict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.gate} · {self.entry}: {self.get_verdict_display()}"


class TieBreak(models.Model):
    """The order in which two officials put teams that nothing else tells apart. The newest for a group counts."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="tie_breaks", verbose_name=_("단계평가"))
    order = ArrayField(models.CharField(max_length=64), verbose_name=_("순서"))
    reason = models.TextField(_("사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("동점자 순서")
        verbose_name_plural = _("동점자 순서")
        ordering = ("id",)
        triggers = [*append_only("tie_break")]
        constraints = [
            models.CheckConstraint(condition=Q(order__len__gte=2), name="tie_break_orders_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="tie_break_has_reason"),
        ]

    def __str__(self) -> str:
        return " > ".join(self.order)
