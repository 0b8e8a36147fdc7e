"""Points: exact decimals, rounded half up once.

Korean official practice rounds half up (반올림): an index of 47.4 × 25/100 = 11.85 is published as 11.9. Binary floats
cannot hold 11.85 and decimal division cannot hold 25/3, so whatever stands between the marks and the published figure
is a `Fraction`, and only the published figure is a `Decimal`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

_FIGURE: Final = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


def exact(value: Decimal) -> Fraction:
    """The same number as a fraction, on which every operation is exact."""
    return Fraction(value)


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """`value` rounded once to `places` decimal places, a half going away from zero, and never -0.

    The result carries exactly `places` places, since a published 10.0 says more than a 10. Integers do the work, so
    that no precision or rounding mode of a decimal context that happens to be active has a part in it.
    """
    shifted = abs(Fraction(value)) * 10**places
    units = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
    sign = "-" if value < 0 and units else ""
    return Decimal(f"{sign}{units}E{-places}")


def added(figures: Sequence[Decimal]) -> Decimal:
    """The exact sum, with as many places as the figure that has most; no decimal context rounds it."""
    places = max((-int(each.as_tuple().exponent) for each in figures), default=0)
    return round_half_up(sum(map(exact, figures), Fraction(0)), max(0, places))


def plain(value: Decimal) -> str:
    """The figure in plain digits: without an exponent, and without a zero at the end of its places."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(text: object) -> Decimal | None:
    """The figure that a text is: plain digits, at most 20 before the point and 20 after it; None for anything else.

    No sign, since no figure of an evaluation is negative, no exponent, no NaN, and no digits of other scripts: what is
    read is what stands there.
    """
    return Decimal(text) if isinstance(text, str) and _FIGURE.fullmatch(text) else None
