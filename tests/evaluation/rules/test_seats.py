"""Outcomes on ranks that are given: each entry is written as rank and marks.

`+` passed every gate, `-` failed one, `?` awaits a verdict, `v` lies below the floor.
"""

import pytest

from evaluation.rules.outcomes import Contender
from evaluation.rules.seats import decide

WORDS = {"adv": "advanced", "gate": "gate_failed", "floor": "below_floor", "out": "eliminated", "open": None}


def contenders(written):
    return [
        Contender(
            team="abcdefgh"[place],
            rank=int(marks[0]),
            gate_failed="-" in marks,
            below_floor="v" in marks,
            awaiting=("originality",) if "?" in marks else (),
        )
        for place, marks in enumerate(written.split())
    ]


def decided(written, seats, vacancy):
    """The outcomes by team, who lacks a verdict that is needed, and who is tied at the cut."""
    decision = decide(contenders(written), seats=seats, vacancy=vacancy)
    names = {word: name for name, word in WORDS.items()}
    lacking = "".join(team for team, _ in decision.without_verdict)
    ties = " ".join("".join(tie) for tie in decision.ties_at_cut)
    return " ".join(names[outcome] for _, outcome in sorted(decision.outcomes.items())), lacking, ties


@pytest.mark.parametrize(
    ("written", "seats", "expected"),
    [
        ("1+ 2+ 3+", 2, ("adv adv out", "", "")),
        ("1+ 2-", 2, ("adv gate", "", "")),
        ("1+ 2-v 3+v", 3, ("adv gate floor", "", "")),
        ("1+ 2+ 3-", 2, ("adv adv out", "", "")),
        ("1+ 2+ 3?", 2, ("adv adv out", "", "")),
        ("1+ 2? 3+", 2, ("adv open out", "b", "")),
        ("1+ 2?- 3+", 2, ("adv open out", "b", "")),
        ("1+ 2?v 3+", 2, ("adv open out", "b", "")),
        ("1+ 1+ 3+", 2, ("adv adv out", "", "")),
        ("1+ 2+ 2+ 4+", 2, ("adv open open out", "", "bc")),
        ("1+ 2- 2v 4+", 2, ("adv open open out", "", "bc")),
        ("1+ 2? 2+ 4?", 2, ("adv open open out", "b", "bc")),
        ("1+ 1+ 1+", 2, ("open open open", "", "abc")),
        ("1+ 2+ 3+ 3+", 2, ("adv adv out out", "", "")),
        ("1+", 3, ("adv", "", "")),
        ("", 3, ("", "", "")),
    ],
)
@pytest.mark.parametrize("vacancy", ["recruit", "leave"])
def test_empty_seats_stay_empty(written, seats, vacancy, expected):
    assert decided(written, seats, vacancy) == expected


@pytest.mark.parametrize(
    ("written", "seats", "expected"),
    [
        # nothing is empty
        ("1+ 2+ 3+", 2, ("adv adv out", "", "")),
        ("1+ 2+ 3?", 2, ("adv adv out", "", "")),
        # the next in rank moves up, past those who may not
        ("1+ 2- 3+ 4+", 2, ("adv gate adv out", "", "")),
        ("1+ 2v 3- 4v 5+ 6+", 2, ("adv floor out out adv out", "", "")),
        ("1- 2- 3+ 4-", 2, ("gate gate adv out", "", "")),
        # who may be reached needs a verdict, and keeps a place in line until it is there
        ("1+ 2- 3? 4+", 2, ("adv gate open open", "c", "")),
        ("1- 2- 3? 4+ 5+", 2, ("gate gate open adv open", "c", "")),
        ("1- 2- 3? 4? 5? 6-", 2, ("gate gate open open open out", "cd", "")),
        ("1+ 2- 3?v 4?- 5+ 6?", 2, ("adv gate out out adv out", "", "")),
        # a seat that hangs on a verdict may become empty
        ("1+ 2? 3+ 4v", 2, ("adv open open out", "b", "")),
        ("1- 2? 3+ 4+", 2, ("gate open adv open", "b", "")),
        ("1+ 2?v 3+ 4+", 2, ("adv open adv out", "b", "")),
        # a tie at the last promotion
        ("1+ 2- 3+ 3+ 5+", 2, ("adv gate open open out", "", "cd")),
        ("1+ 2- 3+ 3- 5+", 2, ("adv gate adv out out", "", "")),
        ("1- 2- 3+ 3+ 5+", 2, ("gate gate adv adv out", "", "")),
        ("1+ 2- 3+ 3- 3+ 6+", 2, ("adv gate open out open out", "", "cde")),
        ("1+ 2- 3+ 3? 5+", 2, ("adv gate open open open", "d", "cd")),
        ("1- 2- 3+ 4+ 4+", 2, ("gate gate adv open open", "", "de")),
        # a tie across the last seat takes what is empty before anyone below it
        ("1+ 2+ 2+ 4+", 2, ("adv open open out", "", "bc")),
        ("1- 2+ 2+ 4+ 5+", 2, ("gate open open out out", "", "bc")),
        ("1- 2+ 2- 4+ 5+", 2, ("gate open open adv out", "", "bc")),
        ("1- 2? 2- 4? 5+", 2, ("gate open open open open", "bd", "bc")),
        ("1- 2- 2- 4+ 4+ 4+", 2, ("gate open open open open open", "", "bc def")),
    ],
)
def test_an_empty_seat_goes_to_the_next_in_rank(written, seats, expected):
    assert decided(written, seats, "promote") == expected
