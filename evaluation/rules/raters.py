"""Evaluators beside each other: who marks higher than the others, how widely, and which sheet stands far out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from core.points import exact, round_half_up
from evaluation.rules.judged import Judged, by_number
from evaluation.rules.tallies import EXACTLY

LEAST_SHEETS: Final = 5
"""Of fewer sheets it cannot be said which one stands out."""
FAR: Final = Fraction("3.5")
BY_MEDIAN, BY_MEAN = Fraction("0.6745"), Fraction("1.253314")
ROOTS: Final = Context(prec=40)
SHOWN: Final = 2
"""Places in which severity, spread and modified z-scores are shown."""

Sheets = Mapping[str, Mapping[str, Decimal]]
"""Team -> evaluator -> the sum of the marks on the sheet."""


@dataclass(frozen=True)
class Rater:
    """An evaluator: how many sheets, how far above the others (negative: below), and how widely he spreads his own.

    `severity` is None where nobody else has judged the same entries, `spread` of fewer than two sheets.
    """

    person: str
    sheets: int
    severity: Decimal | None
    spread: Decimal | None


@dataclass(frozen=True)
class Outlier:
    """A sheet far from the others on the same entry: its sum, the median of all, and its modified z-score."""

    team: str
    person: str
    total: Decimal
    median: Decimal
    score: Decimal


def sheets_of(entries: Sequence[Judged]) -> Sheets:
    """Every sheet's sum. One of an entry that has withdrawn is a judgement too."""
    found: dict[str, dict[str, Decimal]] = {}
    for entry in entries:
        sums: dict[str, Decimal] = {}
        for given in entry.marks.values():
            for person, mark in given.items():
                sums[person] = EXACTLY.add(sums.get(person, Decimal(0)), mark)
        found[entry.team] = sums
    return found


def raters(sheets: Sheets) -> list[Rater]:
    """Every evaluator, in the order of their numbers.

    Severity is the mean, over the entries that he judged, of his sheet's sum less the mean of the others' sums on the
    same entry. Spread is the standard deviation (of a sample) of his own sums.
    """
    apart: dict[str, list[Fraction]] = defaultdict(list)
    own: dict[str, list[Fraction]] = defaultdict(list)
    for sums in sheets.values():
        count = len(sums)
        exactly = {person: exact(value) for person, value in sums.items()}
        added = sum(exactly.values(), Fraction(0))
        for person, value in exactly.items():
            own[person].append(value)
            if count > 1:
                apart[person].append((count * value - added) / (count - 1))
    return [
        Rater(
            person,
            len(own[person]),
            round_half_up(sum(apart[person], Fraction(0)) / len(apart[person]), SHOWN) if apart[person] else None,
            _deviation(own[person]),
        )
        for person in sorted(own, key=by_number)
    ]


def _deviation(values: Sequence[Fraction]) -> Decimal | None:
    if len(values) < 2:  # noqa: PLR2004 - one value does not vary
        return None
    middle = sum(values, Fraction(0)) / len(values)
    variance = sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1)
    root = ROOTS.sqrt(ROOTS.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    return round_half_up(root, SHOWN)


def outliers(sheets: Sheets) -> list[Outlier]:
    """The sheets whose modified z-score lies beyond ±3.5, in the order of entries and of evaluators' numbers.

    B. Iglewicz and D. Hoaglin, "How to Detect and Handle Outliers" (1993): 0.6745 (x − median) ÷ MAD, where MAD is the
    median of the absolute deviations from the median. Where more than half of the sheets agree that is 0; then, as IBM
    Cognos Analytics computes the same score, (x − median) ÷ (1.253314 · the mean absolute deviation from the median).
    Fewer than `LEAST_SHEETS` sheets are not judged.
    """
    return [
        Outlier(team, person, sums[person], middle, round_half_up(score, SHOWN))
        for team, sums in sheets.items()
        if len(sums) >= LEAST_SHEETS
        for middle, scale in [_middle_and_scale(list(sums.values()))]
        if scale
        for person in sorted(sums, key=by_number)
        if abs(score := exact(EXACTLY.subtract(sums[person], middle)) / scale) > FAR
    ]


def _middle_and_scale(values: Sequence[Decimal]) -> tuple[Decimal, Fraction]:
    middle = _median(values)
    deviations = [EXACTLY.abs(EXACTLY.subtract(value, middle)) for value in values]
    if by_median := _median(deviations):
        return middle, exact(by_median) / BY_MEDIAN
    return middle, BY_MEAN * sum(map(exact, deviations), Fraction(0)) / len(deviations)


def _median(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return EXACTLY.multiply(EXACTLY.add(low, high), Decimal("0.5"))
