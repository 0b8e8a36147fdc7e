"""Events with flaws, one by one and two at a time: where two codes would fit, the one higher in the table is given.

A flaw changes slots of an event's text, or what led to it; two that change the same slot cannot come together, unless
the slot is who acts and PEOPLE knows who has both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import Code

OFFICIALS = "[official-1, official-2]"
PEOPLE: Mapping[frozenset[str], str] = {
    frozenset({"not_allowed"}): "[official-1, expert-1]",
    frozenset({"conflict_of_interest"}): "[official-1, both]",
    frozenset({"same_person"}): "[official-1, official-1]",
    frozenset({"not_allowed", "conflict_of_interest"}): "[both, expert-1]",
    frozenset({"not_allowed", "same_person"}): "[expert-1, expert-1]",
    frozenset({"conflict_of_interest", "same_person"}): "[both, both]",
}
"""Who prepares and approves a decision, and what is wrong with them: `both` sits on the panel."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong, by its code: slots of the event, and events that come before it."""

    code: str
    slots: Mapping[str, str] = field(default_factory=dict)
    before: str = ""


@dataclass(frozen=True)
class Flawed:
    """An event as a template of slots, right with these values, and everything that may be wrong with it."""

    event: str
    right: Mapping[str, str]
    flaws: Sequence[Flaw]

    def events(self, *flaws: Flaw) -> str:
        """What leads to the event, and the event, with these flaws."""
        slots: dict[str, Any] = {"led": "", "at": "", **self.right}
        for flaw in flaws:
            slots |= flaw.slots
        acting = frozenset(flaw.code for flaw in flaws if "by" in flaw.slots)
        if slots.get("by", "").startswith("["):
            slots["by"] = PEOPLE.get(acting, slots["by"])
        before = "".join(flaw.before for flaw in flaws)
        return str(slots["led"]) + before + self.event.format(**slots) + "\n"

    def pairs(self) -> Iterator[tuple[Flaw, Flaw]]:
        """Each flaw with those of the next lower code that may come together with it.

        An event is checked in one order: whatever is found before its neighbour is found before all below that.
        """
        for one in self.flaws:
            lower = [other for other in self.flaws if _place(other) > _place(one) and self._together(one, other)]
            nearest = min(map(_place, lower), default=None)
            for other in lower:
                if _place(other) == nearest:
                    first, second = sorted((one, other), key=self.flaws.index)  # what led to the first comes first
                    yield first, second

    def _together(self, one: Flaw, other: Flaw) -> bool:
        shared = one.slots.keys() & other.slots.keys()
        two_act = self.right.get("by") == OFFICIALS
        return not shared or (two_act and shared == {"by"} and frozenset({one.code, other.code}) in PEOPLE)


def higher(one: Flaw, other: Flaw) -> str:
    """The code that stands higher in the table."""
    return min(one, other, key=_place).code


def _place(flaw: Flaw) -> int:
    return list(Code).index(Code(flaw.code))


def hands() -> list[Flaw]:
    """What may be wrong with the two who decide."""
    return [Flaw(code, {"by": by}) for who, by in PEOPLE.items() if len(who) == 1 for code in who]
