"""What a round lays down, read from its rows into the plain objects that `evaluation.rules` works on."""

from fractions import Fraction

from django.db.models import prefetch_related_objects

from evaluation.models import Criterion, Round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear, MinMax, Points, Scale, ShareOfBest, ShareOfTarget
from evaluation.rules.standings import RoundRules
from evaluation.states import ScaleKind, Source

OF_ROUND = ("criteria", "gates")
"""What a round's rules are read from, for `prefetch_related`: whoever asks for them several times reads them once."""


def round_rules(round: Round) -> RoundRules:
    """The round's rules, in three queries whatever its size."""
    return RoundRules(
        criteria=criteria_rules(round),
        gates=tuple(gate.code for gate in round.gates.all()),
        seats=round.seats,
        vacancy=round.vacancy,
        floor=round.floor,
        ties=tuple(round.ties),
        mean_places=round.mean_places,
    )


def takes(round: Round, source: Source) -> bool:
    """Whether anything in the round is scored from that source."""
    return any(criterion.source == source for criterion in round.criteria.all())


def criteria_rules(round: Round) -> tuple[Rule, ...]:
    """The criteria in their order."""
    return tuple(criterion_rule(row) for row in criteria_rows(round))


def criteria_rows(round: Round) -> list[Criterion]:
    """The criteria's rows in their order, each knowing the one above it, with their targets; in two queries."""
    rows = list(round.criteria.all())
    by_pk = {row.pk: row for row in rows}
    for row in rows:
        row.parent = by_pk[row.parent_id] if row.parent_id else None
    prefetch_related_objects([row for row in rows if row.scale == ScaleKind.SHARE_OF_TARGET], "targets__team")
    return rows


def criterion_rule(row: Criterion) -> Rule:
    """One criterion as a rule."""
    return Rule(
        code=row.code,
        points=row.points,
        under=row.parent.code if row.parent else None,
        source=row.source,
        aggregate=row.aggregate,
        trim=row.trim,
        quorum=row.quorum,
        scale=_scale(row),
        places=row.places,
    )


def _scale(row: Criterion) -> Scale:
    if row.scale == "linear":
        if row.factor_numerator is None or row.factor_denominator is None:
            raise ValueError(f"{row.code}: a linear scale without a factor")  # criterion_linear_has_factor forbids it
        return Linear(Fraction(row.factor_numerator, row.factor_denominator))
    if row.scale == "share_of_target":
        return ShareOfTarget({target.team.code: target.value for target in row.targets.all()})
    simple: dict[str, Scale] = {"points": Points(), "share_of_best": ShareOfBest(), "min_max": MinMax()}
    return simple[row.scale]
