"""The sections that set up who takes part: label, programme, organisations, teams and people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.roles import Role
from rehearsal.document import Mapping, Node, Unusable
from rehearsal.fields import Names, by_name, called, each, mapping, may, names, need, record, unique
from rehearsal.scalars import boolean, choice, code, day, known, remark, zone
from rehearsal.scenario import Member, Organisation, Person, Programme, Team

SCHEMA = "simsa/scenario@1"
# As long as an account's name may be.
LONGEST_PERSON = 100
# The system acts in sweeps only; nobody signs in as it.
ROLES = tuple(role.value for role in Role if role is not Role.SYSTEM)


@dataclass(frozen=True)
class Codes:
    """What the file sets up, so that a section can refuse the name of something that does not exist."""

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()


def raw(node: Node) -> Node:
    """The part as it stands, to be read once the codes of the others are known."""
    return node


def codes(node: Node | None) -> tuple[str, ...]:
    """The codes that a section gives out."""
    return tuple(code(key) for key, _ in mapping(node).entries) if node else ()


FILE = (
    need("schema", choice((SCHEMA,))),
    may("label", names, Names("", "")),
    may("illustrative", boolean, False),
    need("programme", raw),
    may("organisations", raw),
    may("teams", raw),
    may("people", raw),
    need("rounds", raw),
    need("events", raw),
)

PROGRAMME = (
    need("code", code),
    need("name", names),
    may("timezone", zone, "Asia/Seoul"),
    may("legal_basis", remark, ""),
    may("holidays", unique(day), ()),
)

ORGANISATION = (need("name", names),)


def programme(node: Node) -> Programme:
    """The programme."""
    values = record(node, PROGRAMME)
    name = values.pop("name")
    return Programme(name_ko=name.ko, name_en=name.en, **values)


def organisations(node: Node | None) -> tuple[Organisation, ...]:
    """Every organisation, in the file's order."""
    found = by_name(lambda body: record(body, ORGANISATION)["name"])(node) if node else {}
    return tuple(Organisation(each_code, name.ko, name.en) for each_code, name in found.items())


def teams(node: Node | None, given: Codes) -> tuple[Team, ...]:
    """Every team, whether it enters a round or only answers a call."""
    organisation = known(given.organisations, "기관")
    table = (
        need("name", names),
        may("lead", organisation),
        may("members", _members(organisation), ()),
        may("applied_before", boolean, False),
    )
    found = by_name(lambda body: record(body, table))(node) if node else {}
    return tuple(_team(each_code, values) for each_code, values in found.items())


def _team(team: str, values: dict[str, Any]) -> Team:
    name = values.pop("name")
    return Team(code=team, name_ko=name.ko, name_en=name.en, **values)


def _members(organisation: Any) -> Any:
    """A reader of a team's members: codes, or codes with the days between which they belong to it."""
    dated = (need("organisation", organisation), may("from", day), may("until", day))

    def member(node: Node) -> Member:
        if not isinstance(node, Mapping):
            return Member(organisation(node), None, None)
        values = record(node, dated)
        found = Member(values["organisation"], values["from"], values["until"])
        if _first(found) > _last(found):
            raise Unusable(node.line, node.key, "from은 until보다 늦을 수 없습니다")
        return found

    def members(node: Node) -> tuple[Member, ...]:
        found = each(member)(node)
        for place, later in enumerate(found):
            if any(_overlap(earlier, later) for earlier in found[:place]):
                raise Unusable(node.line, node.key, f"같은 기관의 참여 기간이 겹칩니다: {later.organisation}")
        return found

    return members


def _first(member: Member) -> date:
    return member.since or date.min


def _last(member: Member) -> date:
    return member.until or date.max


def _overlap(one: Member, other: Member) -> bool:
    same = one.organisation == other.organisation
    return same and _first(one) <= _last(other) and _first(other) <= _last(one)


def people(node: Node | None, given: Codes) -> tuple[Person, ...]:
    """Every actor; without a name the code stands in."""
    table = (
        need("role", choice(ROLES)),
        may("name", called(LONGEST_PERSON)),
        may("organisation", known(given.organisations, "기관")),
        may("team", known(given.teams, "팀")),
    )
    found = by_name(lambda body: record(body, table))(node) if node else {}
    return tuple(_person(each_code, values) for each_code, values in found.items())


def _person(person: str, values: dict[str, Any]) -> Person:
    name = values.pop("name") or Names(person, person)
    return Person(code=person, name_ko=name.ko, name_en=name.en, **values)
