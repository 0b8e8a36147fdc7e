"""Reads across the models of programmes, teams, calls and support."""

from collections.abc import Sequence
from datetime import date, datetime

from consortia.models import Affiliation, Membership, Programme, SupportException, SupportLine, Team, TeamPerson
from consortia.rules.parity import Exempt
from core.errors import Code, Refused
from core.models import Account, NonWorkingDay


def non_working_days(programme: Programme) -> frozenset[date]:
    """The days on which no period ends: the country's and the programme's own."""
    return frozenset(
        NonWorkingDay.objects.filter(calendar__in=[NonWorkingDay.COUNTRY, programme.code]).values_list(
            "date", flat=True
        )
    )


def local_day(programme: Programme, at: datetime) -> date:
    """The day that it is in the programme's zone."""
    return at.astimezone(programme.zone).date()


def organisations_on(accounts: Sequence[int], day: date) -> dict[int, int]:
    """Account id -> id of the organisation to which the person belongs on that day, where one is recorded."""
    rows = Affiliation.objects.on(day).filter(account__in=accounts)
    return dict(rows.values_list("account_id", "organisation_id"))


def acts_for(account: Account, team: Team) -> bool:
    """Whether the person is one of the team's own."""
    return TeamPerson.objects.filter(account=account, team=team).exists()


def exempt_from(lines: Sequence[int], teams: Sequence[int], day: date) -> dict[tuple[int, int], Exempt]:
    """(line id, team id) -> the written exception that holds for the team on that day, in two queries.

    An organisation's holds for every team in which it is the lead that day; a team's own goes before it.
    """
    led = Membership.objects.on(day).filter(team__in=teams, part=Membership.Part.LEAD)
    teams_of: dict[int, list[int]] = {}
    for organisation, team in led.values_list("organisation_id", "team_id"):
        teams_of.setdefault(organisation, []).append(team)
    of_leads: dict[tuple[int, int], Exempt] = {}
    of_teams: dict[tuple[int, int], Exempt] = {}
    for each in SupportException.objects.filter(line__in=lines):
        exempt = Exempt(each.number, each.reason)
        if each.team_id is not None:
            of_teams[each.line_id, each.team_id] = exempt
        elif each.organisation_id is not None:
            of_leads |= {(each.line_id, team): exempt for team in teams_of.get(each.organisation_id, ())}
    return of_leads | of_teams


def teams_named(programme: Programme, codes: Sequence[str]) -> list[Team]:
    """The teams with these codes, each once; `unknown` where one is not the programme's."""
    found = {team.code: team for team in programme.teams.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise Refused(Code.UNKNOWN, f"없는 팀입니다: {code}", name=code)
    return list(found.values())


def support_standing(line: SupportLine, **_: object) -> list[object]:
    """What a decision on a line relies on: everything that has been granted and excepted of it so far."""
    grants = line.grants.order_by("pk").values_list("pk", "returned_on")
    exceptions = line.exceptions.order_by("pk").values_list("pk", flat=True)
    return [[[pk, str(day)] for pk, day in grants], list(exceptions)]
