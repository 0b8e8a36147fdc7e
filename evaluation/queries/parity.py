"""Parity of support: what each team has of each line on a day, beside what equal terms give it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from consortia.models import Grant, Programme, SupportLine
from consortia.queries import exempt_from, local_day
from consortia.rules.parity import Parity, Part, Share, Terms, share
from consortia.rules.periods import Period
from evaluation.models import Filling, Round, SnapshotRow
from evaluation.states import Outcome

WORDS = {
    Parity.EQUAL: _("동등"),
    Parity.EXCEPTED: _("예외"),
    Parity.UNEQUAL: _("불균등"),
    Parity.TO_RETURN: _("회수 대상"),
}


@dataclass(frozen=True)
class LineParity:
    """A line with its terms, and what each team (by code) has of it."""

    code: str
    name: str
    kind: str
    model: str
    unit: str
    terms: Terms
    shares: Mapping[str, Share]


@dataclass(frozen=True)
class ParityReport:
    """The teams (code -> name) that take part on a day, or have something to return, and their share of every line.

    `round` is the code of the round whose development time the unit-days are counted over; None where none is drafted.
    """

    day: date
    round: str | None
    teams: Mapping[str, str]
    lines: Sequence[LineParity]

    @property
    def flagged(self) -> list[tuple[str, str]]:
        """(line, team) wherever support is unequal and no written exception says why, or is to be returned."""
        return [(line.code, team) for line in self.lines for team, each in line.shares.items() if each.flagged]


@dataclass(frozen=True)
class _Team:
    pk: int
    code: str
    name: str
    part: Part | None


def parity(programme: Programme, day: date) -> ParityReport:
    """What each team has on that day and over its own development time, in eight queries whatever their number.

    The round is the last that has started by that day, or the first to start. Its teams are those that have neither
    withdrawn nor, once its result is final, been eliminated, and those selected for a vacancy (theirs, or the round
    before's) from the day of their selection: what these still lack is shown as unequal. Whoever takes part no longer
    and still has something stands there as having to return it.
    """
    rounds = list(Round.objects.filter(programme=programme).order_by("number"))
    current = _round_on(rounds, day)
    teams = {} if current is None else _teams(programme, current, _before(rounds, current), day)
    lines = list(SupportLine.objects.filter(programme=programme).order_by("code"))
    granted: dict[tuple[int, int], list[Terms]] = defaultdict(list)
    for grant in Grant.objects.filter(line__programme=programme).select_related("team").order_by("pk"):
        granted[grant.line_id, grant.team_id].append(Terms(grant.number, grant.period))
        if grant.period.holds(day):
            gone = _Team(grant.team_id, grant.team.code, grant.team.name, None)
            teams.setdefault(grant.team_id, gone)
    exempt = exempt_from([line.pk for line in lines], list(teams), day)
    found = [
        LineParity(
            code=line.code,
            name=line.name,
            kind=line.kind,
            model=line.model,
            unit=line.unit,
            terms=line.terms,
            shares={
                team.code: share(line.terms, exempt.get((line.pk, team.pk)), granted[line.pk, team.pk], team.part, day)
                for team in teams.values()
            },
        )
        for line in lines
    ]
    names = {team.code: team.name for team in teams.values()}
    return ParityReport(day, current.code if current else None, names, found)


def _round_on(rounds: Sequence[Round], day: date) -> Round | None:
    started = [round for round in rounds if round.starts <= day]
    return started[-1] if started else next(iter(rounds), None)


def _before(rounds: Sequence[Round], round: Round) -> Round | None:
    earlier = [each for each in rounds if each.number < round.number]
    return earlier[-1] if earlier else None


def _teams(programme: Programme, round: Round, before: Round | None, day: date) -> dict[int, _Team]:
    """Team id -> the team's part in the round, in the order of entries; three queries."""

    def by(at: datetime | None) -> bool:
        return at is not None and local_day(programme, at) <= day

    final = by(round.appeals_closed_at)
    rows = SnapshotRow.objects.filter(snapshot__round=round).order_by("snapshot__number")
    outcomes = dict(rows.values_list("entry_id", "outcome"))
    found: dict[int, _Team] = {}
    for entry in round.entries.select_related("team"):
        out = by(entry.withdrawn_at) or (final and outcomes.get(entry.pk) != Outcome.ADVANCED)
        part = None if out else Part(Period(entry.starts or round.starts, round.ends), entry.starts)
        found[entry.team_id] = _Team(entry.team_id, entry.team.code, entry.team.name, part)
    fillings = Filling.objects.filter(vacancy__round__in=[each for each in (before, round) if each is not None])
    for filling in fillings.select_related("application__team", "vacancy"):
        team = filling.application.team
        entered = filling.vacancy.round_id != round.pk and team.pk in found
        if by(filling.at) and not entered:
            since = local_day(programme, filling.at)
            found[team.pk] = _Team(team.pk, team.code, team.name, Part(Period(since, round.ends), since))
    return found
