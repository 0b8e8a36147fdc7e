"""Rosters of a programme: brought in from a table all or nothing, and handed out as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consortia.models import Affiliation, Organisation, Programme, TeamPerson
from consortia.operations.members import members, plan_members, registering_members
from consortia.operations.planned import Planned
from consortia.operations.teams import register_organisation, register_person
from consortia.queries import local_day
from consortia.readers.members import Member
from consortia.readers.rosters import COLUMNS, Kind, Row, fault_of
from consortia.verbs import EXPORT_ROSTER, IMPORT_ROSTER
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.operations.working import Progress
from core.readers.faults import Faults, line
from core.roles import Role
from core.sentences import say
from core.sight import visible
from core.wording import joined_lazily

_ROLE = {Kind.PEOPLE: Role.APPLICANT, Kind.EXPERTS: Role.EVALUATOR}
_TOLD = 5
STEP = 20
"""Lines after which progress is told."""


def plan(programme: Programme, kind: Kind, rows: Iterable[Row | Member]) -> list[Planned]:
    """What will come of each row, in three queries however many there are."""
    if kind is Kind.MEMBERS:
        return plan_members(programme, [row for row in rows if isinstance(row, Member)])
    given = [row for row in rows if isinstance(row, Row)]
    known = _known(programme, kind, [row.code for row in given])
    of = programme.teams if kind is Kind.PEOPLE else programme.organisations
    belongs = {""} | set(of.filter(code__in={row.of for row in given}).values_list("code", flat=True))
    first: dict[str, int] = {}
    planned = []
    for row in given:
        why = fault_of(row, kind)
        if not why and first.setdefault(row.code, row.place) != row.place:
            why = say("같은 코드가 {line}번째 줄에도 있습니다: {code}", line=first[row.code], code=row.code)
        if not why and row.of not in belongs:
            why = say("사업에 없는 {column}입니다: {given}", column=COLUMNS[kind]["of"], given=row.of)
        stands = not why and row.code in known
        if stands and tuple(row[2:]) not in known[row.code]:
            why, stands = say("다른 내용으로 이미 등록된 코드입니다: {code}", code=row.code), False
        planned.append(Planned(row, stands, why))
    return planned


def require_admissible(programme: Programme, kind: Kind, rows: Sequence[Row | Member]) -> list[Planned]:
    """What will come of the rows; `inadmissible` as a whole where one cannot be taken, `incomplete` without any."""
    planned = plan(programme, kind, rows)
    faults = Faults()
    for each in planned:
        if each.refused:
            faults.add("", line(each.row.place), each.refused)
    if faults:
        raise Refused(Code.INADMISSIBLE, joined_lazily(faults.sentences(_TOLD), " "), lines=faults.count)
    if not planned:
        raise Refused(Code.INCOMPLETE, _("등록할 줄이 없습니다."))
    return planned


@operation(IMPORT_ROSTER)
def import_roster(
    programme: Programme,
    *,
    kind: Kind,
    rows: Sequence[Row | Member],
    progress: Progress = lambda done: None,
    actor: Actor,
    now: datetime,
) -> list[Planned]:
    """Register what is new of the rows; refused as a whole where one of them is. What stands already stays as it is."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    planned = require_admissible(programme, kind, rows)
    fresh = [each.row for each in planned if each.new]
    register = _registering(programme, kind, fresh, actor=actor, now=now)
    for number, row in enumerate(fresh):
        if number % STEP == 0:
            progress(len(planned) - len(fresh) + number)
        register(row)
    if fresh:
        record(IMPORT_ROSTER, programme, at=now, kind=kind, codes=[row.code for row in fresh])
    return planned


@operation(EXPORT_ROSTER)
def export_roster(programme: Programme, *, kind: Kind, actor: Actor, now: datetime) -> list[list[str]]:
    """The roster under its header, as far as the actor may see it. That it was taken out is on the record."""
    if kind is Kind.MEMBERS:
        rows = members(programme, actor, now)
    elif kind is Kind.ORGANISATIONS:
        rows = _organisations(programme, actor, now)
    else:
        rows = _people(programme, kind, actor, now)
    record(EXPORT_ROSTER, programme, at=now, kind=kind, rows=len(rows))
    return [list(COLUMNS[kind].values()), *rows]


def _registering(
    programme: Programme, kind: Kind, rows: Sequence[Any], *, actor: Actor, now: datetime
) -> Callable[[Any], object]:
    """How one of the rows is registered; what they belong to is looked up once for all."""
    if kind is Kind.MEMBERS:
        return registering_members(programme, rows, actor=actor, now=now)
    of: Any = programme.teams if kind is Kind.PEOPLE else programme.organisations
    belongs = {each.code: each for each in of.filter(code__in={row.of for row in rows} - {""})}

    def register(row: Row) -> object:
        names: dict[str, Any] = {"code": row.code, "name_ko": row.name_ko, "name_en": row.name_en}
        if kind is Kind.ORGANISATIONS:
            return register_organisation(programme, **names, actor=actor, now=now)
        where: dict[str, Any] = {"team" if kind is Kind.PEOPLE else "organisation": belongs.get(row.of)}
        return register_person(programme, role=_ROLE[kind], actor=actor, now=now, **names, **where)

    return register


def _known(programme: Programme, kind: Kind, codes: Sequence[str]) -> Mapping[str, set[tuple[str, str, str]]]:
    """Code -> what is registered under it: names, and the team or organisation; nothing of what is somebody else."""
    if kind is Kind.ORGANISATIONS:
        rows = programme.organisations.filter(code__in=codes).values_list("code", "name_ko", "name_en")
        return {code: {(ko, en, "")} for code, ko, en in rows}
    of = "teams__team__code" if kind is Kind.PEOPLE else "affiliations__organisation__code"
    head = f"{programme.code}."
    people = Account.objects.filter(username__in=[head + code for code in codes])
    known: dict[str, set[tuple[str, str, str]]] = {}
    for name, ko, en, role, where in people.values_list("username", "name_ko", "name_en", "grants__role", of):
        said = known.setdefault(name.removeprefix(head), set())
        if role == _ROLE[kind]:
            said.add((ko, en, where or ""))
    return known


def _organisations(programme: Programme, actor: Actor, now: datetime) -> list[list[str]]:
    seen = visible(Organisation.objects.filter(programme=programme), actor, now)
    return [list(row) for row in seen.order_by("code").values_list("code", "name_ko", "name_en")]


def _people(programme: Programme, kind: Kind, actor: Actor, now: datetime) -> list[list[str]]:
    head = f"{programme.code}."
    seen = visible(Account.objects.filter(grants__role=_ROLE[kind], username__startswith=head), actor, now)
    where: dict[int, list[str]] = {}
    if kind is Kind.PEOPLE:
        pairs = TeamPerson.objects.filter(account__in=seen, team__programme=programme).values_list(
            "account", "team__code"
        )
    else:
        held: Any = Affiliation.objects.on(local_day(programme, now))
        pairs = held.filter(account__in=seen).values_list("account", "organisation__code")
    for account, code in pairs.order_by("pk"):
        where.setdefault(account, []).append(code)
    return [
        [account.username.removeprefix(head), account.name_ko, account.name_en, code]
        for account in seen.order_by("username")
        for code in where.get(account.pk, [""])
    ]
