"""Reads across the models of programmes, teams and calls."""

from datetime import date, datetime

from consortia.models import Affiliation, Membership, Programme, Team, TeamPerson
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


def organisation_on(account: Account, day: date) -> int | None:
    """The id of the organisation to which the person belongs on that day, if any is recorded."""
    for affiliation in Affiliation.objects.filter(account=account):
        starts, ends = affiliation.since or date.min, affiliation.until or date.max
        if starts <= day <= ends:
            return affiliation.organisation_id
    return None


def sits_in(organisation_id: int, team: Team, day: date) -> bool:
    """Whether the organisation belongs to the team on that day."""
    return Membership.objects.on(day).filter(team=team, organisation_id=organisation_id).exists()


def acts_for(account: Account, team: Team) -> bool:
    """Whether the person is one of the team's own."""
    return TeamPerson.objects.filter(account=account, team=team).exists()
