from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.append_only import append_only
from core.models import Decision
from evaluation.models.round import Round
from evaluation.models.standing import Snapshot


class Correction(models.Model):
    """정정: a batch of changes to an announced result, decided by two officials and published as the next snapshot.

    Nothing is edited: the changes are new rows that supersede, and the earlier snapshot stays readable. `items` are the
    changes as they were decided. `moves` are team -> fact (`evaluation.queries.comparing.facts`) -> the numbers of the
    items that moved it, from 1, when they were done one after the other; None where that was not looked at.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="corrections", verbose_name=_("단계평가"))
    items = models.JSONField(_("정정 내용"))
    moves = models.JSONField(_("움직인 값"), null=True)
    reason = models.TextField(_("사유"))
    before = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("정정 전 순위표"))
    after = models.OneToOneField(Snapshot, models.PROTECT, related_name="correction", verbose_name=_("정정 후 순위표"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("정정")
        verbose_name_plural = _("정정")
        ordering = ("id",)
        triggers = [*append_only("correction")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="correction_makes_another_snapshot"),
        ]

    def __str__(self) -> str:
        return _("{round} 정정").format(round=self.round)

    def moving(self, team: str, fact: str) -> list[int]:
        """Numbers of the items that moved a fact of a team; all of them where that was not looked at."""
        if self.moves is None:
            return list(range(1, len(self.items) + 1))
        found: list[int] = self.moves.get(team, {}).get(fact, [])
        return found


def teams_of(item: Mapping[str, Any]) -> Collection[str]:
    """Codes of the teams that one of a correction's items is about: all that an order ranks, or the one that it names.

    An order has no `team`: whoever asks an item for it must ask here.
    """
    ((_kind, fields),) = item.items()
    return fields["order"] if "order" in fields else [fields["team"]]


class NameCorrection(models.Model):
    """A team's published name put right, decided with a correction: what it was and what it is, in one language.

    The team's own row bears the new name from then on; a result that was published before is still shown with the name
    under which it was published (`evaluation.queries.names`).
    """

    class Language(models.TextChoices):
        KO = "ko", _("한글 이름")
        EN = "en", _("영문 이름")

    team = models.ForeignKey(Team, models.PROTECT, related_name="name_corrections", verbose_name=_("정예팀"))
    language = models.CharField(_("언어"), max_length=2, choices=Language.choices)
    was = models.CharField(_("정정 전 이름"), max_length=200)
    name = models.CharField(_("정정한 이름"), max_length=200)
    reason = models.TextField(_("사유"))
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name=_("결재"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("이름 정정")
        verbose_name_plural = _("이름 정정")
        ordering = ("id",)
        triggers = [*append_only("name_correction")]
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["ko", "en"]), name="name_correction_language_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(name=F("was")), name="name_correction_names_anew"),
            models.CheckConstraint(condition=~Q(reason=""), name="name_correction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.name}"
