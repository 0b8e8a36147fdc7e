"""A scenario as it was read: who takes part, the rules of each round and the events in time. Frozen, and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluation.rules.criterion import Criterion


@dataclass(frozen=True)
class Programme:
    """The programme under which the rounds are held; `holidays` are days beside the Korean public holidays."""

    code: str
    name_ko: str
    name_en: str
    timezone: str
    legal_basis: str
    holidays: tuple[date, ...]


@dataclass(frozen=True)
class Organisation:
    """A legal body that people and teams belong to."""

    code: str
    name_ko: str
    name_en: str


@dataclass(frozen=True)
class Person:
    """One who acts in the events. Without an organisation, conflicts of interest are unknown."""

    code: str
    role: str
    name_ko: str
    name_en: str
    organisation: str | None
    team: str | None


@dataclass(frozen=True)
class Member:
    """An organisation in a team, from the day `since` through the day `until`; None leaves that side open."""

    organisation: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Team:
    """A consortium; `applied_before` makes it an earlier applicant for an additional call."""

    code: str
    name_ko: str
    name_en: str
    lead: str | None
    members: tuple[Member, ...]
    applied_before: bool


@dataclass(frozen=True)
class Gate:
    """A condition beside the scores, judged by the panel; `rule` says how its findings decide."""

    code: str
    name_ko: str
    name_en: str
    rule: str


@dataclass(frozen=True)
class CriterionSpec:
    """A criterion's name and its rule; `line` is where it stands in the file."""

    code: str
    name_ko: str
    name_en: str
    rule: Criterion
    line: int


@dataclass(frozen=True)
class Round:
    """One stage with everything that decides how its result comes about."""

    code: str
    number: int
    name_ko: str
    name_en: str
    starts: date
    ends: date
    latest_end: date | None
    evidence_closes: datetime
    seats: int
    vacancy: str
    floor: Decimal | None
    ties: tuple[str, ...]
    mean_places: int
    appeal_days: int
    panel: tuple[str, ...]
    entries: tuple[str, ...]
    gates: tuple[Gate, ...]
    criteria: tuple[CriterionSpec, ...]


@dataclass(frozen=True)
class TermException:
    """A departure from equal support: for a team or an organisation, in one line of the terms, with its reason."""

    team: str | None
    organisation: str | None
    line: str
    reason: str


@dataclass(frozen=True)
class Terms:
    """Support terms of a call. A line left out says nothing beyond the support that every team gets."""

    gpu: Any = ""
    data: Any = ""
    designation: Any = ""
    exceptions: tuple[TermException, ...] = ()


@dataclass(frozen=True)
class Event:
    """One event: the `n`-th of the file, by nobody (a sweep), one person, or preparer and approver.

    `expect` is the refusal code with which it must be refused; None means that it must be done. `fields` holds every
    field of the event's table, with its default where it was left out.
    """

    n: int
    line: int
    at: datetime
    do: str
    by: tuple[str, ...]
    expect: str | None
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Scenario:
    """One scenario file. `illustrative` puts the mark 예시 on every page and export made from it."""

    path: Path
    label_ko: str
    label_en: str
    illustrative: bool
    programme: Programme
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    teams: tuple[Team, ...]
    rounds: tuple[Round, ...]
    events: tuple[Event, ...]
