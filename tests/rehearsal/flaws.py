"""Events with flaws, one by one and two at a time: where two codes would fit, the one higher in the table is given.

A flaw changes slots of an event's text, or what led to it; two that change the same slot cannot come together, unless
the slot is who acts and PEOPLE knows who has both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
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
        """Every two flaws of different codes that may come together."""
        for one, other in combinations(self.flaws, 2):
            if one.code == other.code:
                continue
            shared = one.slots.keys() & other.slots.keys()
            two_act = self.right.get("by") == OFFICIALS
            if not shared or (two_act and shared == {"by"} and frozenset({one.code, other.code}) in PEOPLE):
                yield one, other


def higher(one: Flaw, other: Flaw) -> str:
    """The code that stands higher in the table."""
    table = list(Code)
    return min(one.code, other.code, key=lambda code: table.index(Code(code)))


def hands() -> list[Flaw]:
    """What may be wrong with the two who decide."""
    return [Flaw(code, {"by": by}) for who, by in PEOPLE.items() if len(who) == 1 for code in who]
