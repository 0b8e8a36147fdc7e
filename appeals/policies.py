"""Who may object, who may answer a call, and who sees which of their papers."""

from datetime import datetime

from django.db.models import Q

# Its entries come first: what an application shows to a call's evaluators can only be said here.
import consortia.policies  # noqa: F401
from appeals.models import (
    Amendment,
    Appeal,
    AppealPaper,
    AppealReceipt,
    AppealReviewer,
    AssignmentEnd,
    Authorisation,
    Challenge,
    ChallengeRuling,
    Completion,
    CompletionRequest,
    DecisionText,
    EarlyClosing,
    Opinion,
    Screening,
    Selection,
    Vote,
    Waiver,
)
from consortia.models import Application, ApplicationPaper, ApplicationReceipt, Call, Team
from consortia.states import ApplicationState
from core.actors import Actor
from core.attachments.carriers import carries
from core.errors import Code, Refused
from core.models import Account
from core.roles import Role
from core.sight import Own, seen
from evaluation.models import Entry
from evaluation.policies import Conflict, conflicts, require_panelist
from evaluation.queries.standings import published
from evaluation.states import Outcome

_ALL = (Role.OFFICIAL, Role.AUDITOR)


def _team(path: str) -> Own:
    """The rows whose team (at `path`) the person acts for."""
    return lambda account, now: Q(**{f"{path}__people__account": account})


def _assigned(path: str) -> Own:
    """The rows of appeals (at `path`) to which the person is assigned as a reviewer, and from which nobody took him."""
    prefix = f"{path}__" if path else ""

    def condition(account: Account, now: datetime) -> Q:
        mine = AppealReviewer.objects.filter(account=account, end__isnull=True)
        return Q(**{f"{prefix}pk__in": mine.values("appeal")})

    return condition


def _of_an_appeal(path: str) -> dict[Role, Own]:
    """What of an appeal's papers its own team sees, and its reviewers."""
    prefix = f"{path}__" if path else ""
    reviewing = _assigned(path)
    return {
        Role.APPLICANT: _team(f"{prefix}entry__team"),
        Role.EVALUATOR: reviewing,
        Role.REVIEWER: reviewing,
    }


def _answers(path: str) -> dict[Role, Own]:
    """What of applications the team that handed them in sees, and the call's evaluators once it takes no more."""

    def judged(account: Account, now: datetime) -> Q:
        over = Call.objects.filter(authorisation__round__panel__account=account, closes_at__lte=now)
        mine = [call.pk for call in over if account.pk in call_evaluators(call, now)]
        prefix = f"{path}__" if path else ""
        standing = {f"{prefix}call__in": mine, f"{prefix}withdrawn_at__isnull": True}
        return Q(**standing) & ~Q(**{f"{prefix}state": ApplicationState.INELIGIBLE})

    prefix = f"{path}__" if path else ""
    return {Role.APPLICANT: _team(f"{prefix}team"), Role.EVALUATOR: judged}


# A team sees its own papers and what was decided of them, a reviewer what the appeal before him needs. Who reviews an
# appeal and what each reviewer thinks of it no team sees, and no reviewer sees what another thinks.
seen(Appeal, *_ALL, own=_of_an_appeal(""))
for _model in (Amendment, CompletionRequest, AppealPaper):
    seen(_model, *_ALL, own=_of_an_appeal("appeal"))
seen(Completion, *_ALL, own=_of_an_appeal("request__appeal"))
seen(AppealReceipt, *_ALL, own={Role.APPLICANT: _team("appeal__entry__team")})
seen(DecisionText, *_ALL, own={Role.APPLICANT: _team("appeal__entry__team")})
seen(Challenge, *_ALL, own={Role.APPLICANT: _team("reviewer__appeal__entry__team")})
seen(ChallengeRuling, *_ALL, own={Role.APPLICANT: _team("challenge__reviewer__appeal__entry__team")})
seen(Waiver, *_ALL, own={Role.APPLICANT: _team("entry__team")})
_REVIEWS: dict[Role, Own] = {
    role: lambda account, now: Q(reviewer__account=account) for role in (Role.EVALUATOR, Role.REVIEWER)
}
seen(Opinion, *_ALL, own=_REVIEWS)
for _hidden in (AppealReviewer, AssignmentEnd, Authorisation, EarlyClosing, Screening, Selection):
    seen(_hidden, *_ALL)
seen(Vote, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(account=account)})
seen(Application, *_ALL, own=_answers(""))
seen(ApplicationPaper, *_ALL, own=_answers("application"))
seen(ApplicationReceipt, *_ALL, own={Role.APPLICANT: _team("application__team")})
carries(AppealPaper)
carries(ApplicationPaper)


def require_may_object(entry: Entry) -> None:
    """Refuse with `not_entitled` a team that has waived: a waiver binds."""
    if Waiver.objects.filter(entry=entry).exists():
        raise Refused(Code.NOT_ENTITLED, f"{entry}은(는) 이의신청을 포기하였습니다.", team=entry.team.code)


def require_no_challenge(appeal: Appeal) -> None:
    """Refuse with `still_pending` to go on while the team's challenge of a reviewer waits for its ruling."""
    if Challenge.objects.filter(reviewer__appeal=appeal, ruling__isnull=True).exists():
        raise Refused(Code.STILL_PENDING, "기피 신청을 먼저 결정해야 합니다.", appeal=appeal.code)


def require_completion_over(appeal: Appeal, now: datetime) -> None:
    """Refuse with `still_pending` to end an appeal while its team has been asked to complete it and has time to."""
    waiting = appeal.completion_requests.filter(completion__isnull=True, until__gt=now).order_by("until").last()
    if waiting is not None:
        raise Refused(Code.STILL_PENDING, "보완 기한이 끝나지 않았습니다.", until=waiting.until)


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
