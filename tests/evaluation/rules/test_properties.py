"""What holds for every round, whatever its rules and entries."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.points import exact
from evaluation.rules.entries import gather_entry
from evaluation.rules.outcomes import ADVANCED, ELIMINATED, WITHDRAWN
from evaluation.rules.standings import compute, tied_groups
from tests.evaluation.rules.rounds import GATES, TEAMS, entries, rules

ORDERS = st.permutations(TEAMS)


def by_team(standings):
    return {row.team: row for row in standings.rows}


@given(rules(), entries(), ORDERS, st.randoms())
def test_neither_the_order_of_entries_nor_of_values_matters(round_rules, found, order, random):
    shuffled = [
        replace(entry, values={code: random.sample(values, len(values)) for code, values in entry.values.items()})
        for entry in random.sample(found, len(found))
    ]
    for orders in ([], [order]):
        one, other = compute(round_rules, found, orders), compute(round_rules, shuffled, orders)
        assert by_team(one) == by_team(other)
        assert (one.means, one.advanced, one.vacancies) == (other.means, other.advanced, other.vacancies)
        assert set(one.incomplete) == set(other.incomplete)
        assert set(one.without_verdict) == set(other.without_verdict)
        assert set(map(frozenset, one.ties_at_cut)) == set(map(frozenset, other.ties_at_cut))


@given(rules(), entries())
def test_nobody_advances_past_a_failed_or_open_gate_or_below_the_floor(round_rules, found):
    verdicts = {entry.team: entry.verdicts for entry in found}
    for row in compute(round_rules, found).rows:
        if row.outcome == ADVANCED:
            assert all(verdicts[row.team].get(gate) == "passed" for gate in round_rules.gates)
            assert round_rules.floor is None or row.total >= round_rules.floor


@given(rules(), entries(), st.sampled_from(["passed", "failed", None]))
def test_a_gate_never_changes_a_score_a_rank_or_a_mean(round_rules, found, verdict):
    others = [replace(entry, verdicts=dict.fromkeys(GATES, verdict) if verdict else {}) for entry in found]
    one, other = compute(round_rules, found), compute(round_rules, others)
    seen = [[(row.team, row.rank, row.total, row.scores) for row in standings.rows] for standings in (one, other)]
    assert seen[0] == seen[1]
    assert one.means == other.means


@given(rules(), entries(), ORDERS)
def test_ranks_run_from_one_with_gaps_after_shared_ones(round_rules, found, order):
    for orders in ([], [order]):
        rows = compute(round_rules, found, orders).rows
        ranked = [row for row in rows if row.rank is not None]
        assert rows[: len(ranked)] == tuple(ranked)
        assert [row.rank for row in ranked] == sorted(row.rank for row in ranked)
        assert all(row.rank == 1 + sum(other.rank < row.rank for other in ranked) for row in ranked)
        assert [row.total for row in ranked] == sorted((row.total for row in ranked), reverse=True)
        assert not orders or len({row.rank for row in ranked}) == len(ranked)


@given(rules(), entries())
def test_a_rank_a_total_and_no_reason_go_together(round_rules, found):
    standings = compute(round_rules, found)
    for row in standings.rows:
        assert (row.rank is None) == (row.total is None) == (row.reason is not None)
        assert (row.reason == "withdrawn") == (row.outcome == WITHDRAWN)
        assert (row.reason == "incomplete") == bool(row.missing)
    assert {team for team, _ in standings.incomplete} == {row.team for row in standings.rows if row.missing}


@given(rules(), entries())
def test_seats_are_taken_or_vacant(round_rules, found):
    standings = compute(round_rules, found)
    assert standings.advanced == sum(row.outcome == ADVANCED for row in standings.rows) <= len(found)
    assert standings.advanced + standings.vacancies == round_rules.seats


@given(rules(), entries())
def test_scores_add_up(round_rules, found):
    for row in compute(round_rules, found).rows:
        leaves = [row.scores[code] for code in ("first", "second", "third")]
        assert (row.total is None) == (None in leaves)
        if row.total is not None:
            assert exact(row.total) == sum(map(exact, leaves))
            assert row.scores["parent"] == leaves[0] + leaves[1]
            assert row.total.as_tuple().exponent == min(score.as_tuple().exponent for score in leaves)


@given(rules(), entries(), st.sampled_from(TEAMS))
def test_one_who_withdraws_is_as_one_who_never_came_but_for_the_row(round_rules, found, team):
    without = [entry for entry in found if entry.team != team]
    left = [replace(entry, withdrawn=entry.withdrawn or entry.team == team) for entry in found]
    one, other = compute(round_rules, left), compute(round_rules, without)
    row = by_team(one).pop(team, None)
    assert {other_team: each for other_team, each in by_team(one).items() if other_team != team} == by_team(other)
    assert replace(one, rows=other.rows) == other
    assert row is None or (set(row.scores.values()), row.total, row.outcome) == ({None}, None, WITHDRAWN)


@given(rules(), entries(complete=True), ORDERS)
def test_with_everything_known_every_outcome_is_decided(round_rules, found, order):
    standings = compute(round_rules, found, [order])
    assert (standings.incomplete, standings.without_verdict, standings.ties_at_cut) == ((), (), ())
    assert all(row.outcome for row in standings.rows)


@given(rules(), entries(complete=True), ORDERS)
def test_outcomes_are_those_of_walking_down_the_ranks_one_by_one(round_rules, found, order):
    rows = [row for row in compute(round_rules, found, [order]).rows if row.rank is not None]
    verdicts = {entry.team: entry.verdicts for entry in found}

    def bar(row):
        if any(verdicts[row.team][gate] == "failed" for gate in round_rules.gates):
            return "gate_failed"
        return "below_floor" if round_rules.floor is not None and row.total < round_rules.floor else None

    expected = [bar(row) or ADVANCED for row in rows[: round_rules.seats]]
    for row in rows[round_rules.seats :]:
        moves_up = round_rules.vacancy == "promote" and expected.count(ADVANCED) < round_rules.seats and not bar(row)
        expected.append(ADVANCED if moves_up else ELIMINATED)
    assert [row.outcome for row in rows] == expected


@given(rules(), entries(complete=True), st.data())
def test_an_outcome_once_decided_stands_whatever_is_still_to_be_decided(round_rules, found, data):
    gaps = data.draw(st.sets(st.tuples(st.sampled_from(TEAMS), st.sampled_from(GATES))))
    open_ones = [
        replace(entry, verdicts={gate: said for gate, said in entry.verdicts.items() if (entry.team, gate) not in gaps})
        for entry in found
    ]
    early = by_team(compute(round_rules, open_ones))
    final = by_team(compute(round_rules, found, [data.draw(ORDERS)]))
    for team, row in early.items():
        assert row.outcome in {None, final[team].outcome}


@given(rules(), entries(), ORDERS)
def test_no_blocker_means_that_all_is_decided_and_the_other_way_round(round_rules, found, order):
    for orders in ([], [order]):
        standings = compute(round_rules, found, orders)
        blocked = standings.incomplete or standings.without_verdict or standings.ties_at_cut
        assert bool(blocked) == any(row.outcome is None for row in standings.rows)


@given(rules(), entries())
def test_who_is_tied_at_the_cut_may_be_ordered_and_then_is_not(round_rules, found):
    standings = compute(round_rules, found)
    gathered = [gather_entry(round_rules.criteria, entry) for entry in found]
    groups = tied_groups(round_rules, gathered)
    assert {frozenset(tie) for tie in standings.ties_at_cut} <= {frozenset(group) for group in groups}
    assert compute(round_rules, found, groups).ties_at_cut == ()
