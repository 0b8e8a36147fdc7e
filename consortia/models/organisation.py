from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from consortia.models.programme import Programme, code_constraint
from core.indexes import prefix_index
from core.models import Account
from core.names import Named


def same(field: str) -> Func:
    """The field as a range of itself alone, so that an exclusion needs no extension of the database."""
    return Func(F(field), F(field), Value("[]"), function="int8range", output_field=models.TextField())


def days(since: str = "since", until: str = "until") -> Func:
    """The days from `since` to `until`, both included; an open end where one is null."""
    return Func(F(since), F(until), Value("[]"), function="daterange", output_field=models.TextField())


def held_on(row: str, day: str) -> str:
    """What `DatedQuerySet.on` asks, as SQL."""
    return f"COALESCE({row}.since <= {day}, true) AND COALESCE({row}.until >= {day}, true)"


class DatedQuerySet(models.QuerySet[models.Model]):
    """Rows that hold from `since` until `until`, both included; open where null."""

    def on(self, day: date) -> "DatedQuerySet":
        """Those that hold on that day."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day),
            Q(until__isnull=True) | Q(until__gte=day),
        )


class Organisation(Named, models.Model):
    """A company, university or institute that takes part in teams or employs experts."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="organisations", verbose_name=_("사업"))
    code = models.CharField(_("코드"), max_length=64)
    name_ko = models.CharField(_("기관명"), max_length=200)
    name_en = models.CharField(_("영문 기관명"), max_length=200)

    class Meta:
        verbose_name = _("기관")
        verbose_name_plural = _("기관")
        ordering = ("code",)
        indexes = [
            prefix_index("code", name="organisation_code_begins"),
            prefix_index("name_ko", name="organisation_name_ko_begins"),
            prefix_index("name_en", name="organisation_name_en_begins"),
        ]
        constraints = [
            code_constraint("organisation"),
            models.UniqueConstraint(fields=["programme", "code"], name="organisation_code_once"),
        ]


class Affiliation(models.Model):
    """The organisation to which a person belongs, for a time. At most one on any day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="affiliations", verbose_name=_("사람"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people", verbose_name=_("기관"))
    since = models.DateField(_("부터"), null=True)
    until = models.DateField(_("까지"), null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("소속")
        verbose_name_plural = _("소속")
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="affiliation_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="affiliation_one_a_day",
                expressions=[(same("account"), RangeOperators.OVERLAPS), (days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.organisation}"
