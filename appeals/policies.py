"""Who may object, and who may answer a call."""

from appeals.models import Waiver
from consortia.models import Call, Team
from core.errors import Code, Refused
from evaluation.models import Entry
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
