"""A round's windows, told once for all the steps that its page offers."""

from evaluation.models import Round
from evaluation.queries.windows import Window, windows_of


def windows_in_hand(round: Round) -> list[Window]:
    """Every window of the round, asked once for as long as this `round` is in hand.

    For what a page shows: whoever decides on windows asks anew (`windows_of`).
    """
    known: list[Window] | None = round.__dict__.get("windows_in_hand")
    if known is None:
        known = round.__dict__["windows_in_hand"] = windows_of(round)
    return known
