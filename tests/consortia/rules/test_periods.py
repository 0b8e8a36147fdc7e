from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortia.rules.periods import Period, last_of

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
PERIODS = st.builds(Period, DAYS, DAYS | st.none())


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 2, 1), date(2026, 2, 1), 1),
        (date(2026, 2, 1), date(2026, 6, 30), 150),
        (date(2026, 2, 1), date(2026, 7, 31), 181),
        (date(2024, 2, 28), date(2024, 3, 1), 3),
        (date(2025, 2, 28), date(2025, 3, 1), 2),
        (date(2026, 12, 31), date(2027, 1, 1), 2),
        (date(2026, 2, 1), date(2026, 1, 31), 0),
        (date(2026, 2, 1), date(2025, 1, 31), 0),
    ],
)
def test_both_ends_are_counted(since, until, days):
    assert Period(since, until).days() == days


def test_a_period_without_an_end_has_no_number_of_days():
    with pytest.raises(ValueError, match="no end"):
        Period(date(2026, 2, 1)).days()


@given(PERIODS, PERIODS, DAYS)
def test_what_two_periods_have_in_common_is_what_both_hold(first, second, day):
    assert first.within(second).holds(day) == (first.holds(day) and second.holds(day))
    assert first.within(second) == second.within(first)


@given(DAYS, DAYS)
def test_a_period_has_as_many_days_as_it_holds(since, until):
    span = (since + timedelta(days=number) for number in range(-1, 2000))
    assert Period(since, until).days() == sum(map(Period(since, until).holds, span))


@given(DAYS, st.integers(1, 1000))
def test_the_last_of_so_many_days_makes_a_period_of_so_many(since, days):
    assert Period(since, last_of(since, days)).days() == days
