from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import added, exact, round_half_up


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction("47.4") * Fraction(25, 100), 1, "11.9"),
        (Decimal("11.85"), 1, "11.9"),
        (Decimal("11.849999999999999999999999999999999999"), 1, "11.8"),
        (Fraction(25, 3) * Fraction(3, 10), 1, "2.5"),
        (Decimal("9.475"), 2, "9.48"),
        (Decimal("9.465"), 2, "9.47"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 0, "1"),
        (10, 1, "10.0"),
        (10, 0, "10"),
        (0, 2, "0.00"),
        (Decimal("0.04"), 1, "0.0"),
        (Decimal("99.95"), 1, "100.0"),
        (Decimal("0.0000005"), 6, "0.000001"),
        (Decimal("0.0000004"), 6, "0.000000"),
        (Decimal("-0.25"), 1, "-0.3"),
        (Decimal("-0.24"), 1, "-0.2"),
        (Decimal("-0.04"), 1, "0.0"),
        (Decimal("-0"), 1, "0.0"),
    ],
)
def test_a_half_goes_away_from_zero_and_the_places_are_kept(value, places, expected):
    assert str(round_half_up(value, places)) == expected


def test_an_active_decimal_context_has_no_part_in_it():
    with localcontext() as context:
        context.prec = 3
        context.rounding = ROUND_DOWN
        assert str(round_half_up(Decimal("123456.785"), 2)) == "123456.79"
        assert exact(Decimal("123456.785")) == Fraction(123456785, 1000)


def by_long_division(numerator: int, denominator: int, places: int) -> str:
    """Rounding as it is taught at school: divide, look at the remainder, carry."""
    whole, left = divmod(abs(numerator) * 10**places, denominator)
    whole += 1 if left >= denominator - left else 0
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if numerator < 0 and whole else text


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_agrees_with_long_division(numerator, denominator, places):
    assert str(round_half_up(Fraction(numerator, denominator), places)) == by_long_division(
        numerator, denominator, places
    )


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_what_is_rounded_is_at_most_half_a_unit_off_and_stays_when_rounded_again(value, places):
    rounded = round_half_up(value, places)
    assert abs(exact(rounded) - value) <= Fraction(1, 2 * 10**places)
    assert str(round_half_up(rounded, places)) == str(rounded)


@given(st.decimals(min_value=-1000, max_value=1000, places=4), st.integers(0, 6))
def test_a_fraction_rounds_as_its_decimal_does(value, places):
    assert str(round_half_up(value, places)) == str(round_half_up(exact(value), places))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((), "0"),
        (("0.1", "0.2"), "0.3"),
        (("31.50", "7"), "38.50"),
        (("99999999999999999999", "0.00000000000000000001"), "99999999999999999999.00000000000000000001"),
        (("1E+2", "0.5"), "100.5"),
    ],
)
def test_a_sum_is_exact_whatever_context_is_active(figures, expected):
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert f"{added([Decimal(each) for each in figures]):f}" == expected
