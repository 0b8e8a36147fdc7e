"""Drawing by chance with whole numbers alone, the same from the same seed on every machine."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from evaluation.rules.tallies import Tally


def redrawn(chance: Random, tally: Tally) -> dict[Decimal, int]:
    """As many values as there are, each drawn anew from them all: how often each came, without drawing one by one."""
    found: dict[Decimal, int] = {}
    left = still = sum(tally.values())
    for value, times in sorted(tally.items()):
        came = of(chance, left, times, still)
        if came:
            found[value] = came
        left, still = left - came, still - times
    return found


def of(chance: Random, trials: int, times: int, among: int) -> int:
    """How many of `trials` succeed where each does with the chance `times` / `among`: exactly binomial.

    A trial draws a number between 0 and 1 bit by bit until it differs from the chance, and succeeds where it is less.
    All trials draw each bit at once: how many drew a one is the number of ones in as many random bits.
    """
    succeeded, undecided, rest = 0, trials, times
    if times == among:
        return trials
    while undecided and rest:
        ones = chance.getrandbits(undecided).bit_count()
        rest *= 2
        if rest >= among:
            rest -= among
            succeeded, undecided = succeeded + undecided - ones, ones
        else:
            undecided -= ones
    return succeeded


def drawn(chance: Random, number: int) -> Sequence[int]:
    """How often each of `number` people is drawn where one of them is drawn as many times."""
    often = [0] * number
    for _ in range(number):
        often[chance.randrange(number)] += 1
    return often
