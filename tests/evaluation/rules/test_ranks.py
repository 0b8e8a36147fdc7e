from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.ranks import ranks, tied_groups

KEYS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 3).map(Decimal), st.integers(0, 1).map(Decimal))
)


def keys(**teams):
    return {team: tuple(Decimal(score) for score in scores.split()) for team, scores in teams.items()}


@pytest.mark.parametrize(
    ("scores", "orders", "expected"),
    [
        ({}, [], {}),
        ({"a": "70", "b": "90"}, [], {"a": 2, "b": 1}),
        ({"a": "9.5", "b": "10"}, [], {"a": 2, "b": 1}),
        ({"a": "80 30", "b": "80 31", "c": "80.0 30.0"}, [], {"a": 2, "b": 1, "c": 2}),
        ({"a": "90", "b": "80", "c": "80", "d": "70"}, [], {"a": 1, "b": 2, "c": 2, "d": 4}),
        ({"a": "90", "b": "80", "c": "80", "d": "70"}, ["cb"], {"a": 1, "b": 3, "c": 2, "d": 4}),
        ({"a": "80", "b": "80", "c": "80"}, ["cb"], {"a": 1, "b": 1, "c": 1}),
        ({"a": "80", "b": "80", "c": "80"}, ["cab"], {"a": 2, "b": 3, "c": 1}),
        ({"a": "80", "b": "80", "c": "70"}, ["cba"], {"a": 2, "b": 1, "c": 3}),
        ({"a": "80", "b": "80"}, ["ab", "ba"], {"a": 2, "b": 1}),
        ({"a": "80", "b": "80", "c": "70", "d": "70"}, ["ba", "dc"], {"a": 2, "b": 1, "c": 4, "d": 3}),
        ({"a": "90", "b": "80"}, ["ba"], {"a": 1, "b": 2}),
    ],
)
def test_ranks(scores, orders, expected):
    assert ranks(keys(**scores), orders) == expected


def test_tied_groups_stand_highest_first():
    tied = keys(a="70 1", b="80 2", c="80 2", d="80 1", e="70 1")
    assert tied_groups(tied) == (("b", "c"), ("a", "e"))


@given(KEYS)
def test_a_rank_is_one_more_than_how_many_stand_higher(found):
    expected = {team: 1 + sum(other > key for other in found.values()) for team, key in found.items()}
    assert ranks(found) == expected


@given(KEYS, st.permutations("abcdefgh"))
def test_an_order_of_all_leaves_no_gap_and_never_overrides_a_score(found, order):
    ranked = ranks(found, [order])
    assert sorted(ranked.values()) == list(range(1, len(found) + 1))
    by_rank = sorted(found, key=ranked.__getitem__)
    assert by_rank == sorted(found, key=lambda team: (*(-score for score in found[team]), order.index(team)))


@given(KEYS, st.permutations("abcdefgh"))
def test_the_order_of_entries_has_no_part_in_it(found, order):
    shuffled = {team: found[team] for team in order if team in found}
    assert ranks(shuffled) == ranks(found)
    assert {frozenset(group) for group in tied_groups(shuffled)} == {frozenset(group) for group in tied_groups(found)}
