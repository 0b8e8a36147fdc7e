"""What a written value means: every form that is taken, every form that is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal import scalars
from rehearsal.document import Mapping, Node, Unusable, parse

KST = timezone(timedelta(hours=9))


def node(written: str) -> Node:
    root = parse(f"\na: {written}")
    assert isinstance(root, Mapping)
    return root.entries[0][1]


def refused(read: Callable[[Node], Any], written: str) -> str:
    with pytest.raises(Unusable) as caught:
        read(node(written))
    assert (caught.value.line, caught.value.key) == (2, "a")
    return caught.value.message


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("11.85", "11.85"),
        ("'11.85'", "11.85"),
        ("!!float 11.85", "11.85"),
        ('!!float "11.85"', "11.85"),
        ("!!int 12", "12"),
        ("!!str 12", "12"),
        ("12", "12"),
        ("+12", "12"),
        ("-3", "-3"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        (".5", "0.5"),
        ("5.", "5"),
        ("10.0", "10.0"),
        ("1e3", "1000"),
        ("15E-1", "1.5"),
        ("017", "17"),
        ("9" * 40, "9" * 40),
        ("1" * 20 + "." + "1" * 20, "1" * 20 + "." + "1" * 20),
        ("0." + "0" * 38 + "1", "0." + "0" * 38 + "1"),
    ],
)
def test_numbers_are_the_digits_that_were_written(written: str, digits: str) -> None:
    assert f"{scalars.number(node(written)):f}" == digits


@pytest.mark.parametrize(
    "written",
    [
        *("abc", "0x1F", "0o17", "1_000", "1:30", "1,000", "1e", "--1", "１２", "5 점", "1/2", "true"),
        *(".inf", ".nan", "NaN", "Infinity", "!!float .inf", "!!bool 1", "!!timestamp 5"),
    ],
)
def test_what_is_not_a_number(written: str) -> None:
    assert "숫자여야 합니다" in refused(scalars.number, written)


@pytest.mark.parametrize(
    "written", ["1e400", "1e40", "1e-41", "0e-999999", "1e999999999", "9" * 41, "'" + "1" * 5000 + "'"]
)
def test_numbers_too_large_or_too_long(written: str) -> None:
    assert "너무 크거나 깁니다" in refused(scalars.number, written)


@pytest.mark.parametrize("written", ["", "~", "null", "[1]", "{b: 1}"])
def test_a_value_must_be_there_and_be_one(written: str) -> None:
    assert refused(scalars.number, written) in ("값이 비어 있습니다", "값 하나가 와야 합니다")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-10_000, max_value=10_000))
def test_any_decimal_comes_back_exactly(value: Decimal) -> None:
    for written in (f"{value:f}", f"'{value:f}'", f"!!float {value:f}"):
        assert scalars.number(node(written)) == value


def test_numbers_do_not_depend_on_the_active_precision() -> None:
    with localcontext() as context:
        context.prec = 3
        assert scalars.number(node("123456.789")) == Decimal("123456.789")
        assert "정수여야" in refused(scalars.whole(), "123456.789")
        assert "이하여야" in refused(scalars.whole(), "9" * 40)


@pytest.mark.parametrize(("written", "value"), [("4", 4), ("'4'", 4), ("4.0", 4), ("!!int 4", 4), ("4e0", 4)])
def test_whole_numbers(written: str, value: int) -> None:
    found = scalars.whole(1)(node(written))
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("4.5", "정수여야"),
        ("0", "1 이상"),
        ("-1", "1 이상"),
        ("11", "10 이하"),
        ("!!int 4.5", "정수여야"),
        ("x", "숫자"),
    ],
)
def test_whole_numbers_within_bounds(written: str, message: str) -> None:
    assert message in refused(scalars.whole(1, 10), written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("20/100", (1, 5)),
        ("1/3", (1, 3)),
        ("'25 / 100'", (1, 4)),
        ("0.25", (1, 4)),
        ("47.4/100", (237, 500)),
        ("2", (2, 1)),
    ],
)
def test_factors(written: str, value: tuple[int, int]) -> None:
    assert scalars.fraction(node(written)) == Fraction(*value)


@pytest.mark.parametrize("written", ["1/0", "1/", "/2", "1/2/3", "a/b", "", "1e400/2", "1/1e19", "1e20"])
def test_what_is_not_a_factor(written: str) -> None:
    refused(scalars.fraction, written)


NINE = datetime(2026, 1, 5, 9, tzinfo=KST)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-01-05T09:00+09:00", NINE),
        ("'2026-01-05T09:00+09:00'", NINE),
        ('"2026-01-05T09:00:00+09:00"', NINE),
        ("2026-01-05 09:00:00 +09:00", NINE),
        ("!!timestamp 2026-01-05T09:00:00+09:00", NINE),
        ("2026-01-05T09:00+0900", NINE),
        ("2026-01-05T09:00+09", NINE),
        ("2026-01-05T00:00Z", NINE),
        ("2026-01-05t00:00:00z", NINE),
        ("2026-01-04T19:00-05:00", NINE),
        ("2026-01-05T09:00:30.25+09:00", NINE + timedelta(seconds=30.25)),
        ("2026-01-04T24:00+00:00", NINE),
        ("2025-12-31T24:00:00.000+09:00", datetime(2025, 12, 31, 15, tzinfo=UTC)),
        ("2028-02-29T23:59:59+00:00", datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_times(written: str, value: datetime) -> None:
    found = scalars.moment(node(written))
    assert found == value
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "written",
    [
        *("2026-01-05T09:00", "2026-01-05", "09:00+09:00", "2026-01-05T24:01+09:00", "2026-01-05T09:60+09:00"),
        *("2026-01-05T25:00+09:00", "2026-02-29T24:00+09:00", "9999-12-31T24:00+09:00"),
        *("2026-02-29T09:00+09:00", "2026-13-01T09:00+09:00", "2026-1-5T09:00+09:00", "2026-01-05T9:00+09:00"),
        *("2026-01-05T09:00+99:00", "2026-01-05x09:00+09:00", "2026-01-05T09+09:00", "tomorrow", "1767571200"),
        *("2026-01-05T09:00 Asia/Seoul", "2026-W02-1T09:00+09:00"),
    ],
)
def test_what_is_not_a_time(written: str) -> None:
    assert "시차를 적은 시각이어야 합니다" in refused(scalars.moment, written)


@pytest.mark.parametrize("written", ["0001-01-01T00:00+09:00", "9999-12-31T23:00-09:00"])
def test_times_at_the_ends_of_the_calendar_are_refused(written: str) -> None:
    assert "까지의 시각이어야" in refused(scalars.moment, written)


@pytest.mark.parametrize("written", ["2026-01-15", "'2026-01-15'", "!!timestamp 2026-01-15"])
def test_dates(written: str) -> None:
    found = scalars.day(node(written))
    assert (found, type(found)) == (date(2026, 1, 15), date)


@pytest.mark.parametrize(
    "written", ["2026-02-29", "20260115", "2026-1-15", "2026-01-15T00:00+09:00", "15.01.2026", "''"]
)
def test_what_is_not_a_date(written: str) -> None:
    assert "날짜여야 합니다" in refused(scalars.day, written)


@pytest.mark.parametrize(
    ("written", "value"), [("true", True), ("False", False), ("'true'", True), ("!!bool true", True)]
)
def test_booleans(written: str, value: bool) -> None:
    assert scalars.boolean(node(written)) is value


@pytest.mark.parametrize("written", ["yes", "no", "on", "1", "예"])
def test_what_merely_resembles_a_boolean(written: str) -> None:
    assert "true 또는 false" in refused(scalars.boolean, written)


@pytest.mark.parametrize("written", ["a", "0", "stage-1", "a_b", "no", "1e3", "2026-01-15", "'null'", "a" * 64])
def test_codes(written: str) -> None:
    assert scalars.code(node(written)) == written.strip("'")


@pytest.mark.parametrize("written", ["A", "-a", "_a", "가", "a b", "a.b", "a" * 65, "''", "'a '", '"a\\n"'])
def test_what_is_not_a_code(written: str) -> None:
    assert "코드여야 합니다" in refused(scalars.code, written)


def test_texts() -> None:
    assert scalars.text(node("' 사유 '")) == "사유"
    assert scalars.text(node("5")) == "5"
    assert "빈 글일 수 없습니다" in refused(scalars.text, "'  '")


def test_a_text_that_need_not_say_anything() -> None:
    assert scalars.remark(node("' 의견 '")) == "의견"
    assert scalars.remark(node("'  '")) == ""


def test_texts_of_bounded_length() -> None:
    assert scalars.label(3)(node("' 가나다 '")) == "가나다"
    assert refused(scalars.label(3), "가나다라") == "3자 이하여야 합니다(4자)"


@pytest.mark.parametrize("written", ["Mars/Base", "../etc/passwd", "/etc/passwd", "Asia"])
def test_time_zones_that_do_not_exist(written: str) -> None:
    assert scalars.zone(node("Asia/Seoul")) == "Asia/Seoul"
    assert "모르는 시간대입니다" in refused(scalars.zone, written)


def test_words_of_a_closed_list() -> None:
    read = scalars.choice(("recruit", "leave"))
    assert read(node("leave")) == "leave"
    assert refused(read, "keep") == "다음 가운데 하나여야 합니다: recruit, leave ('keep' 불가)"
