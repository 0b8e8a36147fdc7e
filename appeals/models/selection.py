from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Application, Call
from core.append_only import append_only
from core.models import Account, Decision


class Screening(models.Model):
    """적합성 검토: whether an application is considered, with the reason."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="screening", verbose_name=_("응모"))
    eligible = models.BooleanField(_("적합"))
    reason = models.TextField(_("사유"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("검토자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("적합성 검토")
        verbose_name_plural = _("적합성 검토")
        triggers = [*append_only("screening")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="screening_has_reason")]

    def __str__(self) -> str:
        return str(self.application)


class Vote(models.Model):
    """An evaluator's vote on an application, with the reason where one was given. Given once."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="votes", verbose_name=_("응모"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="votes", verbose_name=_("평가위원"))
    accept = models.BooleanField(_("기준 충족"))
    reason = models.TextField(_("이유"), blank=True)
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("응모 평가 의견")
        verbose_name_plural = _("응모 평가 의견")
        triggers = [*append_only("vote")]
        constraints = [models.UniqueConstraint(fields=["application", "account"], name="vote_one_a_person")]

    def __str__(self) -> str:
        return f"{self.application} · {self.account}"


class Selection(models.Model):
    """What two officials decided about a call: a team, or nobody (`application` null)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="selections", verbose_name=_("추가 공모"))
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, related_name="selection", verbose_name=_("선정된 응모")
    )
    reason = models.TextField(_("사유"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("선정")
        verbose_name_plural = _("선정")
        triggers = [*append_only("selection")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="selection_has_reason"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(application__isnull=True), name="selection_nobody_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.application or _('선정 없음')}"
