"""The end of a window in words: each case read off a printed calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from core.calendar.window import days_left
from core.calendar.words import day_words, end_words, moment_words, window_words
from core.templatetags.simsa import left_words, until

SEOUL = ZoneInfo("Asia/Seoul")

CASES = [
    ("2026-01-27T00:00:00+09:00", "2026년 1월 26일(월) 24:00까지", "until 24:00 on Monday, 26 January 2026"),
    ("2026-01-26T15:00:00+00:00", "2026년 1월 26일(월) 24:00까지", "until 24:00 on Monday, 26 January 2026"),
    ("2027-01-01T00:00:00+09:00", "2026년 12월 31일(목) 24:00까지", "until 24:00 on Thursday, 31 December 2026"),
    ("2028-03-01T00:00:00+09:00", "2028년 2월 29일(화) 24:00까지", "until 24:00 on Tuesday, 29 February 2028"),
    ("2026-01-23T09:00:00+09:00", "2026년 1월 23일(금) 09:00까지", "until 09:00 on Friday, 23 January 2026"),
    ("2026-01-23T09:00:30+09:00", "2026년 1월 23일(금) 09:00:30까지", "until 09:00:30 on Friday, 23 January 2026"),
]


@pytest.mark.parametrize(("closes_at", "korean", "english"), CASES)
def test_words(closes_at: str, korean: str, english: str):
    at = datetime.fromisoformat(closes_at)
    assert window_words(at, SEOUL) == korean
    assert window_words(at, SEOUL, "en") == english


def test_midnight_is_that_of_the_zone():
    at = datetime.fromisoformat("2026-01-27T00:00:00+09:00")
    assert window_words(at, ZoneInfo("UTC")) == "2026년 1월 26일(월) 15:00까지"


def test_a_time_without_its_offset_is_an_error():
    with pytest.raises(ValueError, match="offset"):
        window_words(datetime(2026, 1, 27), SEOUL)  # noqa: DTZ001 - what is refused


def test_an_end_that_is_over():
    at = datetime.fromisoformat(CASES[0][0])
    assert end_words(at, SEOUL) == "2026년 1월 26일(월) 24:00"
    assert end_words(at, SEOUL, "en") == "24:00 on Monday, 26 January 2026"


def test_a_day():
    assert day_words(date(2028, 12, 25)) == "2028년 12월 25일(월)"
    assert day_words(date(2028, 12, 25), "en") == "Monday, 25 December 2028"


def test_a_moment():
    assert moment_words(datetime.fromisoformat("2026-01-15T05:00:00+00:00"), SEOUL) == "2026년 1월 15일(목) 14:00"


@pytest.mark.parametrize(("language", "words"), [("ko", CASES[0][1]), ("en", CASES[0][2])])
def test_in_a_template(language: str, words: str):
    with translation.override(language), timezone.override(SEOUL):
        assert until(datetime.fromisoformat(CASES[0][0])) == words
        assert until(None) == "—"


@pytest.mark.parametrize(
    ("today", "closes", "words"),
    [
        ("2026-11-30T10:00+09:00", "2026-12-03T00:00+09:00", "2일 남음"),
        ("2026-12-01T23:59+09:00", "2026-12-03T00:00+09:00", "1일 남음"),
        ("2026-12-02T00:00+09:00", "2026-12-03T00:00+09:00", "오늘까지"),
        ("2026-12-02T23:59+09:00", "2026-12-03T00:00+09:00", "오늘까지"),
        ("2026-03-02T10:00+09:00", "2026-04-02T00:00+09:00", "30일 남음"),
    ],
)
def test_what_is_left_does_not_count_today(today: str, closes: str, words: str):
    now, end = datetime.fromisoformat(today), datetime.fromisoformat(closes)
    assert left_words(days_left(now, end, SEOUL)) == words


def test_what_is_left_in_english():
    with translation.override("en"):
        assert [left_words(days) for days in (2, 0)] == ["Days left: 2", "Ends today"]
