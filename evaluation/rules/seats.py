"""Seats: who advances to them, who moves up into an empty one, and what must be decided before that is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.rules.outcomes import (
    ADVANCED,
    BELOW_FLOOR,
    ELIMINATED,
    GATE_FAILED,
    PROMOTE,
    Contender,
    RankGroup,
    cut,
)


@dataclass(frozen=True)
class Decision:
    """Outcomes by team, None where something must be decided first: a verdict (team, gate), or a tie at the cut."""

    outcomes: dict[str, str | None]
    without_verdict: tuple[tuple[str, str], ...]
    ties_at_cut: tuple[tuple[str, ...], ...]


def decide(contenders: Sequence[Contender], *, seats: int, vacancy: str) -> Decision:
    """The outcome of every entry that has a rank.

    Who shares a rank across the last seat is for officials to order, whatever the gates say; and each entry within
    the seats, one on such a rank too, needs all its verdicts. Outside the seats a gate changes nothing.
    """
    divided = cut(contenders, seats)
    outcomes = {contender.team: outcome_within(contender) for contender in divided.within}
    outcomes |= {contender.team: None for contender in divided.across}
    needed = divided.within + divided.across
    ties: tuple[RankGroup, ...] = (divided.across,) if divided.across else ()
    if vacancy == PROMOTE:
        empty = seats - seats_held(needed, seats)
        further = promote(divided.outside, empty, settled=not any(each.may_yet_advance for each in needed))
        outcomes |= further.outcomes
        needed += further.in_line
        ties += further.ties
    else:
        outcomes |= {contender.team: ELIMINATED for group in divided.outside for contender in group}
    return Decision(
        outcomes,
        without_verdict=tuple((contender.team, gate) for contender in needed for gate in contender.awaiting),
        ties_at_cut=tuple(tuple(contender.team for contender in tie) for tie in ties),
    )


def outcome_within(contender: Contender) -> str | None:
    """The outcome of an entry within the seats; a failed gate is named before a total under the floor."""
    if contender.awaiting:
        return None
    if contender.gate_failed:
        return GATE_FAILED
    return BELOW_FLOOR if contender.below_floor else ADVANCED


def seats_held(contenders: RankGroup, seats: int) -> int:
    """How many seats are taken, or kept for those who will have them if the verdicts they await are favourable.

    Of a group across the last seat every entry that may advance counts, whatever order it will be given: those whom
    the order leaves outside are the next in line, before anyone of a lower rank.
    """
    return min(seats, sum(contender.may_advance for contender in contenders))


@dataclass(frozen=True)
class Promotion:
    """What the walk down the ranks found: outcomes, who must have verdicts as being in line, and undecided ties."""

    outcomes: dict[str, str | None]
    in_line: RankGroup
    ties: tuple[RankGroup, ...]


def promote(outside: Sequence[RankGroup], empty: int, *, settled: bool) -> Promotion:
    """Fill `empty` seats from the ranks outside, in rank order, passing over whoever may not advance.

    An entry that awaits a verdict keeps its place in line. As long as any does (not `settled`), those behind it may
    yet be reached and have no outcome. Entries sharing a rank move up together or, if the seats do not suffice for
    all that may, not without an order from officials.
    """
    outcomes: dict[str, str | None] = {}
    in_line: RankGroup = ()
    ties: tuple[RankGroup, ...] = ()
    for group in outside:
        able = tuple(contender for contender in group if contender.may_advance)
        outcomes |= {contender.team: ELIMINATED for contender in group}
        if not empty:
            outcomes |= {contender.team: ELIMINATED if settled else None for contender in able}
            continue
        tied = len(able) > empty
        outcomes |= {each.team: None if tied or each.awaiting else ADVANCED for each in able}
        ties += (group,) if tied else ()
        in_line += able
        settled = settled and not any(contender.may_yet_advance for contender in group)
        empty -= min(empty, len(able))
    return Promotion(outcomes, in_line, ties)
