from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluation.rules.aggregates import Gathered
from evaluation.rules.criteria import Criterion
from evaluation.rules.entries import gather_entry
from evaluation.rules.scales import MinMax, ShareOfBest
from evaluation.rules.scores import Cell
from evaluation.rules.standings import (
    EntryAggregates,
    EntryInputs,
    RoundRules,
    compute,
    compute_gathered,
    tied_groups,
)

RULES = RoundRules(
    criteria=(
        Criterion("made", Decimal(60), source="direct"),
        Criterion("liked", Decimal(40), source="responses", quorum=2, scale=ShareOfBest()),
    ),
    gates=("originality",),
    seats=2,
    vacancy="recruit",
    floor=None,
    ties=("liked",),
    mean_places=2,
)
PASSED = {"originality": "passed"}


def entry(team, made, *liked, verdicts=PASSED, withdrawn=False):
    return EntryInputs(team, {"made": [Decimal(made)], "liked": list(map(Decimal, liked))}, verdicts, withdrawn)


def groups(found):
    return tied_groups(RULES, [gather_entry(RULES.criteria, each) for each in found])


def shown(standings):
    return [(row.team, row.rank, None if row.total is None else str(row.total), row.outcome) for row in standings.rows]


def test_rows_stand_in_rank_order_then_in_the_order_of_entries_and_the_unranked_last():
    found = [
        entry("late", 60),
        entry("gone", 60, 9, 9, withdrawn=True),
        entry("second", 30, 4, 4),
        entry("first", 50, 5, 5),
        entry("twin", 30, 4, 4),
    ]
    standings = compute(RULES, found)
    assert [(row.team, row.rank, row.reason, row.missing) for row in standings.rows] == [
        ("first", 1, None, ()),
        ("second", 2, None, ()),
        ("twin", 2, None, ()),
        ("late", None, "incomplete", ("liked",)),
        ("gone", None, "withdrawn", ()),
    ]


def test_while_one_entry_is_incomplete_no_outcome_is_decided():
    standings = compute(RULES, [entry("a", 50, 5, 5), entry("b", 40, 5), entry("c", 1, 5, 5, withdrawn=True)])
    assert shown(standings) == [("a", 1, "90.0", None), ("b", None, None, None), ("c", None, None, "withdrawn")]
    assert standings.incomplete == (("b", "liked"),)
    assert (standings.advanced, standings.vacancies) == (0, 2)
    assert standings.rows[1].scores == {"made": Decimal("40.0"), "liked": None}
    assert standings.rows[1].cells["liked"] == Cell(count=1)


def test_too_few_values_do_not_make_the_best():
    standings = compute(RULES, [entry("a", 50, 5, 5), entry("b", 40, 100)])
    assert standings.rows[0].scores["liked"] == Decimal("40.0")


def test_one_who_has_withdrawn_is_neither_best_nor_least_nor_in_a_mean():
    found = [entry("a", 50, 8, 8), entry("b", 40, 6, 6), entry("c", 60, 2, 2, withdrawn=True)]
    found.append(entry("d", 60, 10, 10, withdrawn=True))
    standings = compute(RULES, found)
    assert shown(standings)[:2] == [("a", 1, "90.0", "advanced"), ("b", 2, "70.0", "advanced")]
    assert {code: str(mean) for code, mean in standings.means.items()} == {
        "made": "45.00",
        "liked": "35.00",
        "total": "80.00",
    }
    assert standings.rows[2].scores == {"made": None, "liked": None}
    assert standings.rows[2].cells == {"made": Cell(count=1), "liked": Cell(count=2)}
    by_spread = replace(RULES, criteria=(RULES.criteria[0], replace(RULES.criteria[1], scale=MinMax())))
    assert [row.scores["liked"] for row in compute(by_spread, found).rows[:2]] == [Decimal("40.0"), Decimal("0.0")]


def test_a_mean_counts_whoever_has_a_total_whatever_the_outcome():
    found = [entry("a", 50, 8, 8, verdicts={"originality": "failed"}), entry("b", "40.1", 6, 6), entry("c", 60)]
    assert {code: str(mean) for code, mean in compute(RULES, found).means.items()} == {
        "made": "45.05",
        "liked": "35.00",
        "total": "80.05",
    }


def test_nobody_with_a_total_leaves_no_mean():
    assert compute(RULES, [entry("a", 50)]).means == {"made": None, "liked": None, "total": None}
    empty = compute(RULES, [])
    assert (empty.rows, empty.advanced, empty.vacancies) == ((), 0, 2)


def test_all_zero_gives_zero():
    standings = compute(RULES, [entry("a", 50, 0, 0), entry("b", 40, 0, 0)])
    assert [row.scores["liked"] for row in standings.rows] == [Decimal("0.0"), Decimal("0.0")]


def test_a_tie_at_the_cut_waits_for_an_order():
    found = [entry("a", 50, 5, 5), entry("b", 30, 4, 4), entry("c", 30, 4, 4), entry("d", 10, 4, 4)]
    tied = compute(RULES, found)
    assert [row.rank for row in tied.rows] == [1, 2, 2, 4]
    assert [row.outcome for row in tied.rows] == ["advanced", None, None, "eliminated"]
    assert tied.ties_at_cut == (("b", "c"),) == groups(found)
    assert (tied.advanced, tied.vacancies) == (1, 1)
    ordered = compute(RULES, found, [["c", "b"]])
    assert [(row.team, row.rank, row.outcome) for row in ordered.rows] == [
        ("a", 1, "advanced"),
        ("c", 2, "advanced"),
        ("b", 3, "eliminated"),
        ("d", 4, "eliminated"),
    ]
    assert ordered.ties_at_cut == ()


def test_an_equal_total_is_parted_by_the_criteria_for_ties():
    found = [entry("a", 40, 4, 4), entry("b", 32, 5, 5)]
    assert shown(compute(RULES, found)) == [("b", 1, "72.0", "advanced"), ("a", 2, "72.0", "advanced")]
    assert groups(found) == ()


def test_a_total_at_the_floor_advances_and_one_under_it_does_not():
    found = [entry("a", 40, 5, 5), entry("b", "39.9", 5, 5), entry("c", 1, 5, 5)]
    standings = compute(replace(RULES, floor=Decimal(80)), found)
    assert [row.outcome for row in standings.rows] == ["advanced", "below_floor", "eliminated"]


def test_a_verdict_is_needed_within_the_seats_only():
    found = [entry("a", 50, 5, 5), entry("b", 40, 5, 5, verdicts={}), entry("c", 30, 5, 5, verdicts={})]
    standings = compute(RULES, found)
    assert standings.without_verdict == (("b", "originality"),)
    assert [row.outcome for row in standings.rows] == ["advanced", None, "eliminated"]


def test_aggregates_from_elsewhere_lead_to_the_same_standings():
    gathered = [
        EntryAggregates("a", {"made": Gathered(1, Fraction(50)), "liked": Gathered(3, Fraction(13, 3))}, PASSED),
        EntryAggregates("b", {"made": Gathered(1, Fraction(40))}, {}, withdrawn=True),
        EntryAggregates("c", {"made": Gathered(1, Fraction(40)), "liked": Gathered(2, Fraction(9, 2))}, PASSED),
    ]
    found = [entry("a", 50, 4, 4, 5), entry("b", 40, verdicts={}, withdrawn=True), entry("c", 40, 4, 5)]
    assert compute_gathered(RULES, gathered) == compute(RULES, found)
