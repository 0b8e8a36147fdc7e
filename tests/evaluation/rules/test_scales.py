from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.scales import (
    KINDS,
    Linear,
    MinMax,
    Points,
    Scale,
    ShareOfBest,
    ShareOfTarget,
    Spread,
    scaled,
    spread,
)

FULL = Decimal(25)
AGGREGATES = st.lists(st.fractions(min_value=0, max_value=1000, max_denominator=97), min_size=1, max_size=6)
RELATIVE = st.sampled_from([ShareOfBest(), MinMax(), ShareOfTarget({"a": Decimal("88.5")})])


def points_for(scale, aggregate, *others, team="a"):
    among = spread([Fraction(aggregate), *map(Fraction, others)])
    return scaled(scale, Fraction(aggregate), points=FULL, team=team, among=among)


@pytest.mark.parametrize(
    ("scale", "aggregates", "expected"),
    [
        (Points(), ["17.25"], Fraction(69, 4)),
        (Linear(Fraction(25, 100)), ["47.4"], Fraction("11.85")),
        (Linear(Fraction(3, 10)), [Fraction(25, 3)], Fraction(5, 2)),
        (Linear(Fraction(1, 3)), ["10"], Fraction(10, 3)),
        (ShareOfBest(), ["60", "80"], Fraction(75, 4)),
        (ShareOfBest(), ["80", "60"], Fraction(25)),
        (ShareOfBest(), ["0", "80"], Fraction(0)),
        (ShareOfBest(), ["0", "0"], Fraction(0)),
        (ShareOfTarget({"a": Decimal(80), "b": Decimal(60)}), ["60"], Fraction(75, 4)),
        (ShareOfTarget({"a": Decimal(80)}), ["80"], Fraction(25)),
        (ShareOfTarget({"a": Decimal(80)}), ["81"], Fraction(25)),
        (MinMax(), ["60", "50", "80"], Fraction(25, 3)),
        (MinMax(), ["50", "60", "80"], Fraction(0)),
        (MinMax(), ["80", "60", "50"], Fraction(25)),
        (MinMax(), ["50", "50"], Fraction(25)),
        (MinMax(), ["0"], Fraction(25)),
    ],
)
def test_each_scale_is_exact(scale, aggregates, expected):
    assert points_for(scale, *aggregates) == expected


def test_a_target_is_the_teams_own():
    scale = ShareOfTarget({"a": Decimal(80), "b": Decimal(60)})
    assert points_for(scale, 40, team="a") == Fraction(25, 2)
    assert points_for(scale, 40, team="b") == Fraction(50, 3)


def test_every_scale_has_a_name_in_files():
    assert set(KINDS.values()) == set(Scale.__args__)


def test_nobody_with_an_aggregate_leaves_no_spread():
    assert spread([]) is None
    assert spread([Fraction(2), Fraction(1)]) == Spread(least=Fraction(1), best=Fraction(2))


@given(RELATIVE, AGGREGATES)
def test_a_relative_scale_stays_within_its_points(scale, aggregates):
    assert 0 <= points_for(scale, *aggregates) <= 25


@given(st.sampled_from([ShareOfBest(), MinMax()]), AGGREGATES)
def test_the_best_has_full_points_unless_all_are_zero(scale, aggregates):
    best = max(aggregates)
    expected = 0 if best == 0 and scale == ShareOfBest() else 25
    assert points_for(scale, best, *aggregates) == expected


@given(st.one_of(RELATIVE, st.just(Points()), st.just(Linear(Fraction(1, 7)))), AGGREGATES)
def test_who_has_more_never_gets_less(scale, aggregates):
    points = [points_for(scale, aggregate, *aggregates) for aggregate in sorted(aggregates)]
    assert points == sorted(points)
