"""The members of consortia as a table: which organisation takes part in which team, as what, from and until when."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from core.sentences import Sentence, say

COLUMNS: Final[Mapping[str, str]] = {
    "team": "팀 코드",
    "organisation": "기관 코드",
    "part": "역할",
    "since": "부터",
    "until": "까지",
}
PARTS: Final[Mapping[str, str]] = {"주관기관": "lead", "참여기관": "member"}
"""What is written in the table, and what it means (`consortia.models.Membership.Part`)."""


class Member(NamedTuple):
    """One line: codes, a word of `PARTS`, and days as 2026-01-15, both included; open where they are empty."""

    place: int
    team: str
    organisation: str
    part: str
    since: str = ""
    until: str = ""

    @property
    def code(self) -> str:
        """What the record calls it."""
        return f"{self.team}:{self.organisation}"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, where `fault_of` finds no fault; as far as days go where one is open."""
        first = date.fromisoformat(self.since) if self.since else date.min
        return first, date.fromisoformat(self.until) if self.until else date.max


def fault_of(row: Member) -> Sentence | None:
    """What of the line itself cannot be taken, naming the column; None where all can."""
    for column in ("team", "organisation", "part"):
        if not getattr(row, column):
            return say("{column} 칸이 비어 있습니다.", column=COLUMNS[column])
    if row.part not in PARTS:
        return say(
            "{column}은 {parts} 가운데 하나로 적습니다: {given}",
            column=COLUMNS["part"],
            parts=", ".join(PARTS),
            given=row.part,
        )
    for column in ("since", "until"):
        if getattr(row, column) and not _is_day(getattr(row, column)):
            return say(
                "{column} 칸에는 날을 2026-01-15처럼 적습니다: {given}",
                column=COLUMNS[column],
                given=getattr(row, column),
            )
    first, last = row.days
    return say("끝나는 날이 시작하는 날보다 빠릅니다.") if last < first else None


def overlapping(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two spans of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
