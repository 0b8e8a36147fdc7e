from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortia.rules.development import TeamTime, times

STARTS, ENDS = date(2026, 2, 1), date(2026, 6, 30)
STARTS_OF = st.dictionaries(st.sampled_from("abcdef"), st.dates(STARTS, ENDS), max_size=6)


def test_a_newcomer_who_starts_a_month_late_lacks_its_days_and_the_end_may_move_by_them():
    found = times({"a": STARTS, "f": date(2026, 3, 1)}, first_end=ENDS, ends=ENDS, latest_end=date(2026, 7, 31))
    assert (found.equal_days, found.needed_end, found.move_days, found.allowed) == (150, date(2026, 7, 28), 28, True)
    assert found.teams == (
        TeamTime("a", STARTS, 150, ENDS, 0),
        TeamTime("f", date(2026, 3, 1), 122, date(2026, 7, 28), 28),
    )


def test_an_end_that_has_moved_far_enough_need_not_move_again_and_does_not_raise_the_measure():
    moved = date(2026, 7, 28)
    found = times({"a": STARTS, "f": date(2026, 3, 1)}, first_end=ENDS, ends=moved, latest_end=moved)
    assert (found.equal_days, found.needed_end, found.move_days, found.allowed) == (150, moved, 0, True)
    assert [(each.days, each.short, each.equal_until) for each in found.teams] == [(178, 0, ENDS), (150, 0, moved)]


@pytest.mark.parametrize(
    ("latest_end", "allowed"),
    [(None, True), (ENDS, False), (date(2026, 7, 27), False), (date(2026, 7, 28), True), (date(2026, 8, 1), True)],
)
def test_the_end_moves_no_further_than_was_laid_down(latest_end, allowed):
    found = times({"a": STARTS, "f": date(2026, 3, 1)}, first_end=ENDS, ends=ENDS, latest_end=latest_end)
    assert found.allowed is allowed


def test_teams_that_start_together_need_nothing():
    found = times({"a": STARTS, "b": STARTS}, first_end=ENDS, ends=ENDS, latest_end=None)
    assert (found.needed_end, found.move_days, found.allowed) == (ENDS, 0, True)


def test_a_round_without_a_team_has_nothing_to_make_equal():
    found = times({}, first_end=ENDS, ends=ENDS, latest_end=None)
    assert (found.equal_days, found.needed_end, found.teams) == (0, ENDS, ())


@given(STARTS_OF, st.integers(0, 60))
def test_by_the_needed_end_every_team_has_the_equal_days_and_a_day_sooner_one_has_not(starts, moved):
    ends = ENDS + timedelta(days=moved)
    found = times(starts, first_end=ENDS, ends=ends, latest_end=None)
    after = times(starts, first_end=ENDS, ends=found.needed_end, latest_end=None)
    assert after.equal_days == found.equal_days
    assert all(each.short == 0 for each in after.teams)
    if found.move_days:
        before = times(starts, first_end=ENDS, ends=found.needed_end - timedelta(days=1), latest_end=None)
        assert max(each.short for each in before.teams) == 1
