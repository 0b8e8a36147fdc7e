from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models.organisation import DatedQuerySet, Organisation, days, same
from consortia.models.programme import Programme, code_constraint
from core.indexes import prefix_index
from core.models import Account
from core.names import Named


class Team(Named, models.Model):
    """정예팀: a consortium that takes part, or may answer a call. `applied_before`: it stood in an earlier call."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="teams", verbose_name=_("사업"))
    code = models.CharField(_("코드"), max_length=64)
    name_ko = models.CharField(_("팀명"), max_length=200)
    name_en = models.CharField(_("영문 팀명"), max_length=200)
    applied_before = models.BooleanField(_("최초 공모 접수"), default=False)

    class Meta:
        verbose_name = _("정예팀")
        verbose_name_plural = _("정예팀")
        ordering = ("code",)
        indexes = [
            prefix_index("code", name="team_code_begins"),
            prefix_index("name_ko", name="team_name_ko_begins"),
            prefix_index("name_en", name="team_name_en_begins"),
        ]
        constraints = [
            code_constraint("team"),
            models.UniqueConstraint(fields=["programme", "code"], name="team_code_once"),
        ]


class Membership(models.Model):
    """An organisation's part in a team, for a time. One organisation may sit in several teams at once."""

    class Part(models.TextChoices):
        LEAD = "lead", _("주관기관")
        MEMBER = "member", _("참여기관")

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships", verbose_name=_("정예팀"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("기관"))
    part = models.CharField(_("역할"), max_length=8, choices=Part.choices, default=Part.MEMBER)
    since = models.DateField(_("부터"), null=True)
    until = models.DateField(_("까지"), null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("참여기관")
        verbose_name_plural = _("참여기관")
        constraints = [
            models.CheckConstraint(condition=Q(part__in=["lead", "member"]), name="membership_part_known"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="membership_once_a_day",
                expressions=[
                    (same("team"), RangeOperators.OVERLAPS),
                    (same("organisation"), RangeOperators.OVERLAPS),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="membership_one_lead_a_day",
                expressions=[(same("team"), RangeOperators.OVERLAPS), (days(), RangeOperators.OVERLAPS)],
                condition=Q(part="lead"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_part_display()})"


class TeamPerson(models.Model):
    """A person who may act for a team: hand in papers, ask, withdraw, object, apply."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="people", verbose_name=_("정예팀"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="teams", verbose_name=_("사람"))

    class Meta:
        verbose_name = _("팀 담당자")
        verbose_name_plural = _("팀 담당자")
        constraints = [models.UniqueConstraint(fields=["team", "account"], name="team_person_once")]

    def __str__(self) -> str:
        return f"{self.account} · {self.team}"
