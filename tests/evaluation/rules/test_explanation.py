"""A figure in words: each aggregate, scale and rounding with its own numbers, and what adds up."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.rules.aggregates import gather
from evaluation.rules.criteria import Criterion
from evaluation.rules.explanation import Step, number, steps, sum_steps
from evaluation.rules.scales import Linear, MinMax, ShareOfBest, ShareOfTarget, Spread
from evaluation.rules.scores import add_up, cell, total
from tests.evaluation.rules.test_scores import TREE


def explained(values, among=(0, 100), **rules):
    leaf = Criterion("leaf", Decimal(25), source=rules.pop("source", "measurements"), **rules)
    spread = Spread(*map(Fraction, among))
    found = cell(leaf, "a", gather(leaf, [Decimal(value) for value in values.split()]), spread)
    return steps(leaf, "a", found, spread)


def test_the_announced_index_in_three_steps():
    said = [Step(*map(str, vars(step).values())) for step in explained("47.4", scale=Linear(Fraction(25, 100)))]
    assert said == [
        Step("aggregate", "집계", "값 1개의 평균: 합 47.4 ÷ 1", "237/5 = 47.4", "237/5"),
        Step("scale", "환산", "비례 환산: 47.4 × 1/4", "237/20 = 11.85", "237/20"),
        Step("round", "반올림", "237/20 = 11.85 → 11.9 (소수 1자리까지 한 번만 반올림)", "11.9", "119/10"),
    ]


@pytest.mark.parametrize(
    ("values", "rules", "words"),
    [
        ("7 8 10", {}, "값 3개의 평균: 합 25 ÷ 3"),
        ("1 7 8 10", {"aggregate": "trimmed_mean"}, "최고 1개와 최저 1개를 뺀 2개의 합 15 ÷ 2"),
        ("7 8 10", {"aggregate": "median"}, "값 3개의 중앙값: 크기순으로 2번째 값"),
        ("7 8 9 10", {"aggregate": "median"}, "값 4개의 중앙값: 크기순으로 2번째와 3번째 값의 평균"),
        ("1 2", {"aggregate": "sum"}, "값 2개의 합계"),
        ("5", {"source": "direct"}, "직접 넣은 값 하나"),
    ],
)
def test_each_aggregate(values, rules, words):
    assert words in str(explained(values, **rules)[0].words)


@pytest.mark.parametrize(
    ("scale", "among", "words"),
    [
        (ShareOfBest(), (3, 9), "최고값 대비: 배점 25 × (25/3) ÷ 최고값 9"),
        (ShareOfTarget({"a": Decimal(10)}), (3, 9), "목표값 대비: 배점 25 × (25/3) ÷ 목표값 10"),
        (
            ShareOfTarget({"a": Decimal(5)}),
            (3, 9),
            "목표값 대비: 배점 25 × (25/3) ÷ 목표값 5, 배점을 넘으므로 배점까지만",
        ),
        (MinMax(), (3, 9), "최저·최고 사이: 배점 25 × ((25/3) − 최저 3) ÷ (최고 9 − 최저 3)"),
    ],
)
def test_each_scale(scale, among, words):
    assert str(explained("7 8 10", among, scale=scale)[1].words) == words


def test_who_is_neither_best_nor_least_where_all_are_the_same():
    assert str(explained("3", (3, 3), scale=MinMax())[1].words).endswith(", 모든 팀이 같으므로 모두 배점")
    assert str(explained("0", (0, 0), scale=ShareOfBest())[1].words).endswith(", 모든 팀이 0이므로 0점")


def test_too_few_values_have_no_steps():
    assert explained("1 2", quorum=3) == []


def test_a_parent_and_the_total_are_sums_of_rounded_scores():
    results = {"speed": Decimal("12.25"), "tests": Decimal("20.5"), "code": Decimal(7), "expert": Decimal("30.125")}
    scores = add_up(TREE, results)
    (step,) = sum_steps(TREE, "model", scores, total(TREE, results))
    assert (step.kind, step.figure, step.exact) == ("sum", "39.75", "159/4")
    assert str(step.words).startswith("12.25 + 27.5 (")
    (step,) = sum_steps(TREE, None, scores, total(TREE, results))
    assert (step.figure, str(step.words).startswith("39.75 + 30.125 (")) == ("69.875", True)
    missing = add_up(TREE, results | {"tests": None})
    assert sum_steps(TREE, "model", missing, None) == sum_steps(TREE, None, missing, None) == []


def test_a_fraction_is_told_exactly_whatever_its_length():
    assert number(Fraction(25, 3)) == "25/3 ≈ 8.333333"
    assert number(Fraction("12345678901234567890123456789012345.5")).endswith(
        " = 12345678901234567890123456789012345.5"
    )
