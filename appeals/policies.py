"""Who may object, who may answer a call, and who sees which of their papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

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
from evaluation.models import Entry, Filling
from evaluation.policies import Conflict, conflicts, require_panelist
from evaluation.queries.standings import published_outcomes
from evaluation.queries.waived import waiver_found_by
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
        over = Call.objects.over(now).filter(authorisation__round__panel__account=account)
        mine = [call.pk for call in over if account.pk in call_evaluators(call, now)]
        prefix = f"{path}__" if path else ""
        standing = {f"{prefix}call__in": mine, f"{prefix}withdrawn_at__isnull": True}
        return Q(**standing) & ~Q(**{f"{prefix}state": ApplicationState.INELIGIBLE})

    prefix = f"{path}__" if path else ""
    return {Role.APPLICANT: _team(f"{prefix}team"), Role.EVALUATOR: judged}


def _answerable(account: Account, now: datetime) -> Q:
    """The calls that a person's team may answer, or has answered."""
    return Q(pk__in=answerable(account)) | Q(
        pk__in=Application.everything.filter(team__people__account=account).values("call")
    )


def _own_selection(account: Account, now: datetime) -> Q:
    """The selection of a person's own team, and that of nobody in a call that his team has answered."""
    nobody = Q(
        application__isnull=True, call__in=Application.objects.filter(team__people__account=account).values("call")
    )
    return Q(application__team__people__account=account) | nobody


def _judged_calls(account: Account, now: datetime) -> Q:
    """The opened calls of the rounds on whose panel the person sits: public by then, and there he finds his part."""
    return Q(authorisation__round__panel__account=account, opened_at__isnull=False)


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
for _hidden in (AppealReviewer, AssignmentEnd, Authorisation, EarlyClosing):
    seen(_hidden, *_ALL)
# Why its application is not considered, is selected, or why nobody is, a team reads; of another's it reads nothing.
seen(Screening, *_ALL, own={Role.APPLICANT: _team("application__team")})
seen(Selection, *_ALL, own={Role.APPLICANT: _own_selection})
seen(Vote, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(account=account)})
seen(Call, *_ALL, own={Role.APPLICANT: _answerable, Role.EVALUATOR: _judged_calls})
seen(Application, *_ALL, own=_answers(""))
seen(ApplicationPaper, *_ALL, own=_answers("application"))
seen(ApplicationReceipt, *_ALL, own={Role.APPLICANT: _team("application__team")})
carries(AppealPaper)
carries(ApplicationPaper)


waiver_found_by(Subquery(Waiver.objects.filter(entry=OuterRef("entry")).values("waived_at")[:1]))


def require_may_object(entry: Entry) -> None:
    """Refuse with `not_entitled` a team that has waived: a waiver binds."""
    if Waiver.objects.filter(entry=entry).exists():
        raise Refused(
            Code.NOT_ENTITLED,
            format_lazy(_("{entry}: 이의신청을 포기하였습니다."), entry=entry),
            team=entry.team.code,
        )


def require_no_challenge(appeal: Appeal) -> None:
    """Refuse with `still_pending` to go on while the team's challenge of a reviewer waits for its ruling."""
    if Challenge.objects.pending().filter(reviewer__appeal=appeal).exists():
        raise Refused(Code.STILL_PENDING, _("기피 신청을 먼저 결정해야 합니다."), appeal=appeal.code)


def require_completion_over(appeal: Appeal, now: datetime) -> None:
    """Refuse with `still_pending` to end an appeal while its team has been asked to complete it and has time to."""
    waiting = appeal.completion_requests.awaited(now).last()
    if waiting is not None:
        raise Refused(Code.STILL_PENDING, _("보완 기한이 끝나지 않았습니다."), until=waiting.until)


def eligibilities(calls: Collection[Call], teams: Collection[Team]) -> dict[tuple[int, int], set[str] | None]:
    """(call id, team id) -> the groups of the call's eligibility to which the team belongs, in three queries.

    None while the round has no result yet. A team that advanced belongs to none, and one that fills a seat of the
    round's vacancy to none any more: it has its place. One that took part and did not advance is `eliminated`; one that
    stood in an earlier call is an `earlier_applicant`, whether or not it took part; a `newcomer` did neither.
    """
    authorised = Authorisation.objects.filter(call__in=[call.pk for call in calls])
    rounds = dict(authorised.values_list("call_id", "round_id"))
    took_part, seated = _places(set(rounds.values()), teams)
    outcomes = published_outcomes(rounds.values())
    found: dict[tuple[int, int], set[str] | None] = {}
    for call, team in product(calls, teams):
        round = rounds[call.pk]
        earlier = {"earlier_applicants"} if team.applied_before else set[str]()
        if (round, team.pk) in seated:
            found[call.pk, team.pk] = set()
        elif (round, team.pk) not in took_part:
            found[call.pk, team.pk] = earlier or {"newcomers"}
        elif round not in outcomes:
            found[call.pk, team.pk] = None
        else:
            advanced = outcomes[round][team.pk] == Outcome.ADVANCED
            found[call.pk, team.pk] = set() if advanced else {"eliminated"} | earlier
    return found


def _places(rounds: Collection[int], teams: Collection[Team]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """(round id, team id) of those who took part, and of those who fill a seat that it left empty; one query."""
    keys = [team.pk for team in teams]
    entries = Entry.objects.filter(round__in=rounds, team__in=keys).order_by()
    fillings = Filling.objects.filter(vacancy__round__in=rounds, application__team__in=keys).order_by()
    found = entries.values_list("round_id", "team_id", Value(False)).union(
        fillings.values_list("vacancy__round_id", "application__team_id", Value(True))
    )
    places: dict[bool, set[tuple[int, int]]] = {False: set(), True: set()}
    for round, team, seated in found:
        places[seated].add((round, team))
    return places[False], places[True]


def eligibility(call: Call, team: Team) -> set[str] | None:
    """The groups of the call's eligibility to which the team belongs: see `eligibilities`."""
    return eligibilities([call], [team])[call.pk, team.pk]


def eligible(call: Call, team: Team) -> bool:
    """Whether the team may answer the call; where the round has no result yet, that is not denied."""
    return answers(call, eligibility(call, team))


def answers(call: Call, groups: set[str] | None) -> bool:
    """Whether a team of these groups may answer the call."""
    return groups is None or bool(groups & set(call.eligible))


def answerable(account: Account) -> dict[int, list[Team]]:
    """Call id -> the person's own teams that may answer it, for every call that has opened; in five queries."""
    teams = list(Team.objects.filter(people__account=account))
    programmes = {team.programme_id for team in teams}
    calls = list(Call.objects.filter(programme__in=programmes, opened_at__isnull=False))
    groups = eligibilities(calls, teams)
    found = {
        call.pk: [
            team for team in teams if team.programme_id == call.programme_id and answers(call, groups[call.pk, team.pk])
        ]
        for call in calls
    }
    return {call: teams for call, teams in found.items() if teams}


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
    require_panelist(call.authorisation.round.panel.filter(account=person).first(), person, actor)
    if application.state == ApplicationState.INELIGIBLE:
        raise Refused(
            Code.NOT_ELIGIBLE,
            format_lazy(_("부적격인 응모입니다: {team}"), team=application.team),
            team=application.team.code,
        )
    if person.pk not in call_evaluators(call, now):
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            _("응모한 팀과 이해관계가 있거나 알 수 없어 참여할 수 없습니다."),
            person=person.username,
        )


@dataclass(frozen=True)
class Majority:
    """How many of a call's evaluators accept an application: more than half of all of them, voted or not, is needed."""

    accepting: int
    evaluators: int

    @property
    def needed(self) -> int:
        """The fewest that are more than half."""
        return self.evaluators // 2 + 1

    @property
    def reached(self) -> bool:
        return self.accepting >= self.needed


def majorities(call: Call, now: datetime) -> dict[int, Majority]:
    """Application id -> how the votes of those who are the call's evaluators at `now` stand; one query more."""
    evaluators = call_evaluators(call, now)
    counted = Count("votes", filter=Q(votes__accept=True, votes__account__in=evaluators))
    accepting = call.applications.annotate(accepting=counted).values_list("pk", "accepting")
    return {application: Majority(count, len(evaluators)) for application, count in accepting}


def accepted_by_majority(call: Call, application: Application, now: datetime) -> bool:
    """Whether more than half of the call's evaluators, voted or not, accept the application."""
    return majorities(call, now)[application.pk].reached
