from django.db import models
from django.utils.translation import gettext_lazy as _

from core.indexes import prefix_index
from core.lifecycle import Lifecycle, Step
from core.models.account import Account
from core.verbs import every_verb


class DecisionState(models.TextChoices):
    PREPARED = "prepared", _("결재 대기")
    APPROVED = "approved", _("결재 완료")
    RETURNED = "returned", _("반려")
    VOID = "void", _("무효")


DECISION = Lifecycle(
    "decision",
    DecisionState,
    (
        Step("approve", ("prepared",), "approved"),
        Step("return", ("prepared",), "returned"),
        Step("void", ("prepared",), "void"),
    ),
)


class Decision(models.Model):
    """결재: a decision that one official prepares and another approves.

    `arguments` are the plain values with which the operation will be called; `prepared_against` is a digest of what
    the preparer saw. When that has changed by the time of approval, the decision is void and must be prepared anew.
    """

    verb = models.CharField(_("결정"), max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(_("대상"), max_length=200)
    arguments = models.JSONField(_("내용"), default=dict)
    reason = models.TextField(_("사유"), blank=True)
    prepared_against = models.CharField(max_length=64)
    state = models.CharField(_("상태"), max_length=16, choices=DecisionState.choices, default=DecisionState.PREPARED)
    prepared_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("기안자"))
    prepared_at = models.DateTimeField(_("기안 시각"))
    settled_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, verbose_name=_("결재자"))
    settled_at = models.DateTimeField(_("결재 시각"), null=True)
    settled_reason = models.TextField(_("결재 의견"), blank=True)

    class Meta:
        verbose_name = _("결재")
        verbose_name_plural = _("결재")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="decision_subject"),
            models.Index(fields=["verb", "-id"], name="decision_verb_newest"),
            prefix_index("subject_label", name="decision_subject_begins"),
        ]
        triggers = [*DECISION.triggers("decision")]
        constraints = [
            DECISION.constraint("decision"),
            models.CheckConstraint(
                condition=models.Q(settled_by__isnull=True)
                | ~models.Q(settled_by=models.F("prepared_by"))
                | models.Q(state__in=["returned", "void"]),
                name="decision_two_people",
                violation_error_message=_("기안한 사람은 결재할 수 없습니다."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="prepared", settled_at__isnull=True, settled_by__isnull=True)
                | (~models.Q(state="prepared") & models.Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="decision_settled_has_person_and_time",
                violation_error_message=_("결재에는 결재자와 시각이 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        verb = every_verb().get(self.verb)
        return f"{self.subject_label} · {verb.label if verb else self.verb}"
