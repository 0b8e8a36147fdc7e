"""How far evaluators agree on a criterion."""

from collections.abc import Iterable
from fractions import Fraction

from evaluation.rules.tallies import Tally, squares, total


def alpha(units: Iterable[Tally]) -> Fraction | None:
    """Krippendorff's alpha with the interval metric, exactly: 1 is agreement, 0 what chance would bring, less is worse.

    `units` are the things judged, each as how often every value was given. Units with fewer than two values have nobody
    to agree with and are left out. None where no such unit is left or all values are the same, for then there is no
    disagreement by chance to compare with.

    K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), with the difference (c − k)². Over all ordered
    pairs of n values its sum is 2(n·Σv² − (Σv)²), so that sums and squares are enough.
    """
    pairable = [(count, unit) for unit in units if (count := sum(unit.values())) > 1]
    observed, count, added, squared = Fraction(0), 0, Fraction(0), Fraction(0)
    for size, unit in pairable:
        sum_, sum_of_squares = total(unit), squares(unit)
        observed += (size * sum_of_squares - sum_**2) / (size - 1)
        count, added, squared = count + size, added + sum_, squared + sum_of_squares
    expected = count * squared - added**2
    return 1 - (count - 1) * observed / expected if expected else None
