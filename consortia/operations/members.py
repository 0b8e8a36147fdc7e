"""The members of consortia: registered one by one or from a table, and handed out as one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from consortia.models import Membership, Organisation, Programme, Team
from consortia.operations.planned import Planned
from consortia.readers.members import COLUMNS, PARTS, Member, fault_of, overlapping
from consortia.verbs import REGISTER_MEMBER
from core.actors import Actor
from core.events import record
from core.operation import operation
from core.sentences import Sentence, say
from core.sight import visible

_WORDS = {part: word for word, part in PARTS.items()}


@operation(REGISTER_MEMBER)
def register_member(
    team: Team,
    *,
    organisation: Organisation,
    part: str,
    since: date | None,
    until: date | None,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Let an organisation take part in a team from and until a day, both included; open where None.

    That it does so once a day, and that a team has one lead a day, is kept by the database (`membership_once_a_day`,
    `membership_one_lead_a_day`); a table is checked for it before (`plan_members`). Conflicts of interest follow from
    it at once, by the day.
    """
    membership = Membership.objects.create(team=team, organisation=organisation, part=part, since=since, until=until)
    record(REGISTER_MEMBER, team, at=now, organisation=organisation.code, part=part, since=since, until=until)
    return membership


def plan_members(programme: Programme, rows: Iterable[Member]) -> list[Planned]:
    """What will come of each line, in three queries however many there are."""
    given = list(rows)
    standing = _standing(programme, {row.team for row in given})
    teams = set(programme.teams.filter(code__in={row.team for row in given}).values_list("code", flat=True))
    organisations = programme.organisations.filter(code__in={row.organisation for row in given})
    known = set(organisations.values_list("code", flat=True))
    planned = []
    for row in given:
        why = fault_of(row)
        if not why and row.team not in teams:
            why = say("사업에 없는 {column}입니다: {given}", column=COLUMNS["team"], given=row.team)
        if not why and row.organisation not in known:
            why = say("사업에 없는 {column}입니다: {given}", column=COLUMNS["organisation"], given=row.organisation)
        same = not why and any(row[1:] == each[1:] and not each.place for each in standing[row.team])
        why = why or (None if same else _clash(row, standing[row.team]))
        planned.append(Planned(row, same, why))
        if not why and not same:
            standing[row.team].append(row)
    return planned


def registering_members(
    programme: Programme, rows: Sequence[Member], *, actor: Actor, now: datetime
) -> Callable[[Member], object]:
    """How one of the lines that `plan_members` has found new is registered; what they name is looked up once."""
    teams = {each.code: each for each in programme.teams.filter(code__in={row.team for row in rows})}
    known = programme.organisations.filter(code__in={row.organisation for row in rows})
    organisations = {each.code: each for each in known}

    def register(row: Member) -> Membership:
        since, until = (date.fromisoformat(day) if day else None for day in (row.since, row.until))
        membership: Membership = register_member(
            teams[row.team],
            organisation=organisations[row.organisation],
            part=PARTS[row.part],
            since=since,
            until=until,
            actor=actor,
            now=now,
        )
        return membership

    return register


def members(programme: Programme, actor: Actor, now: datetime) -> list[list[str]]:
    """Every membership as lines of the table, as far as the actor may see the team."""
    teams = visible(Team.objects.filter(programme=programme), actor, now)
    rows = Membership.objects.filter(team__in=teams).order_by("team__code", "part", "organisation__code", "since")
    return [[*each[1:]] for each in _lines(rows)]


def _standing(programme: Programme, teams: Iterable[str]) -> dict[str, list[Member]]:
    """Team -> what is registered of it; place 0, since it stands in no table."""
    found: dict[str, list[Member]] = defaultdict(list)
    for each in _lines(Membership.objects.filter(team__programme=programme, team__code__in=list(teams))):
        found[each.team].append(each)
    return found


def _lines(rows: Any) -> list[Member]:
    columns = ("team__code", "organisation__code", "part", "since", "until")
    return [
        Member(0, team, organisation, _WORDS[part], *(day.isoformat() if day else "" for day in days))
        for team, organisation, part, *days in rows.values_list(*columns)
    ]


def _clash(row: Member, standing: Iterable[Member]) -> Sentence | None:
    """Why it cannot be beside what stands of its team, and what stands above it in the table."""
    for each in standing:
        if not overlapping(row.days, each.days):
            continue
        if each.organisation == row.organisation:
            return say(
                "그 기간에 이미 참여하는 기관입니다: {team} · {organisation}",
                team=row.team,
                organisation=row.organisation,
            )
        if each.part == row.part == _WORDS["lead"]:
            return say(
                "그 기간에 주관기관이 이미 있습니다: {team} · {organisation}",
                team=row.team,
                organisation=each.organisation,
            )
    return None
