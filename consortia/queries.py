"""Reads across the models of programmes, teams and calls."""

from collections.abc import Sequence
from datetime import date, datetime

from consortia.models import Affiliation, Programme, Team, TeamPerson
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
