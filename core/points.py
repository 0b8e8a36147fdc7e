"""Points: exact decimals, rounded half up once.

Korean official practice rounds half up (반올림): an index of 47.4 × 25/100 = 11.85 is published as 11.9. Binary floats
cannot hold 11.85 and decimal division cannot hold 25/3, so whatever stands between the marks and the published figure
is a `Fraction`, and only the published figure is a `Decimal`.
"""

from decimal import Decimal
from fractions import Fraction


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
