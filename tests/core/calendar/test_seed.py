"""The seeded days: what the law says of them, and the library as second opinion."""

from datetime import date

import pytest

from core.calendar.seed import YEARS, Disagreement, disagreements, rows

ROWS = {day: (ko, en, source) for day, ko, en, source in rows()}


def test_one_row_a_day_in_order_and_complete() -> None:
    days = [row[0] for row in rows()]
    assert days == sorted(set(days))
    assert {day.year for day in days} == set(YEARS)
    assert all(text.strip() == text and text for row in rows() for text in row[1:])


@pytest.mark.parametrize(
    ("day", "source"),
    [
        ("2024-10-01", "제2조제11호"),
        ("2025-01-27", "제2조제11호"),
        ("2025-06-03", "공직선거법 제35조"),
        ("2026-05-01", "노동절 제정에 관한 법률"),
        ("2026-06-03", "공직선거법 제34조"),
        ("2026-07-17", "공휴일에 관한 법률"),
        ("2028-04-12", "공직선거법 제34조"),
        ("2030-03-27", "공직선거법 제34조제1항제1호"),
        ("2030-06-12", "공직선거법 제34조제1항제3호"),
        ("2026-02-17", "제2조제4호"),
    ],
)
def test_days_that_rest_on_a_rule_of_their_own(day: str, source: str) -> None:
    assert source in ROWS[date.fromisoformat(day)][2]


SUBSTITUTES = [
    *("2024-02-12", "2024-05-06"),
    *("2025-03-03", "2025-05-06", "2025-10-08"),
    *("2026-03-02", "2026-05-25", "2026-08-17", "2026-10-05"),
    *("2027-02-09", "2027-05-03", "2027-07-19", "2027-08-16", "2027-10-04", "2027-10-11", "2027-12-27"),
    "2028-10-05",
    *("2029-05-07", "2029-05-21", "2029-09-24"),
    *("2030-02-05", "2030-05-06"),
]


def test_every_substitute_and_no_other() -> None:
    found = [day.isoformat() for day, (_, _, source) in ROWS.items() if "제3조(대체공휴일)" in source]
    assert found == SUBSTITUTES
    assert all(ROWS[date.fromisoformat(day)][0].startswith("대체공휴일(") for day in found)


@pytest.mark.parametrize(
    "day", ["2024-07-17", "2025-05-01", "2025-07-17", "2027-06-07", "2028-01-03", "2026-06-08", "2026-09-28"]
)
def test_days_that_are_ordinary(day: str) -> None:
    """Before the amendments of 2026; and 1 January, Memorial Day and a Saturday of Chuseok have no substitute."""
    assert date.fromisoformat(day) not in ROWS


def test_a_substitute_is_never_a_weekend() -> None:
    assert all(date.fromisoformat(day).weekday() < 5 for day in SUBSTITUTES)


def test_the_library_agrees() -> None:
    assert disagreements(rows(), YEARS) == []


def test_the_library_warns_of_what_is_missing_and_what_is_extra() -> None:
    ours = [row for row in rows() if row[0] != date(2026, 5, 1)]
    ours.append((date(2026, 1, 2), "지정일", "Designated day", "제2조제11호"))
    assert disagreements(ours, [2026]) == [
        Disagreement(date(2026, 1, 2), "extra", "지정일"),
        Disagreement(date(2026, 5, 1), "missing", "노동절"),
    ]
    assert str(disagreements(ours, [2026])[1]) == "2026-05-01 노동절: 행에는 없고 라이브러리에는 있습니다"


def test_only_the_years_asked_for_are_compared() -> None:
    assert disagreements([], [2024 + 1])[0].day == date(2025, 1, 1)
    assert disagreements(rows(), [2026]) == []
    assert disagreements([], []) == []
