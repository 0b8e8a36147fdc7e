"""What will come of a line of a roster."""

from dataclasses import dataclass

from consortia.readers.members import Member
from consortia.readers.rosters import Row
from core.sentences import Sentence


@dataclass(frozen=True)
class Planned:
    """A line that is new, stands already as it is, or is refused with the reason."""

    row: Row | Member
    stands: bool = False
    refused: Sentence | None = None

    @property
    def new(self) -> bool:
        return not self.stands and not self.refused
