from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models.organisation import Organisation
from consortia.models.programme import Programme, code_constraint
from consortia.models.team import Team
from consortia.rules.parity import Terms
from consortia.rules.periods import Period
from consortia.states import SupportKind
from core.append_only import append_only
from core.models import Decision
from core.names import Named


class SupportLine(Named, models.Model):
    """지원 항목: so many units of one thing, for one period, on the same terms for every team.

    `number` is what each team gets, in `unit` (GPUs of the kind that `model` names, won, people, a name). The period
    holds both its days; without an end where `until` is null. Other terms are another line, so that what teams were
    told stays.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="support_lines", verbose_name=_("사업"))
    code = models.CharField(_("코드"), max_length=64)
    kind = models.CharField(_("지원 종류"), max_length=16, choices=SupportKind.choices)
    name_ko = models.CharField(_("지원 항목명"), max_length=200)
    name_en = models.CharField(_("영문 지원 항목명"), max_length=200)
    model = models.CharField(_("GPU 종류"), max_length=100, blank=True)
    unit = models.CharField(_("단위"), max_length=20)
    number = models.PositiveBigIntegerField(_("팀당 수량"))
    since = models.DateField(_("부터"))
    until = models.DateField(_("까지"), null=True, blank=True)

    class Meta:
        verbose_name = _("지원 항목")
        verbose_name_plural = _("지원 항목")
        ordering = ("programme", "code")
        triggers = [*append_only("support_line")]
        constraints = [
            code_constraint("support_line"),
            models.UniqueConstraint(fields=["programme", "code"], name="support_line_code_once"),
            models.CheckConstraint(condition=Q(kind__in=SupportKind.values), name="support_line_kind_known"),
            models.CheckConstraint(
                condition=(Q(kind="gpu") & ~Q(model="")) | (~Q(kind="gpu") & Q(model="")),
                name="support_line_gpu_has_model",
                violation_error_message=_("GPU 지원에는 GPU 종류를 적어야 합니다."),
            ),
            models.CheckConstraint(condition=~Q(unit=""), name="support_line_has_unit"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="support_line_number_positive",
                violation_error_message=_("수량은 1 이상이어야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="support_line_period_in_order",
                violation_error_message=_("기간의 끝은 시작보다 앞설 수 없습니다."),
            ),
        ]

    @property
    def terms(self) -> Terms:
        """What every team is due."""
        return Terms(self.number, Period(self.since, self.until))


class SupportException(models.Model):
    """지원 예외: what one team, or every team that an organisation leads, gets of a line instead, with the reason.

    An organisation's exception holds where it is the lead, not where it is a member: the lead signs the agreement and
    receives the support, and one university sits in several teams. A team's own exception goes before its lead's.
    """

    line = models.ForeignKey(SupportLine, models.PROTECT, related_name="exceptions", verbose_name=_("지원 항목"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("정예팀"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("기관"))
    number = models.PositiveBigIntegerField(_("대신 받는 수량"), default=0)
    reason = models.TextField(_("사유"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("지원 예외")
        verbose_name_plural = _("지원 예외")
        ordering = ("id",)
        triggers = [*append_only("support_exception")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="support_exception_has_reason",
                violation_error_message=_("지원 예외에는 사유를 적어야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True, organisation__isnull=False)
                | Q(team__isnull=False, organisation__isnull=True),
                name="support_exception_names_one",
                violation_error_message=_("지원 예외는 정예팀이나 기관 가운데 하나에 대한 것입니다."),
            ),
            models.UniqueConstraint(fields=["line", "team"], name="support_exception_once_a_team"),
            models.UniqueConstraint(fields=["line", "organisation"], name="support_exception_once_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.team or self.organisation}"
