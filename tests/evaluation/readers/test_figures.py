"""Figures: exactly as they are written, or a sentence."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.readers.figures import NotAFigure, amount, figure, shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("9.20", "9.20"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e2", "100"),
        ("1E-7", "0.0000001"),
        ("9" * 40, "9" * 40),
        ("-3", "-3"),
    ],
)
def test_a_figure_is_kept_digit_by_digit(text, kept):
    assert format(figure(text), "f") == kept


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("", "“”"),
        (" 5", "숫자가 아닙니다"),
        ("NaN", "숫자가 아닙니다: NaN"),
        ("sNaN", "숫자가 아닙니다"),
        ("Infinity", "숫자가 아닙니다"),
        ("-inf", "숫자가 아닙니다"),
        ("1_000", "숫자가 아닙니다: 1_000"),
        ("１２", "숫자가 아닙니다"),
        ("٣", "숫자가 아닙니다"),
        ("1,5", "숫자가 아닙니다"),
        ("0x10", "숫자가 아닙니다"),
        ("1e99999", "숫자가 아닙니다"),
        ("-0", "음수 0"),
        ("-0.00e5", "음수 0"),
        ("1e400", "40자리"),
        ("1e-400", "40자리"),
        ("0e400", "40자리"),
        ("1" * 41, "40자리"),
        ("1e40", "40자리"),
        ("0." + "0" * 20 + "1", "소수점 아래 20자리"),
        ("9" * 100_000, "숫자가 아닙니다: 9"),
        ("5\u202e", "숫자가 아닙니다: 5�"),
    ],
)
def test_what_is_no_figure_is_told(text, told_of):
    with pytest.raises(NotAFigure) as caught:
        figure(text)
    assert told_of in str(caught.value)
    assert len(str(caught.value)) < 100


def test_an_amount_is_not_negative():
    with pytest.raises(NotAFigure, match="0보다 작을 수 없습니다"):
        amount("-1")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**18, places=12))
@settings(max_examples=50)
def test_every_decimal_of_the_kind_comes_back(value):
    assert figure(str(value)) == value


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[-+0-9.eE_ ]{1,60}", fullmatch=True)))
@settings(max_examples=200)
def test_any_text_is_a_finite_figure_or_a_sentence(text):
    with suppress(NotAFigure):
        value = figure(text)
        assert value.is_finite()
        assert len(value.as_tuple().digits) <= 40
        assert value == Decimal(text)
    assert shown(text).isprintable()
    assert len(shown(text)) <= 41
