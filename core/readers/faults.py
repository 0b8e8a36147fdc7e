"""What is wrong with a file, told with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.sentences import Sentence, say

MOST = 100
"""As many faults are told of one upload; a file that is wrong throughout would otherwise be told line by line."""


class Unreadable(ValueError):  # noqa: N818 - what it is, not an error of the program
    """What was given cannot be taken; `sentence` tells a person why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which file, where in it (a line, or a path in JSON; empty: the whole), and what."""

    file: str
    place: str | Sentence
    text: Sentence

    @property
    def sentence(self) -> Sentence:
        """All three, as far as they are there."""
        parts = {"file": self.file, "place": self.place, "text": self.text}
        said = {name: part for name, part in parts.items() if part}
        return Sentence(": ".join(f"{{{name}}}" for name in said), said)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass
class Faults:
    """Faults as they are found: the first `MOST` are kept, and all are counted."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, place: str | Sentence, text: Sentence) -> None:
        """Note one."""
        self.count += 1
        if len(self.kept) < MOST:
            self.kept.append(Fault(file, place, text))

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.kept)

    @property
    def more(self) -> int:
        """How many were counted that are not kept."""
        return self.count - len(self.kept)

    def sentences(self, most: int = MOST) -> Sequence[Sentence]:
        """The first ones in words, and how many there are beside."""
        told = [fault.sentence for fault in self.kept[:most]]
        return [*told, say("외 {count}건", count=self.count - len(told))] if self.count > len(told) else told


def line(number: int) -> Sentence:
    """The place of a line."""
    return say("{number}번째 줄", number=number)
