"""Rosters as tables: organisations, members of consortia, people of teams, experts. An exported one can be imported."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from consortia.readers import members
from consortia.readers.members import Member
from core.codes import CODE
from core.readers.faults import Faults, line
from core.readers.tables import Seekable, lines
from core.sentences import Sentence, say
from core.spreadsheets import as_meant

MOST_ROWS = 1_000
"""What one person can look through before it is registered, and one transaction does in seconds."""
_CODE = re.compile(CODE)


class Kind(StrEnum):
    ORGANISATIONS = "organisations"
    MEMBERS = "members"
    PEOPLE = "people"
    EXPERTS = "experts"


COLUMNS: Mapping[Kind, Mapping[str, str]] = {
    Kind.ORGANISATIONS: {"code": "코드", "name_ko": "기관명", "name_en": "영문 기관명"},
    Kind.MEMBERS: members.COLUMNS,
    Kind.PEOPLE: {"code": "코드", "name_ko": "이름", "name_en": "영문 이름", "of": "팀 코드"},
    Kind.EXPERTS: {"code": "코드", "name_ko": "이름", "name_en": "영문 이름", "of": "소속 기관 코드"},
}
LONGEST: Mapping[Kind, int] = {Kind.ORGANISATIONS: 200, Kind.PEOPLE: 100, Kind.EXPERTS: 100}


class Row(NamedTuple):
    """One line. `of` is the code of a person's team, or of an expert's organisation; empty where none is known."""

    place: int
    code: str
    name_ko: str
    name_en: str
    of: str = ""


SHAPES: Mapping[Kind, type[Row] | type[Member]] = dict.fromkeys(Kind, Row) | {Kind.MEMBERS: Member}
"""What a line of each kind is."""


def rows(stream: Seekable, file: str, kind: Kind, faults: Faults) -> list[Row | Member]:
    """The rows under a header that names each column once, in any order; whatever is no row is a fault."""
    read = lines(stream, file, faults)
    first = next(read, None)
    if first is None:
        if not faults:
            faults.add(file, "", say("빈 파일입니다."))
        return []
    heads = [cell.strip() for cell in first[1]]
    missing = [label for label in COLUMNS[kind].values() if heads.count(label) != 1]
    if missing:
        header = ",".join(COLUMNS[kind].values())
        faults.add(
            file,
            line(first[0]),
            say("'{missing}' 열이 한 번 있어야 합니다. 첫 줄: {header}", missing=missing[0], header=header),
        )
        return []
    places = {name: heads.index(label) for name, label in COLUMNS[kind].items()}
    found: list[Row | Member] = []
    for number, cells in read:
        if len(found) == MOST_ROWS:
            faults.add(
                file,
                line(number),
                say("한 번에 {most:,}줄까지 받습니다. 파일을 나누어 주십시오.", most=MOST_ROWS),
            )
            break
        if len(cells) == len(heads):
            found.append(SHAPES[kind](number, **{name: as_meant(cells[at].strip()) for name, at in places.items()}))
        else:
            faults.add(
                file, line(number), say("칸이 {columns}개여야 합니다: {given}개", columns=len(heads), given=len(cells))
            )
    if not found and not faults:
        faults.add(file, "", say("첫 줄 아래에 등록할 줄이 없습니다."))
    return found


def fault_of(row: Row, kind: Kind) -> Sentence | None:
    """What of the row itself cannot be taken, naming the field; None where all can."""
    heads = COLUMNS[kind]
    if not _CODE.fullmatch(row.code):
        return say(
            "{code}는 소문자나 숫자로 시작하고 소문자, 숫자, 밑줄, 붙임표로 64자까지 적습니다.", code=heads["code"]
        )
    for name, said in (("name_ko", row.name_ko), ("name_en", row.name_en)):
        if not said:
            return say("{column} 칸이 비어 있습니다.", column=heads[name])
        if len(said) > LONGEST[kind] or "\0" in said:
            return say("{column} 칸은 {most}자까지 적습니다.", column=heads[name], most=LONGEST[kind])
    if kind is Kind.PEOPLE and not row.of:
        return say("{column} 칸이 비어 있습니다.", column=heads["of"])
    return None
