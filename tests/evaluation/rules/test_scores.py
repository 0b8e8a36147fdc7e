from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.rules.aggregates import gather
from evaluation.rules.criteria import Criterion
from evaluation.rules.scales import Linear, MinMax, ShareOfBest, ShareOfTarget, Spread
from evaluation.rules.scores import Cell, add_up, cell, out_of_bounds, total

TREE = (
    Criterion("model", Decimal(60)),
    Criterion("speed", Decimal(20), under="model", source="direct", places=2),
    Criterion("quality", Decimal(40), under="model"),
    Criterion("tests", Decimal(30), under="quality", source="measurements"),
    Criterion("code", Decimal(10), under="quality", source="direct", places=0),
    Criterion("expert", Decimal(40), source="sheets", places=3),
)


def numbers(*values):
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("rules", "values", "expected"),
    [
        ({"scale": Linear(Fraction(25, 100))}, numbers("47.4"), "11.9"),
        ({"scale": Linear(Fraction(3, 10))}, numbers("8", "8", "9"), "2.5"),
        ({"places": 2}, numbers("9.475"), "9.48"),
        ({"places": 0}, numbers("9.475"), "9"),
        ({}, numbers("9"), "9.0"),
    ],
)
def test_the_result_is_rounded_once_on_the_exact_value(rules, values, expected):
    leaf = Criterion("leaf", Decimal(25), source="measurements", **rules)
    found = cell(leaf, "a", gather(leaf, values), Spread(Fraction(0), Fraction(100)))
    assert str(found.points) == expected


def test_direct_points_are_rounded_like_the_rest():
    leaf = Criterion("leaf", Decimal(10), source="direct")
    assert cell(leaf, "a", gather(leaf, numbers("9.25")), Spread(Fraction(9), Fraction(9))).points == Decimal("9.3")


def test_too_few_values_leave_a_cell_with_only_their_count():
    leaf = Criterion("leaf", Decimal(10), source="sheets", quorum=3)
    assert cell(leaf, "a", gather(leaf, numbers("9", "8")), None) == Cell(count=2)


def test_parents_and_totals_are_printed_with_the_most_places_below_them():
    results = {"speed": Decimal("12.25"), "tests": Decimal("20.5"), "code": Decimal(7), "expert": Decimal("30.125")}
    shown = {code: str(score) for code, score in add_up(TREE, results).items()}
    assert shown == {
        "model": "39.75",
        "speed": "12.25",
        "quality": "27.5",
        "tests": "20.5",
        "code": "7",
        "expert": "30.125",
    }
    assert str(total(TREE, results)) == "69.875"


def test_a_missing_leaf_leaves_all_above_it_without_a_score():
    results = {"speed": Decimal("12.25"), "tests": None, "code": Decimal(7), "expert": Decimal("30.125")}
    assert add_up(TREE, results) == {**results, "model": None, "quality": None}
    assert list(add_up(TREE, results)) == [criterion.code for criterion in TREE]
    assert total(TREE, results) is None


@pytest.mark.parametrize(
    ("source", "rules", "values", "beyond"),
    [
        ("direct", {}, numbers("10"), False),
        ("direct", {}, numbers("10.04"), False),
        ("direct", {}, numbers("10.05"), True),
        ("direct", {}, numbers("-0.01"), True),
        ("direct", {}, [], False),
        ("sheets", {}, numbers("10", "0"), False),
        ("sheets", {}, numbers("10.01", "0"), True),
        ("sheets", {"quorum": 3}, numbers("11"), True),
        ("sheets", {"aggregate": "sum"}, numbers("6", "6"), True),
        ("measurements", {}, numbers("15", "5"), False),
        ("measurements", {}, numbers("15", "6"), True),
        ("measurements", {}, numbers("-1", "9"), True),
        ("measurements", {"quorum": 2}, numbers("11"), False),
        ("measurements", {"scale": Linear(Fraction(1, 10))}, numbers("100"), False),
        ("measurements", {"scale": Linear(Fraction(1, 10))}, numbers("101"), True),
        ("measurements", {"scale": ShareOfTarget({"a": Decimal(5)})}, numbers("500"), False),
        ("responses", {"scale": ShareOfBest()}, numbers("500", "400"), False),
        ("responses", {"scale": ShareOfBest()}, numbers("0"), False),
        ("responses", {"scale": MinMax()}, numbers("500"), False),
    ],
)
def test_what_an_event_may_not_cause(source, rules, values, beyond):
    assert out_of_bounds(Criterion("leaf", Decimal(10), source=source, **rules), "a", values) is beyond
