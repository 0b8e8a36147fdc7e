from datetime import timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from consortia.models.organisation import same
from consortia.models.support import SupportLine
from consortia.models.team import Team
from consortia.rules.periods import Period
from core.append_only import append_only
from core.models import Decision

_OWN_PROGRAMME = """
    IF (SELECT programme_id FROM consortia_supportline WHERE id = NEW.line_id)
        IS DISTINCT FROM (SELECT programme_id FROM consortia_team WHERE id = NEW.team_id) THEN
        RAISE EXCEPTION 'grant_of_own_programme' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_RETURNED = """
    IF NOT EXISTS (SELECT 1 FROM consortia_supportreturn WHERE grant_id = NEW.id) THEN
        RAISE EXCEPTION 'grant_returned_by_a_return' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_REALLOCATED = """
    IF EXISTS (
        SELECT 1 FROM consortia_supportreturn r JOIN consortia_grant g ON g.id = r.grant_id
        WHERE r.id = NEW.reallocates_id
            AND (g.line_id <> NEW.line_id OR g.team_id = NEW.team_id OR g.number < NEW.number
                OR NEW.since < g.returned_on OR g.returned_on IS NULL)) THEN
        RAISE EXCEPTION 'grant_reallocates_what_was_returned' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def _held() -> Func:
    """The days on which the team has what was granted: until it is returned, else until the grant ends, if it does."""
    after = Func(F("until"), template="(%(expressions)s + 1)")
    ends = Func(F("returned_on"), after, function="COALESCE")
    return Func(F("since"), ends, Value("[)"), function="daterange", output_field=models.TextField())


class Grant(models.Model):
    """지원 배정: so many units of a line to a team, for a period of which both days count (no end where null).

    The row never changes but for `returned_on`, the first day on which the team has them no longer, set once by a
    `SupportReturn`: with it the database can tell open grants from returned ones. Equal to `since`, they were returned
    before they began.
    """

    line = models.ForeignKey(SupportLine, models.PROTECT, related_name="grants", verbose_name=_("지원 항목"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="grants", verbose_name=_("정예팀"))
    number = models.PositiveBigIntegerField(_("수량"))
    since = models.DateField(_("부터"))
    until = models.DateField(_("까지"), null=True, blank=True)
    returned_on = models.DateField(_("회수일"), null=True, blank=True)
    reallocates = models.OneToOneField(
        "SupportReturn", models.PROTECT, null=True, related_name="reallocated", verbose_name=_("재배정한 회수분")
    )
    reason = models.TextField(_("사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("지원 배정")
        verbose_name_plural = _("지원 배정")
        ordering = ("id",)
        triggers = [
            pgtrigger.Protect(
                name="grant_terms_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "line", "team", "number", "since", "until", "reallocates", "reason", "decision", "at"
                ),
            ),
            pgtrigger.Protect(
                name="grant_returned_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__returned_on__isnull=False),
            ),
            pgtrigger.Protect(name="grant_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="grant_begins_open",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__returned_on__isnull=False),
            ),
            pgtrigger.Trigger(
                name="grant_of_own_programme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_OWN_PROGRAMME,
            ),
            pgtrigger.Trigger(
                name="grant_returned_by_a_return",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("returned_on"),
                func=_RETURNED,
            ),
            pgtrigger.Trigger(
                name="grant_reallocates_what_was_returned",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__reallocates__isnull=False),
                func=_REALLOCATED,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="grant_number_positive",
                violation_error_message=_("수량은 1 이상이어야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="grant_period_in_order",
                violation_error_message=_("기간의 끝은 시작보다 앞설 수 없습니다."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | (Q(returned_on__gte=F("since")) & (Q(until__isnull=True) | Q(returned_on__lte=F("until")))),
                name="grant_returned_in_its_period",
                violation_error_message=_("회수일은 배정 기간 안에 있어야 합니다."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="grant_has_reason",
                violation_error_message=_("지원 배정에는 사유를 적어야 합니다."),
            ),
            ExclusionConstraint(
                name="grant_one_open_a_line_and_team",
                expressions=[
                    (same("line"), RangeOperators.OVERLAPS),
                    (same("team"), RangeOperators.OVERLAPS),
                    (_held(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("한 팀은 같은 지원을 같은 기간에 두 번 받을 수 없습니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.line}"

    @property
    def period(self) -> Period:
        """The days on which the team has it; of no day where it was returned before it began."""
        until = self.until if self.returned_on is None else self.returned_on - timedelta(days=1)
        return Period(self.since, until)


class SupportReturn(models.Model):
    """지원 회수: a team gives back what it was granted, from a day on, with the reason. The grant's row stays."""

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="returned", verbose_name=_("지원 배정"))
    reason = models.TextField(_("사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("지원 회수")
        verbose_name_plural = _("지원 회수")
        ordering = ("id",)
        triggers = [*append_only("support_return")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="support_return_has_reason",
                violation_error_message=_("지원 회수에는 사유를 적어야 합니다."),
            )
        ]

    def __str__(self) -> str:
        return _("{grant} 회수").format(grant=self.grant)
