"""Who has a conflict with a team, and who sits on the panel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from consortia.models.organisation import held_on
from consortia.queries import require_acts_for
from core.actors import Actor
from core.attachments.carriers import carries
from core.errors import Code, Refused
from core.models import Account
from core.prepared import prepared
from core.roles import Role
from core.sight import seen
from evaluation.models import (
    Admission,
    Announcement,
    BenchmarkTask,
    ClockStop,
    ComponentDeclaration,
    ConflictDeclaration,
    Correction,
    CriteriaConsent,
    CriteriaVersion,
    Document,
    DocumentFile,
    Enquiry,
    Entry,
    Export,
    Filling,
    Finding,
    HarnessFile,
    HarnessResult,
    Message,
    NameCorrection,
    Notice,
    Panelist,
    Recount,
    Reminder,
    ResponseBatch,
    ResponseImport,
    Round,
    ServiceAddress,
    Sheet,
    SheetDraft,
    SheetNote,
    Snapshot,
    Supposing,
    TieBreak,
    Upload,
    UploadFile,
    Vacancy,
    Verdict,
)
from evaluation.states import RoundState

# Who sees what. An evaluator sees the rounds on whose panel he sits, and there what is his own; never the marks of
# others, standings, or the papers of a team with which he has a conflict, or about which he has not declared himself.
_ALL = (Role.OFFICIAL, Role.AUDITOR)


def _own(account: Account, now: datetime) -> Q:
    return Q(account=account)


def _free(account: Account, now: datetime) -> list[int]:
    """Entries, of rounds on whose panel the person sits, that he may look at: without a conflict, and after he has
    declared that he has none as long as that is asked (`undeclared`); three queries a round.
    """
    found: list[int] = []
    for round in Round.objects.filter(panel__account=account):
        entries = dict(round.entries.values_list("team_id", "pk"))
        known = {team: each for (_, team), each in conflicts(round, [account.pk], list(entries), now).items()}
        waiting = undeclared(round, account, known)
        found += [entries[team] for team, each in known.items() if each is Conflict.NONE and team not in waiting]
    return found


def _papers(account: Account, now: datetime) -> Q:
    fits = Q(pk__in=())
    for round, team in Entry.objects.filter(pk__in=_free(account, now)).values_list("round", "team"):
        fits |= Q(round=round, team=team)
    return fits & Q(late=False)


def _own_teams(account: Account) -> QuerySet[Team]:
    return Team.objects.filter(people__account=account)


def _declarations(account: Account, now: datetime) -> Q:
    return Q(entry__in=_free(account, now), late=False)


seen(Round, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(pk__in=account.panels.values("round"))})
seen(Entry, *_ALL, own={Role.EVALUATOR: lambda account, now: Q(round__in=account.panels.values("round"))})
# A team sees what it handed in and declared, late or not, with what was made of it.
seen(
    Document,
    *_ALL,
    own={Role.EVALUATOR: _papers, Role.APPLICANT: lambda account, now: Q(team__in=_own_teams(account))},
)
# A file of a paper is read by whoever sees the paper.
seen(
    DocumentFile,
    *_ALL,
    own={
        Role.EVALUATOR: lambda account, now: Q(document__in=Document.objects.filter(_papers(account, now))),
        Role.APPLICANT: lambda account, now: Q(document__team__in=_own_teams(account)),
    },
)
carries(DocumentFile)
seen(
    ComponentDeclaration,
    *_ALL,
    own={Role.EVALUATOR: _declarations, Role.APPLICANT: lambda account, now: Q(entry__team__in=_own_teams(account))},
)
seen(ConflictDeclaration, *_ALL, own={Role.EVALUATOR: _own})
seen(Sheet, *_ALL, own={Role.EVALUATOR: _own})
# What somebody has written down so far is his own until he hands it in, and nobody else's, whatever his role.
seen(SheetDraft, own={Role.EVALUATOR: _own})
seen(Finding, *_ALL, own={Role.EVALUATOR: _own})
seen(Correction, *_ALL)
seen(NameCorrection, *_ALL)
seen(SheetNote, *_ALL)
for _model in (Enquiry, Verdict, TieBreak, Snapshot, Announcement, Vacancy, Filling, Admission, ClockStop, Reminder):
    seen(_model, *_ALL)
# Whoever is judged, or judges, by criteria sees them and every change of them; of the consents a team sees its own.
seen(
    CriteriaVersion,
    *_ALL,
    own={
        Role.EVALUATOR: lambda account, now: Q(round__in=account.panels.values("round")),
        Role.APPLICANT: lambda account, now: Q(
            round__in=Entry.objects.filter(team__people__account=account).values("round")
        ),
    },
)
seen(CriteriaConsent, *_ALL, own={Role.APPLICANT: lambda account, now: Q(team__people__account=account)})
for _brought in (BenchmarkTask, HarnessFile, HarnessResult, ResponseBatch, ResponseImport, Upload, UploadFile):
    seen(_brought, *_ALL)
for _made in (Export, Recount, Supposing):
    seen(_made, *_ALL)
# A notice is a team's when it has arrived: who reads it before could not be held to the day of arrival.
seen(
    Notice,
    *_ALL,
    own={Role.APPLICANT: lambda account, now: Q(entry__team__people__account=account, arrived_at__lte=now)},
)
seen(ServiceAddress, *_ALL, own={Role.APPLICANT: lambda account, now: Q(team__people__account=account)})
# The auditor reads everything; anybody else what was sent to himself.
seen(Message, Role.AUDITOR, own={role: _own for role in Role if role not in {Role.AUDITOR, Role.SYSTEM}})


DECLARE_FIRST = _("먼저 이해관계를 신고해 주십시오.")


class Conflict(StrEnum):
    """What is known of a person's interest in a team. Unknown is not none."""

    NONE = "none"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


def conflict(round: Round, account: Account, team: Team, now: datetime) -> Conflict:
    """Whether the person has a conflict with the team: see `conflicts`."""
    return conflicts(round, [account.pk], [team.pk], now)[account.pk, team.pk]


# Whoever has no organisation on that day has no row in `belongs`; the last declaration counts.
_CONFLICTS = """
WITH today AS (
    SELECT (%(now)s::timestamptz AT TIME ZONE timezone)::date AS day FROM consortia_programme WHERE id = %(programme)s
),
belongs AS (
    SELECT a.account_id, a.organisation_id FROM consortia_affiliation a CROSS JOIN today t
    WHERE a.account_id = ANY(%(accounts)s) AND {affiliated}
),
shared AS (
    SELECT DISTINCT belongs.account_id, m.team_id FROM consortia_membership m CROSS JOIN today t
    JOIN belongs ON belongs.organisation_id = m.organisation_id
    WHERE m.team_id = ANY(%(teams)s) AND {member}
),
declared AS (
    SELECT DISTINCT ON (account_id, team_id) account_id, team_id, kind FROM evaluation_conflictdeclaration
    WHERE round_id = %(round)s AND account_id = ANY(%(accounts)s) AND team_id = ANY(%(teams)s)
    ORDER BY account_id, team_id, id DESC
)
SELECT account_id, team_id, CASE
    WHEN shared IS NOT NULL OR kind <> 'none' THEN 'conflict'
    WHEN belongs IS NULL AND kind IS NULL THEN 'unknown'
    ELSE 'none' END
FROM unnest(%(accounts)s::bigint[]) account_id CROSS JOIN unnest(%(teams)s::bigint[]) team_id
LEFT JOIN belongs USING (account_id)
LEFT JOIN shared USING (account_id, team_id)
LEFT JOIN declared USING (account_id, team_id)"""


def conflicts(
    round: Round, accounts: Sequence[int], teams: Sequence[int], now: datetime
) -> dict[tuple[int, int], Conflict]:
    """(account id, team id) -> conflict, on the day that it is in the programme's zone, in one statement.

    A person whose organisation belongs to the team on that day has one without declaring it, whatever was declared; a
    declared one counts until the round is over; somebody of whom no organisation is known is `unknown` until cleared.
    """
    given = {"round": round.pk, "programme": round.programme_id, "now": now}
    statement = _CONFLICTS.format(affiliated=held_on("a", "t.day"), member=held_on("m", "t.day"))
    with prepared() as cursor:
        cursor.execute(statement, given | {"accounts": list(accounts), "teams": list(teams)})
        return {(account, team): Conflict(found) for account, team, found in cursor.fetchall()}


def require_no_conflict(round: Round, account: Account, team: Team, now: datetime) -> None:
    """Refuse with `conflict_of_interest` a person with a conflict, or of whom it is not known that there is none."""
    found = conflict(round, account, team, now)
    if found is Conflict.CONFLICT:
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            format_lazy(_("{team}: 이해관계가 있어 참여할 수 없습니다."), team=team),
            team=team.code,
        )
    if found is Conflict.UNKNOWN:
        raise Refused(
            Code.CONFLICT_OF_INTEREST,
            format_lazy(
                _("{team}: 이해관계를 알 수 없습니다. 본인의 신고나 담당 공무원의 확인이 필요합니다."), team=team
            ),
            team=team.code,
        )


def undeclared(round: Round, person: Account, known: Mapping[int, Conflict]) -> set[int]:
    """The teams (ids, of those in `known`) about which nothing is declared yet of this person, one query for all.

    The rule asks for a declaration only where no organisation is known. The panel asks every expert before the first
    look at a team, for kinship and the like are in no register: until the result is announced, and never somebody who
    has a conflict and is barred already.
    """
    asks = {Conflict.UNKNOWN}
    if round.state in {RoundState.DRAFT, RoundState.SCORING}:
        asks |= {Conflict.NONE}
    asked = {team for team, found in known.items() if found in asks}
    return asked.difference(round.conflicts.filter(account=person, team__in=asked).values_list("team", flat=True))


def require_declared(round: Round, person: Account, team: Team) -> None:
    """Refuse with `incomplete` a person without a conflict who has not said yet how he stands to the team.

    Asked at the doors through which experts come in; events of a scenario are played without it.
    """
    if undeclared(round, person, {team.pk: Conflict.NONE}):
        raise Refused(Code.INCOMPLETE, DECLARE_FIRST, team=team.code)


def require_panelist(panelist: Panelist | None, person: Account, actor: Actor) -> None:
    """Refuse with `not_entitled` who acts for another, or does not sit on the round's panel (None)."""
    if actor.account != person:
        raise Refused(Code.NOT_ENTITLED, _("다른 사람을 대신해 할 수 없는 일입니다."), person=person.username)
    if panelist is None:
        raise Refused(Code.NOT_ENTITLED, _("이 단계의 평가위원이 아닙니다."), person=person.username)


def require_own_team(actor: Actor, team: Team) -> None:
    """Refuse with `not_entitled` a team's person who acts for another team; officials act for any."""
    if Role.OFFICIAL not in actor.roles:
        require_acts_for(actor.person(), team)


def bar_panelists(round: Round, *, actor: Actor, **__: Any) -> None:
    """Who decides on a round never sits on its panel (`conflict_of_interest`)."""
    if round.panel.filter(account=actor.person()).exists():
        raise Refused(Code.CONFLICT_OF_INTEREST, _("평가위원은 결정에 참여할 수 없습니다."), person=actor.name)
