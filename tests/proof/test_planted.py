"""What the proof is worth: each of these faults is planted in turn, and found.

Each is really active while it is looked for (`planting`), and found by what the finding says; without any of them the
same search finds nothing (`test_machine`).
"""

from collections.abc import Iterator

import pytest

from tests.core.calendar.test_dates_by_hand import test_the_calendar_of_the_database_gives_the_same as dates_by_hand
from tests.proof.faults import FAULTS
from tests.proof.planting import planted
from tests.proof.searching import the_machine

pytestmark = pytest.mark.django_db
GUARDED = [fault for fault, what in FAULTS.items() if what.guards]
OF_THE_CALENDAR = ["plus ten days without the calendar", "no move from a holiday"]


def said(fault: BaseException) -> Iterator[str]:
    """What a finding says, with whatever it was made of."""
    yield f"{type(fault).__name__}: {fault}"
    for part in getattr(fault, "exceptions", ()):
        yield from said(part)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    what = FAULTS[fault]
    with planted(what.faults, dropped=what.guards), pytest.raises(AssertionError) as found:
        the_machine()
    assert what.says in str(found.value)


@pytest.mark.parametrize("fault", GUARDED)
def test_it_is_found_with_the_guards_in_place_too(fault: str) -> None:
    """By the database's own refusal, or, where a step shows it before anything is written, by the same sentence."""
    what = FAULTS[fault]
    with planted(what.faults), pytest.raises(Exception) as found:  # noqa: PT011 - judged by what it says
        the_machine()
    words = "\n".join(said(found.value))
    refused = "IntegrityError" in words and any(guard.split()[1] in words for guard in what.guards)
    assert refused or what.says in words, words


@pytest.mark.parametrize("fault", OF_THE_CALENDAR)
def test_the_dates_by_hand_find_it_too(fault: str) -> None:
    with planted(FAULTS[fault].faults), pytest.raises(AssertionError, match="holiday"):
        dates_by_hand()
