import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models import Account
from evaluation.models.criterion import Criterion

# Whoever judges later would else judge by other words than whoever has judged.
_BEFORE_SHEETS = """
    IF EXISTS (
        SELECT 1 FROM evaluation_criterion c
        JOIN evaluation_entry e ON e.round_id = c.round_id JOIN evaluation_sheet s ON s.entry_id = e.id
        WHERE c.id = NEW.criterion_id) THEN
        RAISE EXCEPTION 'guidance_before_sheets' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Guidance(models.Model):
    """평가 지침: what an expert is to look for when marking a criterion. The newest counts; an empty one takes it back.

    It is no part of the rules: a result follows from the criteria and the marks, whatever the guidance said.
    """

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="guidance", verbose_name=_("평가항목"))
    text = models.TextField(_("평가 지침"), blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("작성자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("평가 지침")
        verbose_name_plural = _("평가 지침")
        ordering = ("id",)
        triggers = [
            *append_only("guidance"),
            pgtrigger.Trigger(
                name="guidance_before_sheets",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BEFORE_SHEETS,
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)
