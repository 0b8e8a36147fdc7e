"""The Korean public and substitute holidays of 2024 to 2030, as dated rows with the rule each one rests on.

The rows are fixed text, read by the migration that seeds the calendar. A library is never asked while a window is being
counted: a new version of it, or an old one that is still pinned, would move a legal time limit that nobody decided on.
The library is the second opinion instead, and `disagreements` is what the nightly check warns about.

Days from 2028 on follow from the rules in force; the official almanac of a year appears in the June before it, and the
government may designate a day at short notice. Officials add such days as rows of their own.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CALENDAR = "kr"
YEARS = range(2024, 2031)

Row = tuple[date, str, str, str]


@dataclass(frozen=True)
class Disagreement:
    """One day on which the rows and the library differ: `missing` from the rows, or `extra` in them."""

    day: date
    kind: str
    name: str

    def __str__(self) -> str:
        found = "행에는 없고 라이브러리에는 있습니다" if self.kind == "missing" else "행에만 있습니다"
        return f"{self.day.isoformat()} {self.name}: {found}"


def rows() -> list[Row]:
    """Date, Korean name, English name and legal source of every day, in order; one row a day."""
    with Path(__file__).with_name("korea.csv").open(encoding="utf-8", newline="") as source:
        return [
            (date.fromisoformat(row["date"]), row["name_ko"], row["name_en"], row["source"])
            for row in csv.DictReader(source)
        ]


def disagreements(rows: Iterable[Row], years: Iterable[int]) -> list[Disagreement]:
    """Where the rows and the library `holidays` differ in these years, in order.

    Days are compared, names are not: a name changes no window, and the library words them in its own way.
    """
    asked = set(years)
    ours = {day: name for day, name, _, _ in rows if day.year in asked}
    theirs = _library(asked)
    return sorted(_differences(ours, theirs), key=lambda found: (found.day, found.kind))


def _library(years: set[int]) -> dict[date, str]:
    import holidays

    return dict(holidays.country_holidays("KR", years=years, language="ko")) if years else {}


def _differences(ours: dict[date, str], theirs: dict[date, str]) -> Iterator[Disagreement]:
    for day in theirs.keys() - ours.keys():
        yield Disagreement(day, "missing", theirs[day])
    for day in ours.keys() - theirs.keys():
        yield Disagreement(day, "extra", ours[day])
