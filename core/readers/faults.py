"""What is wrong with a file, told with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST = 100
"""As many faults are told of one upload; a file that is wrong throughout would otherwise be told line by line."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which file, where in it (a line, or a path in JSON; empty: the whole), and what."""

    file: str
    place: str
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.text) if part)


@dataclass
class Faults:
    """Faults as they are found: the first `MOST` are kept, and all are counted."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, file: str, place: str, text: str) -> None:
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

    def sentences(self, most: int = MOST) -> Sequence[str]:
        """The first ones in words, and how many there are beside."""
        told = [str(fault) for fault in self.kept[:most]]
        return [*told, f"외 {self.count - len(told)}건"] if self.count > len(told) else told


def line(number: int) -> str:
    """The place of a line."""
    return f"{number}번째 줄"
