"""Net development time: what each team of a round has, and how far its end must move for who started late."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet, Subquery

from consortia.models import Team
from consortia.queries import local_day
from consortia.rules.development import Times, times
from evaluation.models import Criterion, Filling, Round
from evaluation.states import ScaleKind


def development_time(round: Round, *, joining: Mapping[str, date] | None = None, ends: date | None = None) -> Times:
    """Every team's net time, in days with both ends counted, from its own start to the round's end; one query.

    A team that has withdrawn has none. What the newcomer is owed is measured by the end that was first laid down.
    `joining` (team code -> start) and `ends` ask what it would be with a team more, or with another end.
    """
    standing = round.entries.filter(withdrawn_at=None)
    starts = {team: day or round.starts for team, day in standing.values_list("team__code", "starts")}
    return times(
        {**starts, **(joining or {})},
        first_end=round.first_ends or round.ends,
        ends=ends or round.ends,
        latest_end=round.latest_end,
    )


def round_before(round: Round) -> Round | None:
    """The round of the programme with the next lower number, whose vacancy a newcomer fills; None for the first."""
    return _earlier(round).first()


def _earlier(round: Round) -> QuerySet[Round]:
    return Round.objects.filter(programme=round.programme_id, number__lt=round.number).order_by("-number")


def newcomers(round: Round) -> list[Team]:
    """The teams that were selected for a vacancy of the round before and are not in this one yet; one query."""
    before = Subquery(_earlier(round).values("pk")[:1])
    selected = Filling.objects.filter(vacancy__round=before).exclude(application__team__in=round.entries.values("team"))
    return list(Team.objects.filter(applications__filling__in=selected).order_by("code"))


def first_day(round: Round, filling: Filling) -> date:
    """The first day on which the development of a team that fills this seat may begin.

    A clock cannot have run before the team was selected, nor before the round.
    """
    return max(round.starts, local_day(round.programme, filling.at))


def earliest_start(round: Round, team: Team, now: datetime) -> date:
    """The day to propose for a newcomer's start: today, where that lies within what is allowed."""
    filling = Filling.objects.filter(vacancy__round=round_before(round), application__team=team).get()
    return min(max(first_day(round, filling), local_day(round.programme, now)), round.ends)


def targets_of(round: Round) -> QuerySet[Criterion]:
    """The criteria for which every team must have a target of its own."""
    return Criterion.objects.filter(round=round, scale=ScaleKind.SHARE_OF_TARGET, source__isnull=False)
