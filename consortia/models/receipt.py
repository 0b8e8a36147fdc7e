import re
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models.programme import Programme


class Receipt(models.Model):
    """접수증: the number and the moment under which something was received. Never changed.

    Numbers run in each programme and year, without gaps. `ledger_number` and `ledger_head` are the newest sealed block
    of the ledger at that moment: whoever keeps the receipt keeps an anchor, with which a ledger that was cut back or
    written anew is found out. The receipt's own block follows it (`core.queries.sealed_in`).
    """

    WORD: ClassVar[str] = ""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("사업"))
    year = models.PositiveSmallIntegerField(_("연도"))
    sequence = models.PositiveIntegerField(_("순번"))
    at = models.DateTimeField(_("접수 시각"))
    ledger_number = models.BigIntegerField(_("원장 블록"))
    ledger_head = models.CharField(_("원장 머리값"), max_length=64)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "sequence"], name="%(class)s_number_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="%(class)s_number_from_one"),
            models.CheckConstraint(condition=Q(ledger_head__regex=r"^[0-9a-f]{64}$"), name="%(class)s_has_head"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as people read it, for instance 2026-이의-0001."""
        return f"{self.year}-{self.WORD}-{self.sequence:04d}"

    @classmethod
    def quoted(cls, text: str) -> tuple[int, int] | None:
        """Year and sequence of a number as people write it; None where the text is no number of such a receipt."""
        found = re.fullmatch(rf"\s*([0-9]{{4}})-{cls.WORD}-([0-9]{{1,9}})\s*", text)
        return (int(found[1]), int(found[2])) if found else None
