"""Ends of periods, counted by hand on printed calendars of 2024 to 2030; nothing here is computed by the build.

Each case: the day of arrival, the days given, the last day on which one may still act. For every public and substitute
holiday of 2024 to 2027 there is a case whose nominal last day is that holiday.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from consortia.queries import non_working_days
from core.calendar.seed import rows
from core.calendar.window import window_end
from tests.story import told

SEOUL = ZoneInfo("Asia/Seoul")

# Nominal last day (a holiday) -> arrival ten days before, and the last day that follows.
HOLIDAYS = {
    "2024-01-01": ("2023-12-22", "2024-01-02"),  # a Monday
    "2024-02-09": ("2024-01-30", "2024-02-13"),  # Seollal, Friday to Sunday; Monday substitutes
    "2024-02-10": ("2024-01-31", "2024-02-13"),
    "2024-02-11": ("2024-02-01", "2024-02-13"),
    "2024-02-12": ("2024-02-02", "2024-02-13"),
    "2024-03-01": ("2024-02-20", "2024-03-04"),  # a Friday
    "2024-04-10": ("2024-03-31", "2024-04-11"),  # National Assembly elections
    "2024-05-05": ("2024-04-25", "2024-05-07"),  # Sunday; Monday substitutes
    "2024-05-06": ("2024-04-26", "2024-05-07"),
    "2024-05-15": ("2024-05-05", "2024-05-16"),  # Buddha's Birthday, a Wednesday
    "2024-06-06": ("2024-05-27", "2024-06-07"),  # a Thursday
    "2024-08-15": ("2024-08-05", "2024-08-16"),  # a Thursday
    "2024-09-16": ("2024-09-06", "2024-09-19"),  # Chuseok, Monday to Wednesday
    "2024-09-17": ("2024-09-07", "2024-09-19"),
    "2024-09-18": ("2024-09-08", "2024-09-19"),
    "2024-10-01": ("2024-09-21", "2024-10-02"),  # designated Tuesday
    "2024-10-03": ("2024-09-23", "2024-10-04"),  # a Thursday
    "2024-10-09": ("2024-09-29", "2024-10-10"),  # a Wednesday
    "2024-12-25": ("2024-12-15", "2024-12-26"),  # a Wednesday
    "2025-01-01": ("2024-12-22", "2025-01-02"),  # New Year, a Wednesday
    "2025-01-27": ("2025-01-17", "2025-01-31"),  # designated Monday, then Seollal until Thursday
    "2025-01-28": ("2025-01-18", "2025-01-31"),
    "2025-01-29": ("2025-01-19", "2025-01-31"),
    "2025-01-30": ("2025-01-20", "2025-01-31"),
    "2025-03-01": ("2025-02-19", "2025-03-04"),  # Saturday; Monday substitutes
    "2025-03-03": ("2025-02-21", "2025-03-04"),
    "2025-05-05": ("2025-04-25", "2025-05-07"),  # two holidays on one Monday; Tuesday substitutes
    "2025-05-06": ("2025-04-26", "2025-05-07"),
    "2025-06-03": ("2025-05-24", "2025-06-04"),  # presidential election
    "2025-06-06": ("2025-05-27", "2025-06-09"),  # a Friday
    "2025-08-15": ("2025-08-05", "2025-08-18"),  # a Friday
    "2025-10-03": ("2025-09-23", "2025-10-10"),  # Friday, weekend, Chuseok, substitute, Hangul Day
    "2025-10-05": ("2025-09-25", "2025-10-10"),
    "2025-10-06": ("2025-09-26", "2025-10-10"),
    "2025-10-07": ("2025-09-27", "2025-10-10"),
    "2025-10-08": ("2025-09-28", "2025-10-10"),
    "2025-10-09": ("2025-09-29", "2025-10-10"),
    "2025-12-25": ("2025-12-15", "2025-12-26"),  # a Thursday
    "2026-01-01": ("2025-12-22", "2026-01-02"),  # a Thursday
    "2026-02-16": ("2026-02-06", "2026-02-19"),  # Seollal, Monday to Wednesday
    "2026-02-17": ("2026-02-07", "2026-02-19"),
    "2026-02-18": ("2026-02-08", "2026-02-19"),
    "2026-03-01": ("2026-02-19", "2026-03-03"),  # Sunday; Monday substitutes
    "2026-03-02": ("2026-02-20", "2026-03-03"),
    "2026-05-01": ("2026-04-21", "2026-05-04"),  # Labour Day, a Friday
    "2026-05-05": ("2026-04-25", "2026-05-06"),  # a Tuesday
    "2026-05-24": ("2026-05-14", "2026-05-26"),  # Sunday; Monday substitutes
    "2026-05-25": ("2026-05-15", "2026-05-26"),
    "2026-06-03": ("2026-05-24", "2026-06-04"),  # local elections
    "2026-06-06": ("2026-05-27", "2026-06-08"),  # Saturday; Memorial Day is not substituted
    "2026-07-17": ("2026-07-07", "2026-07-20"),  # Constitution Day, a Friday
    "2026-08-15": ("2026-08-05", "2026-08-18"),  # Saturday; Monday substitutes
    "2026-08-17": ("2026-08-07", "2026-08-18"),
    "2026-09-24": ("2026-09-14", "2026-09-28"),  # Chuseok, Thursday to Saturday, no substitute
    "2026-09-25": ("2026-09-15", "2026-09-28"),
    "2026-09-26": ("2026-09-16", "2026-09-28"),
    "2026-10-03": ("2026-09-23", "2026-10-06"),  # Saturday; Monday substitutes
    "2026-10-05": ("2026-09-25", "2026-10-06"),
    "2026-10-09": ("2026-09-29", "2026-10-12"),  # a Friday
    "2026-12-25": ("2026-12-15", "2026-12-28"),  # a Friday
    "2027-01-01": ("2026-12-22", "2027-01-04"),  # a Friday
    "2027-02-06": ("2027-01-27", "2027-02-10"),  # Seollal, Saturday to Monday; Tuesday substitutes
    "2027-02-07": ("2027-01-28", "2027-02-10"),
    "2027-02-08": ("2027-01-29", "2027-02-10"),
    "2027-02-09": ("2027-01-30", "2027-02-10"),
    "2027-03-01": ("2027-02-19", "2027-03-02"),  # a Monday
    "2027-05-01": ("2027-04-21", "2027-05-04"),  # Saturday; Monday substitutes
    "2027-05-03": ("2027-04-23", "2027-05-04"),
    "2027-05-05": ("2027-04-25", "2027-05-06"),  # a Wednesday
    "2027-05-13": ("2027-05-03", "2027-05-14"),  # Buddha's Birthday, a Thursday
    "2027-06-06": ("2027-05-27", "2027-06-07"),  # Sunday; Memorial Day is not substituted
    "2027-07-17": ("2027-07-07", "2027-07-20"),  # Saturday; Monday substitutes
    "2027-07-19": ("2027-07-09", "2027-07-20"),
    "2027-08-15": ("2027-08-05", "2027-08-17"),  # Sunday; Monday substitutes
    "2027-08-16": ("2027-08-06", "2027-08-17"),
    "2027-09-14": ("2027-09-04", "2027-09-17"),  # Chuseok, Tuesday to Thursday
    "2027-09-15": ("2027-09-05", "2027-09-17"),
    "2027-09-16": ("2027-09-06", "2027-09-17"),
    "2027-10-03": ("2027-09-23", "2027-10-05"),  # Sunday; Monday substitutes
    "2027-10-04": ("2027-09-24", "2027-10-05"),
    "2027-10-09": ("2027-09-29", "2027-10-12"),  # Saturday; Monday substitutes
    "2027-10-11": ("2027-10-01", "2027-10-12"),
    "2027-12-25": ("2027-12-15", "2027-12-28"),  # Saturday; Monday substitutes
    "2027-12-27": ("2027-12-17", "2027-12-28"),
}

# Arrival, days given, last day, why.
OTHERS = [
    ("2025-04-02", 10, "2025-04-14", "a plain Saturday"),
    ("2025-04-03", 10, "2025-04-14", "a plain Sunday"),
    ("2025-04-04", 10, "2025-04-14", "a plain Monday"),
    ("2026-01-13", 10, "2026-01-23", "a plain Friday is the last day itself"),
    ("2026-01-15", 10, "2026-01-26", "the story: tenth day Sunday, Monday 24:00"),
    ("2027-06-09", 10, "2027-06-21", "a Saturday in June"),
    ("2025-10-21", 10, "2025-10-31", "the last of October"),
    ("2025-11-20", 10, "2025-12-01", "the last of November is a Sunday: over the month's end"),
    ("2026-01-21", 10, "2026-02-02", "the last of January is a Saturday"),
    ("2026-02-18", 10, "2026-03-03", "Saturday 28 February, Sunday 1 March, and its substitute"),
    ("2027-02-18", 10, "2027-03-02", "Sunday 28 February, then 1 March, no leap year"),
    ("2025-04-24", 10, "2025-05-07", "a Sunday before two holidays on a Monday and their substitute"),
    ("2025-01-15", 10, "2025-01-31", "the Saturday before the long Seollal"),
    ("2025-09-24", 10, "2025-10-10", "the Saturday before Chuseok"),
    ("2025-12-21", 10, "2025-12-31", "the last day of 2025"),
    ("2026-12-21", 10, "2026-12-31", "the last day of 2026"),
    ("2027-12-21", 10, "2027-12-31", "the last day of 2027"),
    ("2027-12-22", 10, "2028-01-03", "New Year 2028 is a Saturday and has no substitute"),
    ("2024-02-19", 10, "2024-02-29", "the leap day of 2024, a Thursday, is the last day"),
    ("2028-02-19", 10, "2028-02-29", "the leap day is the last day"),
    ("2028-02-20", 10, "2028-03-02", "the day after the leap day is a holiday"),
    ("2028-02-29", 10, "2028-03-10", "arrived on the leap day"),
    ("2029-02-03", 10, "2029-02-15", "Seollal of 2029, Monday to Wednesday"),
    ("2029-09-12", 10, "2029-09-25", "Chuseok of 2029, Friday to Sunday; Monday substitutes"),
    ("2030-01-25", 10, "2030-02-06", "Seollal of 2030, Saturday to Monday; Tuesday substitutes"),
    ("2030-02-19", 10, "2030-03-04", "1 March 2030, a Friday"),
    ("2026-01-15", 30, "2026-02-19", "thirty days: Saturday 14 February, Sunday, Seollal"),
    ("2025-09-05", 30, "2025-10-10", "thirty days into Chuseok"),
    ("2025-12-02", 30, "2026-01-02", "thirty days to New Year"),
    ("2027-11-25", 30, "2027-12-28", "thirty days to a Christmas on a Saturday"),
    ("2026-01-27", 20, "2026-02-19", "a notice of twenty days into Seollal"),
    ("2025-05-02", 1, "2025-05-07", "one day: Saturday, Sunday, Monday, Tuesday are all free"),
    ("2026-06-05", 2, "2026-06-08", "two days: the days between count, only the last moves"),
    ("2026-09-17", 7, "2026-09-28", "seven days to the day before Chuseok"),
    ("2025-03-31", 365, "2026-03-31", "a year of days, no leap day in it"),
    ("2027-03-01", 366, "2028-03-02", "a year of days with the leap day: 1 March 2028, a holiday"),
]

CASES = [(arrived, 10, last, f"holiday {nominal}") for nominal, (arrived, last) in HOLIDAYS.items()] + OTHERS
MOMENTS = (time(0, 0), time(9, 0), time(23, 59, 59, 999999))


def counted(arrived: str, days: int, at: time, calendar: frozenset[date]) -> datetime:
    return window_end(datetime.combine(date.fromisoformat(arrived), at, tzinfo=SEOUL), days, calendar, SEOUL)


@pytest.mark.parametrize(("arrived", "days", "last", "why"), CASES, ids=[f"{case[0]}+{case[1]}" for case in CASES])
def test_the_last_day_and_not_an_instant_more(arrived: str, days: int, last: str, why: str) -> None:
    """Whatever the hour of arrival, the first instant that is too late is 00:00 of the day after the last."""
    calendar = frozenset(day for day, *_ in rows())
    too_late = datetime.fromisoformat(f"{last}T00:00:00+09:00") + timedelta(days=1)
    assert {counted(arrived, days, at, calendar) for at in MOMENTS} == {too_late}, why


def test_every_holiday_of_four_years_has_its_case() -> None:
    """Both ways: a day that the rows gained or lost since the table was written shows here. 19, 19, 22 and 24 days."""
    assert {str(day) for day, *_ in rows() if day.year < 2028} == set(HOLIDAYS)


def test_every_holiday_case_arrives_ten_days_before() -> None:
    for nominal, (arrived, last) in HOLIDAYS.items():
        assert date.fromisoformat(nominal) - date.fromisoformat(arrived) == timedelta(days=10)
        assert last > nominal


@pytest.mark.django_db
def test_the_calendar_of_the_database_gives_the_same() -> None:
    calendar = non_working_days(told().programme)
    for arrived, days, last, why in CASES:
        too_late = datetime.fromisoformat(f"{last}T00:00:00+09:00") + timedelta(days=1)
        assert counted(arrived, days, time(14), calendar) == too_late, why
