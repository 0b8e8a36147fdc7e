from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.aggregates import Gathered, gather
from evaluation.rules.criterion import Criterion, least_values

VALUES = st.lists(st.decimals(min_value=0, max_value=100, places=2), max_size=12)


def leaf(**rules):
    return Criterion("leaf", Decimal(10), source="measurements", **rules)


def numbers(*values):
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("rules", "values", "expected"),
    [
        ({}, numbers("8", "8", "9"), Fraction(25, 3)),
        ({}, numbers("0"), Fraction(0)),
        ({"aggregate": "sum"}, numbers("0.1", "0.2"), Fraction(3, 10)),
        ({"aggregate": "median"}, numbers("9", "1", "5"), Fraction(5)),
        ({"aggregate": "median"}, numbers("9", "1", "5", "6"), Fraction(11, 2)),
        ({"aggregate": "median"}, numbers("7"), Fraction(7)),
        ({"aggregate": "trimmed_mean"}, numbers("10", "0", "4", "5"), Fraction(9, 2)),
        ({"aggregate": "trimmed_mean"}, numbers("10", "10", "4"), Fraction(10)),
        ({"aggregate": "trimmed_mean", "trim": 2}, numbers("9", "1", "8", "2", "5"), Fraction(5)),
    ],
)
def test_aggregates_are_exact(rules, values, expected):
    assert gather(leaf(**rules), values) == Gathered(len(values), expected)


@pytest.mark.parametrize(
    ("rules", "least"),
    [
        ({}, 1),
        ({"aggregate": "sum"}, 1),
        ({"aggregate": "median"}, 1),
        ({"trim": 4}, 1),
        ({"aggregate": "trimmed_mean"}, 3),
        ({"aggregate": "trimmed_mean", "trim": 2}, 5),
        ({"aggregate": "trimmed_mean", "trim": 2, "quorum": 8}, 8),
        ({"quorum": 3}, 3),
    ],
)
def test_fewer_values_than_the_quorum_are_missing_and_not_zero(rules, least):
    assert least_values(leaf(**rules)) == least
    assert gather(leaf(**rules), [Decimal(5)] * (least - 1)) == Gathered(least - 1, None)
    assert gather(leaf(**rules), [Decimal(5)] * least).aggregate is not None


def test_direct_points_are_one_value():
    direct = Criterion("leaf", Decimal(10), source="direct")
    assert gather(direct, numbers("9.25")) == Gathered(1, Fraction(37, 4))
    with pytest.raises(ValueError, match="one value, not 2"):
        gather(direct, numbers("9", "9"))


def test_an_unknown_aggregate_is_no_mean():
    with pytest.raises(KeyError, match="mode"):
        gather(leaf(aggregate="mode"), numbers("1"))


@given(VALUES, st.sampled_from(["mean", "median", "sum", "trimmed_mean"]), st.randoms())
def test_the_order_of_values_has_no_part_in_it(values, aggregate, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    assert gather(leaf(aggregate=aggregate), values) == gather(leaf(aggregate=aggregate), shuffled)


@given(VALUES, st.sampled_from(["mean", "median", "trimmed_mean"]))
def test_a_middle_lies_between_the_least_and_the_most(values, aggregate):
    middle = gather(leaf(aggregate=aggregate), values).aggregate
    assert middle is None or min(values) <= middle <= max(values)


@given(st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=5), st.decimals(0, 100, places=2))
def test_one_judge_alone_cannot_leave_the_marks_of_the_others(marks, mark):
    trimmed = gather(leaf(aggregate="trimmed_mean"), [*marks, mark]).aggregate
    assert min(marks) <= trimmed <= max(marks)
