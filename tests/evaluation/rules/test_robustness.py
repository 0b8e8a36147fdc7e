"""Agreement against published examples, chance that is exact and repeats itself, and who stands apart."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.points import round_half_up
from evaluation.rules.agreement import alpha
from evaluation.rules.chance import drawn, of, redrawn
from evaluation.rules.judged import Judged, standings
from evaluation.rules.raters import Outlier, Rater, outliers, raters
from evaluation.rules.resampling import rank_intervals
from evaluation.rules.robustness import Margin, each_left_out, margin
from evaluation.rules.supposing import WithoutEvaluator, supposed
from evaluation.rules.tallies import tally_of
from tests.evaluation.rules.rounds import entries, rules
from tests.evaluation.rules.test_supposing import SHEETS, TEAMS, kept_apart

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E with the interval metric: 0.849.
PAPER = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# The computational example of Wikipedia's article "Krippendorff's alpha": 0.811 for interval data.
ARTICLE = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""


def units(table):
    rows = [line.split() for line in table.strip().splitlines()]
    return [tally_of(Decimal(value) for value in unit if value != ".") for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("table", "published"), [(PAPER, "0.849"), (ARTICLE, "0.811")])
def test_alpha_is_the_published_one(table, published):
    found = alpha(units(table))
    assert found is not None
    assert str(round_half_up(found, 3)) == published


def by_pairs(units):
    """The definition, pair by pair."""
    pairable = [list(unit) for unit in units if len(unit) > 1]
    every = [value for unit in pairable for value in unit]
    apart = [(sum((a - b) ** 2 for a in unit for b in unit), len(unit) - 1) for unit in pairable]
    observed = sum((Fraction(*map(Fraction, each)) for each in apart), Fraction())
    expected = sum((a - b) ** 2 for a in every for b in every)
    return 1 - observed * (len(every) - 1) / expected if expected else None


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=5))
def test_alpha_from_sums_is_alpha_from_pairs(values):
    assert alpha(tally_of(map(Decimal, unit)) for unit in values) == by_pairs(values)


def test_nothing_to_compare_has_no_alpha():
    assert alpha([]) is alpha([{Decimal(3): 1}]) is alpha([{Decimal(3): 2}, {Decimal(3): 3}]) is None


@given(st.integers(0, 60), st.integers(0, 9), st.integers(1, 9), st.integers())
def test_as_many_succeed_as_can(trials, times, more, seed):
    assert 0 <= of(Random(seed), trials, times, times + more) <= trials
    assert of(Random(seed), trials, more, more) == trials
    assert of(Random(seed), trials, 0, more) == 0


def test_as_many_succeed_as_the_chance_says():
    """A million trials at 3 in 10: a fault of the bits would lie far beyond ten standard deviations (4,583)."""
    assert abs(of(Random(1), 1_000_000, 3, 10) - 300_000) < 4_583


@given(st.dictionaries(st.integers(0, 9).map(Decimal), st.integers(1, 50), max_size=6), st.integers())
def test_as_many_are_redrawn_from_what_was_given(tally, seed):
    again = redrawn(Random(seed), tally)
    assert sum(again.values()) == sum(tally.values())
    assert set(again) <= set(tally)
    assert sum(drawn(Random(seed), 7)) == 7


@settings(max_examples=40)
@given(rules(), entries(complete=True), st.integers())
def test_the_same_seed_gives_the_same_intervals(rules, inputs, seed):
    apart = kept_apart(inputs)
    found = rank_intervals(rules, apart, (), seed=seed, draws=40)
    assert found == rank_intervals(rules, apart, (), seed=seed, draws=40)
    ranked = {row.team for row in standings(rules, apart).rows if row.rank is not None}
    assert set(found) == ranked
    assert all(1 <= each.least <= each.most <= len(ranked) and 0 <= each.within <= 1 for each in found.values())


def test_agreement_of_all_leaves_chance_no_part():
    alike = [
        Judged(name, dict.fromkeys(("idea", "plan"), dict.fromkeys(("e1", "e2", "e3"), mark)), {"bench": {mark: 1}}, {})
        for name, mark in (("a", Decimal(10)), ("b", Decimal(12)))
    ]
    found = rank_intervals(SHEETS, alike, (), seed=7, draws=100)
    assert {team: (each.least, each.most, each.within) for team, each in found.items()} == {
        "b": (1, 1, 1),
        "a": (2, 2, 0),
    }


@settings(max_examples=40)
@given(rules(), entries())
def test_each_left_out_has_the_ranks_of_the_supposition(rules, inputs):
    rules = replace(rules, criteria=tuple(replace(each, source=by_sheets(each)) for each in rules.criteria))
    apart = kept_apart(inputs)
    before = {row.team: row.rank for row in standings(rules, apart).rows}
    for each in each_left_out(rules, apart, ()):
        then = supposed(rules, apart, [WithoutEvaluator(each.evaluator)])
        after = {row.team: row.rank for row in standings(then.rules, then.entries).rows}
        assert each.moved == {
            team: (rank, after[team]) for team, rank in before.items() if rank is not None and rank != after[team]
        }


def by_sheets(criterion):
    return "sheets" if criterion.code == "first" else criterion.source


def test_the_margin_lies_between_the_last_seat_and_the_next_place():
    assert margin(SHEETS, standings(SHEETS, TEAMS)) == Margin("b", "a", Decimal("6.30"))
    assert margin(SHEETS, standings(SHEETS, TEAMS[:1])) is None


def test_at_a_tie_across_the_last_seat_nobody_is_within_or_beyond():
    level = (TEAMS[0], replace(TEAMS[0], team="b"))
    assert margin(SHEETS, standings(SHEETS, level)) == Margin("a", "b", Decimal("0.00"), tied=True)
    assert margin(SHEETS, standings(SHEETS, level, [("b", "a")])) == Margin("b", "a", Decimal("0.00"))


def test_severity_and_spread():
    sheets = {
        "a": {"kim": Decimal(30), "lee": Decimal(34), "park": Decimal(35)},
        "b": {"kim": Decimal(20), "lee": Decimal(26)},
        "c": {"choi": Decimal(10)},
    }
    # kim: 30 - 34.5 = -4.5 and 20 - 26 = -6, mean -5.25; sums 30 and 20 deviate by the root of 50.
    assert raters(sheets) == [
        Rater("kim", 2, Decimal("-5.25"), Decimal("7.07")),
        Rater("lee", 2, Decimal("3.75"), Decimal("5.66")),
        Rater("choi", 1, None, None),
        Rater("park", 1, Decimal("3.00"), None),
    ]


def sheet(*sums):
    return {"a": {f"e{at}": Decimal(value) for at, value in enumerate(sums)}}


def test_an_outlying_sheet_is_found_by_its_modified_z_score():
    # Median 11, MAD 1: 0.6745 * (17 - 11) = 4.047; 0.6745 * 5 = 3.3725 is not beyond 3.5.
    assert outliers(sheet(10, 11, 11, 12, 12, 10, 17)) == [
        Outlier("a", "e6", Decimal(17), Decimal(11), Decimal("4.05"))
    ]
    assert outliers(sheet(10, 11, 11, 12, 12, 10, 16)) == []


def test_where_most_agree_the_mean_deviation_is_the_measure():
    # Deviations 0, 0, 0, 0, 9: mean 1.8; 9 / (1.253314 * 1.8) = 3.989.
    assert outliers(sheet(10, 10, 10, 10, 1)) == [Outlier("a", "e4", Decimal(1), Decimal(10), Decimal("-3.99"))]
    assert outliers(sheet(10, 10, 10, 10, 10)) == []


def test_of_few_sheets_none_stands_out():
    assert outliers(sheet(10, 10, 10, 90)) == []
