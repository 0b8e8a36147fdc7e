"""Who may object, and who may answer a call."""

from datetime import datetime

from appeals.models import Waiver
from consortia.models import Application, Call, Team
from consortia.states import ApplicationState
from core.actors import Actor
from core.errors import Code, Refused
from core.models import Account
from evaluation.models import Entry
from evaluation.policies import Conflict, conflicts, require_panelist
from evaluation.queries.standings import published
from evaluation.states import Outcome


def require_may_object(entry: Entry) -> None:
    """Refuse with `not_entitled` a team that has waived: a waiver binds."""
    if Waiver.objects.filter(entry=entry).exists():
        raise Refused(Code.NOT_ENTITLED, f"{entry}은(는) 이의신청을 포기하였습니다.", team=entry.team.code)


def eligibility(call: Call, team: Team) -> set[str] | None:
    """The groups of the call's eligibility to which the team belongs; None while the round has no result yet.

    A team that advanced belongs to none. One that took part and did not advance is `eliminated`; one that stood in an
    earlier call is an `earlier_applicant`, whether or not it took part; a `newcomer` did neither.
    """
    round = call.authorisation.round
    entry = Entry.objects.filter(round=round, team=team).first()
    if entry is None:
        return {"earlier_applicants"} if team.applied_before else {"newcomers"}
    snapshot = published(round)
    if snapshot is None:
        return None
    if snapshot.rows.get(entry=entry).outcome == Outcome.ADVANCED:
        return set()
    return {"eliminated"} | ({"earlier_applicants"} if team.applied_before else set())


def eligible(call: Call, team: Team) -> bool:
    """Whether the team may answer the call; where the round has no result yet, that is not denied."""
    groups = eligibility(call, team)
    return groups is None or bool(groups & set(call.eligible))


def call_evaluators(call: Call, now: datetime) -> set[int]:
    """Account ids of the call's evaluators: everyone on the round's panel who has no conflict with an applicant.

    Each applicant's consortium is taken as it is that day; an interest that is unknown is not none.
    """
    round = call.authorisation.round
    panel = list(round.panel.values_list("account_id", flat=True))
    teams = list(call.applications.values_list("team_id", flat=True))
    found = conflicts(round, panel, teams, now)
    return {account for account in panel if all(found[account, team] is Conflict.NONE for team in teams)}


def require_call_evaluator(call: Call, application: Application, person: Account, actor: Actor, now: datetime) -> None:
    """Refuse who may not vote on an application: `not_entitled`, `not_eligible`, `conflict_of_interest`."""
    require_panelist(call.authorisation.round, person, actor)
    if application.state == ApplicationState.INELIGIBLE:
        raise Refused(Code.NOT_ELIGIBLE, f"적합하지 않은 응모입니다: {application.team}", team=application.team.code)
    if person.pk not in call_evaluators(call, now):
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            "응모한 팀과 이해관계가 있거나 알 수 없어 참여할 수 없습니다.",
            person=person.username,
        )


def accepted_by_majority(call: Call, application: Application, now: datetime) -> bool:
    """Whether more than half of the call's evaluators, voted or not, accept the application."""
    evaluators = call_evaluators(call, now)
    accepting = application.votes.filter(accept=True, account__in=evaluators).count()
    return accepting * 2 > len(evaluators)
