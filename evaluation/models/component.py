"""구성 요소 신고: what a team declares of each component of its model, and the papers that it names for it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.models import Account
from evaluation.models.criterion import Gate
from evaluation.models.entry import Entry
from evaluation.models.paper import Document
from evaluation.states import Origin

_GATE_OF_THE_ROUND = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_entry e JOIN evaluation_gate g ON g.round_id = e.round_id
        WHERE e.id = NEW.entry_id AND g.id = NEW.gate_id) THEN
        RAISE EXCEPTION 'component_declaration_of_the_round' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_PAPER_OF_THE_TEAM = """
    IF NOT EXISTS (
        SELECT 1 FROM evaluation_componentdeclaration c
        JOIN evaluation_entry e ON e.id = c.entry_id
        JOIN evaluation_document d ON d.round_id = e.round_id AND d.team_id = e.team_id
        WHERE c.id = NEW.declaration_id AND d.id = NEW.document_id) THEN
        RAISE EXCEPTION 'declared_evidence_of_the_team' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ComponentDeclaration(models.Model):
    """A team's declaration where a component of its model comes from, as evidence for a gate. None is ever changed.

    The newest that came in time counts; earlier ones stay readable, and one that came after the close of evidence is
    kept, stamped and not considered. It is what experts judge by, like a paper, and no input to the count: neither the
    digests of a round's inputs nor the archive of its result (`export_round`) know of it.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="declarations", verbose_name=_("참여팀"))
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="declarations", verbose_name=_("요건"))
    component = models.CharField(_("구성 요소"), max_length=100)
    origin = models.CharField(_("출처"), max_length=16, choices=Origin.choices)
    statement = models.TextField(_("신고 내용"))
    papers = models.ManyToManyField(
        Document, through="DeclaredEvidence", related_name="declarations", verbose_name=_("근거 자료")
    )
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("신고자"))
    at = models.DateTimeField(_("신고 시각"))
    late = models.BooleanField(_("기한 경과"))
    not_considered_because = models.TextField(_("반영하지 않은 이유"), blank=True)

    class Meta:
        verbose_name = _("구성 요소 신고")
        verbose_name_plural = _("구성 요소 신고")
        ordering = ("id",)
        triggers = [
            *append_only("component_declaration"),
            pgtrigger.Trigger(
                name="component_declaration_of_the_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_GATE_OF_THE_ROUND,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(component="") & ~Q(statement=""),
                name="component_declaration_says_what",
                violation_error_message=_("구성 요소의 이름과 신고 내용을 적어야 합니다."),
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values),
                name="component_declaration_origin_known",
                violation_error_message=_("없는 출처입니다."),
            ),
            models.CheckConstraint(
                condition=Q(late=False, not_considered_because="") | (Q(late=True) & ~Q(not_considered_because="")),
                name="component_declaration_late_has_reason",
                violation_error_message=_("반영하지 않은 신고에는 이유가 있어야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} · {self.get_origin_display()}"

    @property
    def why_not(self) -> str:
        """The reason why it is not considered, in the language of whoever reads it; what is stored is Korean."""
        return self.entry.round.lateness(self.at)


class DeclaredEvidence(models.Model):
    """A paper that a declaration names: one of the same team in the same round."""

    declaration = models.ForeignKey(
        ComponentDeclaration, models.PROTECT, related_name="evidence", verbose_name=_("구성 요소 신고")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("제출 자료"))

    class Meta:
        verbose_name = _("신고의 근거 자료")
        verbose_name_plural = _("신고의 근거 자료")
        ordering = ("id",)
        triggers = [
            *append_only("declared_evidence"),
            pgtrigger.Trigger(
                name="declared_evidence_of_the_team",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_PAPER_OF_THE_TEAM,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "document"],
                name="declared_evidence_once",
                violation_error_message=_("한 신고에 같은 자료를 두 번 들 수 없습니다."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.declaration} · {self.document}"
