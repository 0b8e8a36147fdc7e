"""The window of an appeal: cases counted by hand on a printed calendar, then what must hold for any case."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar.seed import rows
from core.calendar.window import days_left, is_over, is_working_day, window_end

SEOUL = ZoneInfo("Asia/Seoul")
KOREA = frozenset(day for day, _, _, _ in rows())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


CASES = [
    ("2026-01-15T14:00+09:00", 10, "2026-01-27T00:00+09:00", "tenth day is a Sunday"),
    ("2026-01-14T14:00+09:00", 10, "2026-01-27T00:00+09:00", "tenth day is a Saturday"),
    ("2026-01-16T14:00+09:00", 10, "2026-01-27T00:00+09:00", "tenth day is a Monday"),
    ("2026-01-13T09:00+09:00", 10, "2026-01-24T00:00+09:00", "tenth day is a Friday"),
    ("2026-02-06T10:00+09:00", 10, "2026-02-20T00:00+09:00", "Seollal: 16, 17 and 18 February"),
    ("2026-02-04T10:00+09:00", 10, "2026-02-20T00:00+09:00", "Saturday, Sunday, then Seollal"),
    ("2027-01-27T10:00+09:00", 10, "2027-02-11T00:00+09:00", "Seollal on Saturday to Monday, substitute on Tuesday"),
    ("2025-09-23T10:00+09:00", 10, "2025-10-11T00:00+09:00", "3 October, weekend, Chuseok, substitute, Hangul Day"),
    ("2026-09-14T10:00+09:00", 10, "2026-09-29T00:00+09:00", "Chuseok on Thursday to Saturday, none substituted"),
    ("2028-09-22T10:00+09:00", 10, "2028-10-07T00:00+09:00", "Chuseok on 3 October: substitute on the 5th"),
    ("2025-02-19T10:00+09:00", 10, "2025-03-05T00:00+09:00", "1 March is a Saturday, Monday substitutes"),
    ("2026-04-21T10:00+09:00", 10, "2026-05-05T00:00+09:00", "1 May 2026 is a Friday and a holiday since 2026"),
    ("2025-04-21T10:00+09:00", 10, "2025-05-02T00:00+09:00", "1 May 2025 was not a holiday of public offices"),
    ("2026-04-25T10:00+09:00", 10, "2026-05-07T00:00+09:00", "Children's Day"),
    ("2026-05-24T10:00+09:00", 10, "2026-06-05T00:00+09:00", "local elections on 3 June 2026"),
    ("2026-07-07T10:00+09:00", 10, "2026-07-21T00:00+09:00", "Constitution Day 2026 is a Friday"),
    ("2027-07-07T10:00+09:00", 10, "2027-07-21T00:00+09:00", "Constitution Day 2027 is a Saturday, Monday substitutes"),
    ("2027-05-27T10:00+09:00", 10, "2027-06-08T00:00+09:00", "Memorial Day on a Sunday has no substitute"),
    ("2026-12-21T10:00+09:00", 10, "2027-01-01T00:00+09:00", "last day is 31 December"),
    ("2026-12-22T10:00+09:00", 10, "2027-01-05T00:00+09:00", "1 January is a Friday"),
    ("2026-01-21T10:00+09:00", 10, "2026-02-03T00:00+09:00", "31 January is a Saturday, over the month's end"),
    ("2028-02-19T10:00+09:00", 10, "2028-03-01T00:00+09:00", "leap day is the last day"),
    ("2028-02-20T10:00+09:00", 10, "2028-03-03T00:00+09:00", "the day after the leap day is 1 March"),
    ("2026-01-19T00:00:00+09:00", 10, "2026-01-30T00:00+09:00", "arrived in the first instant of the 19th"),
    ("2026-01-19T23:59:59.999999+09:00", 10, "2026-01-30T00:00+09:00", "arrived in the last instant of the 19th"),
    ("2026-01-20T00:00:00+09:00", 10, "2026-01-31T00:00+09:00", "arrived in the first instant of the 20th"),
    ("2026-01-19T15:00:00+00:00", 10, "2026-01-31T00:00+09:00", "already the 20th in Seoul"),
    ("2026-01-19T14:59:59+00:00", 10, "2026-01-30T00:00+09:00", "still the 19th in Seoul"),
    ("2026-01-27T00:01+09:00", 20, "2026-02-20T00:00+09:00", "a notice of twenty days over Seollal"),
    ("2026-01-15T14:00+09:00", 30, "2026-02-20T00:00+09:00", "thirty days: 14 February is a Saturday, then Seollal"),
    ("2026-01-19T10:00+09:00", 1, "2026-01-21T00:00+09:00", "a single day"),
]


@pytest.mark.parametrize(("arrived", "days", "ends", "why"), CASES, ids=[case[3] for case in CASES])
def test_cases_counted_by_hand(arrived: str, days: int, ends: str, why: str) -> None:
    assert window_end(at(arrived), days, KOREA, SEOUL) == at(ends)


def test_the_end_is_written_in_the_zone() -> None:
    end = window_end(at("2026-01-15T05:00+00:00"), 10, KOREA, SEOUL)
    assert end.isoformat() == "2026-01-27T00:00:00+09:00"
    assert end.tzinfo is SEOUL


def test_where_midnight_does_not_exist_the_day_ends_with_the_jump() -> None:
    """Clocks in Tehran went from 24:00 on Monday 2022-03-21 to 01:00: the Tuesday began at 20:30 UTC."""
    end = window_end(at("2022-03-18T12:00+03:30"), 3, (), ZoneInfo("Asia/Tehran"))
    assert end.astimezone(UTC) == at("2022-03-21T20:30+00:00")


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        window_end(datetime(2026, 1, 15, 14), 10, KOREA, SEOUL)  # noqa: DTZ001


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_one_day(days: int) -> None:
    with pytest.raises(ValueError, match="one day"):
        window_end(at("2026-01-15T14:00+09:00"), days, KOREA, SEOUL)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 15), True),
        (date(2026, 1, 17), False),
        (date(2026, 1, 18), False),
        (date(2026, 2, 17), False),
        (date(2026, 3, 2), False),
        (date(2026, 3, 3), True),
    ],
)
def test_working_days(day: date, working: bool) -> None:
    assert is_working_day(day, KOREA) is working


def test_a_period_is_over_from_its_end_on() -> None:
    closes, tick = at("2026-01-27T00:00+09:00"), timedelta(microseconds=1)
    assert [is_over(now, closes) for now in (closes - tick, closes, closes + tick)] == [False, True, True]


def test_a_period_without_an_end_is_not_over() -> None:
    assert not is_over(at("2026-01-27T00:00+09:00"), None)


arrivals = st.datetimes(datetime(2025, 1, 1), datetime(2028, 11, 30), timezones=st.just(SEOUL))  # noqa: DTZ001
periods = st.integers(1, 60)
calendars = st.one_of(
    st.just(KOREA), st.frozensets(st.dates(date(2025, 1, 1), date(2029, 3, 1)), max_size=120), st.just(frozenset())
)


@given(arrivals, periods, calendars)
def test_it_never_ends_on_a_non_working_day(arrived: datetime, days: int, non_working: frozenset[date]) -> None:
    last = (window_end(arrived, days, non_working, SEOUL) - timedelta(days=1)).date()
    assert last.weekday() < 5
    assert last not in non_working


@given(arrivals, periods, calendars)
def test_it_is_never_shorter_than_the_days_given(arrived: datetime, days: int, non_working: frozenset[date]) -> None:
    midnight_after_arrival = datetime.combine(arrived.date() + timedelta(days=1), time(), tzinfo=SEOUL)
    assert window_end(arrived, days, non_working, SEOUL) - midnight_after_arrival >= timedelta(days=days)


@given(arrivals, periods, calendars)
def test_no_working_day_is_skipped(arrived: datetime, days: int, non_working: frozenset[date]) -> None:
    nominal = arrived.date() + timedelta(days=days)
    last = (window_end(arrived, days, non_working, SEOUL) - timedelta(days=1)).date()
    skipped = [nominal + timedelta(days=n) for n in range((last - nominal).days)]
    assert not [day for day in skipped if day.weekday() < 5 and day not in non_working]


@given(arrivals, arrivals, periods, calendars)
def test_who_is_notified_later_never_has_to_be_earlier(
    one: datetime, other: datetime, days: int, non_working: frozenset[date]
) -> None:
    first, second = sorted((one, other))
    assert window_end(first, days, non_working, SEOUL) <= window_end(second, days, non_working, SEOUL)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-02-13T23:59:59+09:00", 3),
        ("2026-02-14T00:00:00+09:00", 2),
        ("2026-02-16T00:00:00+09:00", 0),
        ("2026-02-16T14:59:59+00:00", 0),
        ("2026-02-17T00:00:00+09:00", -1),
    ],
)
def test_days_left_are_counted_on_the_wall_of_the_zone(now, left):
    closes = datetime.fromisoformat("2026-02-17T00:00:00+09:00")
    assert days_left(datetime.fromisoformat(now), closes, ZoneInfo("Asia/Seoul")) == left
