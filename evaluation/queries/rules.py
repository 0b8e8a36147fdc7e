"""What a round lays down, read from its rows into the plain objects that `evaluation.rules` works on."""

from fractions import Fraction

from evaluation.models import Criterion, Round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear, MinMax, Points, Scale, ShareOfBest, ShareOfTarget
from evaluation.rules.standings import RoundRules


def round_rules(round: Round) -> RoundRules:
    """The round's rules, in three queries whatever its size."""
    return RoundRules(
        criteria=criteria_rules(round),
        gates=tuple(round.gates.values_list("code", flat=True)),
        seats=round.seats,
        vacancy=round.vacancy,
        floor=round.floor,
        ties=tuple(round.ties),
        mean_places=round.mean_places,
    )


def criteria_rules(round: Round) -> tuple[Rule, ...]:
    """The criteria in their order."""
    rows = round.criteria.select_related("parent").prefetch_related("targets__team")
    return tuple(criterion_rule(row) for row in rows)


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
