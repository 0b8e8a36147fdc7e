"""Setting the stage: a scenario's programme, people, teams and rounds, through the operations that officials use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from consortia.models import Organisation, Programme, Team
from consortia.operations.programmes import found_programme
from consortia.operations.teams import Part, register_organisation, register_person, register_team
from core.actors import Actor, machine
from core.models import Account, NonWorkingDay
from core.roles import Role
from evaluation.models import Round
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.queries.criteria import panel_faults_of
from evaluation.rules.criteria import Fault
from evaluation.states import VacancyRule
from rehearsal import scenario as told
from rehearsal.scenario import Scenario


@dataclass(frozen=True)
class Stage:
    """What the events may name, by code."""

    programme: Programme
    people: Mapping[str, Account]
    organisations: Mapping[str, Organisation]
    teams: Mapping[str, Team]
    rounds: Mapping[str, Round]


def set_stage(scenario: Scenario, now: datetime) -> Stage:
    """Write everything but the events; refused with `duplicate` where the programme exists already."""
    actor = machine("rehearsal")
    programme = _programme(scenario, actor, now)
    organisations = {
        each.code: register_organisation(
            programme, actor=actor, now=now, code=each.code, name_ko=each.name_ko, name_en=each.name_en
        )
        for each in scenario.organisations
    }
    teams = {each.code: _team(programme, each, organisations, actor, now) for each in scenario.teams}
    people = {
        each.code: register_person(
            programme,
            actor=actor,
            now=now,
            code=each.code,
            name_ko=each.name_ko,
            name_en=each.name_en,
            role=Role(each.role),
            organisation=organisations[each.organisation] if each.organisation else None,
            team=teams[each.team] if each.team else None,
        )
        for each in scenario.people
    }
    rounds = {
        each.code: draft_round(programme, _draft(each, teams, people), actor=actor, now=now) for each in scenario.rounds
    }
    return Stage(programme, people, organisations, teams, rounds)


def unknown_years(scenario: Scenario) -> list[int]:
    """Years of the events in which the country's calendar has no day: periods that end there move for weekends only."""
    known = NonWorkingDay.objects.filter(calendar=NonWorkingDay.COUNTRY)
    played = {event.at.astimezone(ZoneInfo(scenario.programme.timezone)).year for event in scenario.events}
    return sorted(played - set(known.values_list("date__year", flat=True)))


def unreachable(stage: Stage) -> list[tuple[str, Fault]]:
    """Round code and fault of each criterion for which the round's panel can never hand in enough sheets."""
    return [(code, fault) for code, round in stage.rounds.items() for fault in panel_faults_of(round)]


def _programme(scenario: Scenario, actor: Actor, now: datetime) -> Programme:
    given = scenario.programme
    return found_programme(
        actor=actor,
        now=now,
        code=given.code,
        name_ko=given.name_ko,
        name_en=given.name_en,
        timezone=given.timezone,
        legal_basis=given.legal_basis,
        illustrative=scenario.illustrative,
        label_ko=scenario.label_ko,
        label_en=scenario.label_en,
        holidays=given.holidays,
    )


def _team(
    programme: Programme,
    team: told.Team,
    organisations: Mapping[str, Organisation],
    actor: Actor,
    now: datetime,
) -> Team:
    lead = [Part(organisations[team.lead], lead=True)] if team.lead else []
    # A lead that is listed among the members again is still one part of the team.
    others = [each for each in team.members if each.organisation != team.lead]
    members = [Part(organisations[each.organisation], False, each.since, each.until) for each in others]
    return register_team(
        programme,
        actor=actor,
        now=now,
        code=team.code,
        name_ko=team.name_ko,
        name_en=team.name_en,
        applied_before=team.applied_before,
        parts=[*lead, *members],
    )


def _draft(round: told.Round, teams: Mapping[str, Team], people: Mapping[str, Account]) -> RoundDraft:
    return RoundDraft(
        code=round.code,
        number=round.number,
        name_ko=round.name_ko,
        name_en=round.name_en,
        starts=round.starts,
        ends=round.ends,
        latest_end=round.latest_end,
        evidence_closes=round.evidence_closes,
        seats=round.seats,
        vacancy=VacancyRule(round.vacancy),
        floor=round.floor,
        ties=round.ties,
        mean_places=round.mean_places,
        appeal_days=round.appeal_days,
        criteria=[CriterionDraft(each.rule, each.name_ko, each.name_en) for each in round.criteria],
        gates=[Named(each.code, each.name_ko, each.name_en) for each in round.gates],
        entries=[teams[code] for code in round.entries],
        panel=_accounts(round.panel, people),
    )


def _accounts(codes: Sequence[str], people: Mapping[str, Account]) -> list[Account]:
    return [people[code] for code in codes]
