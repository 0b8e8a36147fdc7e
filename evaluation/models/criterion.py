import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from consortia.models.programme import code_constraint
from core.fields import ExactDecimalField
from core.names import Named
from evaluation.models.round import Round
from evaluation.states import Aggregate, ScaleKind, Source

_REFUSE = """
    IF (SELECT state FROM evaluation_round WHERE id = COALESCE(NEW.round_id, OLD.round_id)) <> 'draft' THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def frozen_when_open(name: str) -> pgtrigger.Trigger:
    """Refuse any change to the rows of a round that has been opened: what teams were told beforehand stays."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_REFUSE.format(name=name),
    )


# An open round's criterion takes on what a later version in force says of it, and nothing else.
_CRITERION = """
    IF (SELECT state FROM evaluation_round WHERE id = COALESCE(NEW.round_id, OLD.round_id)) <> 'draft'
        AND NOT (TG_OP = 'UPDATE' AND NEW.version > OLD.version
            AND ROW(NEW.id, NEW.round_id, NEW.code, NEW.parent_id, NEW.source, NEW.position)
                IS NOT DISTINCT FROM ROW(OLD.id, OLD.round_id, OLD.code, OLD.parent_id, OLD.source, OLD.position)
            AND EXISTS (
                SELECT 1 FROM evaluation_criteriaversion v
                JOIN evaluation_round r ON r.id = v.round_id AND r.state = 'scoring'
                CROSS JOIN LATERAL jsonb_array_elements(v.rules) AS laid(down)
                WHERE v.round_id = NEW.round_id AND v.state = 'in_force' AND v.number = NEW.version
                    AND down->>'code' = NEW.code
                    AND down->'name'->>'ko' = NEW.name_ko AND down->'name'->>'en' = NEW.name_en
                    AND (down->>'points')::numeric = NEW.points AND down->>'aggregate' = NEW.aggregate
                    AND (down->>'trim')::integer = NEW.trim AND (down->>'places')::integer = NEW.places
                    AND (down->>'quorum')::integer IS NOT DISTINCT FROM NEW.quorum
                    AND down->'scale'->>'kind' = NEW.scale
                    AND down->'scale'->>'factor'
                        IS NOT DISTINCT FROM NEW.factor_numerator || '/' || NEW.factor_denominator)) THEN
        RAISE EXCEPTION 'criterion_frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""

# In an open round a target is added or changed as a version in force says, and not otherwise.
_TARGET = """
    IF (SELECT r.state FROM evaluation_round r JOIN evaluation_criterion c ON c.round_id = r.id
        WHERE c.id = COALESCE(NEW.criterion_id, OLD.criterion_id)) <> 'draft'
        AND NOT (TG_OP <> 'DELETE' AND COALESCE(OLD.criterion_id = NEW.criterion_id AND OLD.team_id = NEW.team_id, true)
            AND EXISTS (
                SELECT 1 FROM evaluation_criterion c
                JOIN evaluation_round r ON r.id = c.round_id AND r.state = 'scoring'
                JOIN evaluation_criteriaversion v ON v.round_id = r.id AND v.state = 'in_force' AND v.number > 1
                JOIN consortia_team t ON t.id = NEW.team_id
                CROSS JOIN LATERAL jsonb_array_elements(v.rules) AS laid(down)
                WHERE c.id = NEW.criterion_id AND down->>'code' = c.code
                    AND (down->'scale'->'targets'->>t.code)::numeric = NEW.value)) THEN
        RAISE EXCEPTION 'target_frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class Criterion(Named, models.Model):
    """평가항목: a node of the criteria tree. A parent's points are the sum of its children's; a leaf has a source.

    `quorum` null means the least that its aggregate needs. A `linear` factor is kept as the fraction it was written.
    `version` is the version of the round's criteria (`CriteriaVersion`) that last changed it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="criteria", verbose_name=_("단계평가"))
    code = models.CharField(_("코드"), max_length=64)
    name_ko = models.CharField(_("항목명"), max_length=200)
    name_en = models.CharField(_("영문 항목명"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("상위 항목")
    )
    position = models.PositiveSmallIntegerField(_("순서"))
    points = ExactDecimalField(_("배점"))
    source = models.CharField(_("자료"), max_length=16, choices=Source.choices, null=True, blank=True)  # noqa: DJ001 - null: a parent has none
    aggregate = models.CharField(_("집계"), max_length=16, choices=Aggregate.choices, default=Aggregate.MEAN)
    trim = models.PositiveSmallIntegerField(_("제외 개수"), default=1)
    quorum = models.PositiveIntegerField(_("최소 값 수"), null=True, blank=True)
    scale = models.CharField(_("환산"), max_length=16, choices=ScaleKind.choices, default=ScaleKind.POINTS)
    factor_numerator = models.PositiveBigIntegerField(null=True, blank=True)
    factor_denominator = models.PositiveBigIntegerField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("소수 자릿수"), default=1)
    version = models.PositiveSmallIntegerField(_("평가기준 판"), default=1)

    class Meta:
        verbose_name = _("평가항목")
        verbose_name_plural = _("평가항목")
        ordering = ("round_id", "position")
        triggers = [
            pgtrigger.Trigger(
                name="criterion_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_CRITERION,
            )
        ]
        constraints = [
            code_constraint("criterion"),
            models.UniqueConstraint(fields=["round", "code"], name="criterion_code_once"),
            models.UniqueConstraint(fields=["round", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="criterion_points_positive"),
            models.CheckConstraint(condition=Q(places__lte=6), name="criterion_places_bounded"),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | Q(source__in=Source.values), name="criterion_source_known"
            ),
            models.CheckConstraint(condition=Q(aggregate__in=Aggregate.values), name="criterion_aggregate_known"),
            models.CheckConstraint(condition=Q(scale__in=ScaleKind.values), name="criterion_scale_known"),
            models.CheckConstraint(
                condition=Q(
                    scale="linear",
                    factor_numerator__isnull=False,
                    factor_numerator__gte=1,
                    factor_denominator__isnull=False,
                    factor_denominator__gte=1,
                )
                | (~Q(scale="linear") & Q(factor_numerator__isnull=True, factor_denominator__isnull=True)),
                name="criterion_linear_has_factor",
            ),
            models.CheckConstraint(
                condition=Q(quorum__isnull=True) | Q(quorum__gte=1), name="criterion_quorum_positive"
            ),
        ]


class Target(models.Model):
    """The value that gives a team the full points of a `share_of_target` criterion."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="targets", verbose_name=_("평가항목"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("정예팀"))
    value = ExactDecimalField(_("목표값"))

    class Meta:
        verbose_name = _("목표값")
        verbose_name_plural = _("목표값")
        triggers = [
            pgtrigger.Trigger(
                name="target_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_TARGET,
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "team"], name="target_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="target_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} · {self.team}: {self.value}"


class Gate(Named, models.Model):
    """요건: something a team must meet to advance, apart from its score. It never changes a score or a rank."""

    class Rule(models.TextChoices):
        MAJORITY = "majority", _("과반")

    round = models.ForeignKey(Round, models.PROTECT, related_name="gates", verbose_name=_("단계평가"))
    code = models.CharField(_("코드"), max_length=64)
    name_ko = models.CharField(_("요건명"), max_length=200)
    name_en = models.CharField(_("영문 요건명"), max_length=200)
    position = models.PositiveSmallIntegerField(_("순서"))
    rule = models.CharField(_("판정 규칙"), max_length=16, choices=Rule.choices, default=Rule.MAJORITY)

    class Meta:
        verbose_name = _("요건")
        verbose_name_plural = _("요건")
        ordering = ("round_id", "position")
        triggers = [frozen_when_open("gate_frozen")]
        constraints = [
            code_constraint("gate"),
            models.UniqueConstraint(fields=["round", "code"], name="gate_code_once"),
            models.CheckConstraint(condition=Q(rule__in=["majority"]), name="gate_rule_known"),
        ]
