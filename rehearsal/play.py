"""Playing a scenario's events, one after another, each in a transaction of its own, as in life."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.errors import Refused
from rehearsal.acts import ACTS
from rehearsal.cue import Cue
from rehearsal.scenario import Event, Scenario
from rehearsal.stage import Stage


@dataclass(frozen=True)
class Played:
    """How an event ended: done, or refused with a code and a sentence."""

    event: Event
    code: str | None = None
    message: str = ""

    @property
    def as_expected(self) -> bool:
        """Whether it ended as the file says; without `expect` it must be done."""
        return self.code == self.event.expect

    @property
    def cause(self) -> str:
        """What happened instead of what was expected, in words."""
        expected = f"거부({self.event.expect})" if self.event.expect else "처리"
        found = f"거부({self.code})되었습니다: {self.message}" if self.code else "처리되었습니다"
        return f"{self.event.n}번째 사건({self.event.do}, {self.event.line}행): {expected}되어야 하나 {found}"


def play(scenario: Scenario, stage: Stage, until: int | None, told: Callable[[Played], None]) -> list[Played]:
    """Play the events up to number `until`; `told` hears of each as it ends."""
    played = []
    for event in scenario.events[:until]:
        ended = _play(Cue(event, stage))
        told(ended)
        played.append(ended)
    return played


def _play(cue: Cue) -> Played:
    try:
        ACTS[cue.event.do](cue)
    except Refused as refusal:
        return Played(cue.event, refusal.code.value, str(refusal))
    return Played(cue.event)


def unexpected(played: list[Played]) -> Iterator[Played]:
    """The events that did not end as the file says."""
    return (each for each in played if not each.as_expected)
