"""Reads that span rounds, appeals and calls: windows, what blocks a closing, and what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from appeals.models import Appeal, Authorisation, Challenge, CompletionRequest, Waiver
from appeals.states import REVIEWING_ROLES, UNDECIDED
from appeals.verbs import DECIDE_APPEAL
from consortia.models import Application, Call, Organisation, Receipt
from consortia.queries import local_day, organisations_on
from core.calendar.words import window_words
from core.errors import Code, Refused
from core.models import Account, Decision
from core.models.decision import DecisionState
from core.queries import sealed_in
from evaluation.models import Entry, Notice, Reminder, Round, Vacancy
from evaluation.policies import Conflict, conflicts
from evaluation.queries.reminders import due, windows_ending
from evaluation.states import ReminderKind, VacancyRule
from evaluation.verbs import CORRECT

_BLOCKERS = {
    "window": "이의신청 기간이 끝나지 않았습니다",
    "notice": "통지 미도달: 서면 통지의 도달이 기록되지 않았습니다",
    "stop": "이의신청 기간이 정지되어 있습니다",
    "appeal": "이의신청을 아직 결정하지 않았습니다",
    "correction": "기안한 정정을 아직 결재하지 않았습니다",
    "decision": "기안한 결정을 아직 결재하지 않았습니다",
}


@dataclass(frozen=True)
class Blocker:
    """One thing that must end before a round can close.

    `kind`: a team's `window`, a `notice` that has not arrived, a `stop` of the clock, an `appeal`, a prepared
    `correction` or `decision` of an appeal that waits for its approval. `until` is its end or due date in `zone`, None
    where nobody knows it yet; `subject` the notice, appeal or decision itself.
    """

    kind: str
    who: str
    until: datetime | None
    zone: ZoneInfo
    subject: Notice | Appeal | Decision

    def __str__(self) -> str:
        until = f"({window_words(self.until, self.zone)})" if self.until else ""
        return f"{self.who}: {_BLOCKERS[self.kind]}{until}."


def own_window(entry: Entry, now: datetime) -> Notice:
    """The team's newest notice that has arrived; `not_entitled` for a team that has not been notified."""
    arrived = Notice.objects.filter(entry=entry, arrived_at__lte=now)
    newest = arrived.order_by("-arrived_at", "-pk").first()
    if newest is None:
        raise Refused(Code.NOT_ENTITLED, f"{entry}은(는) 아직 통지를 받지 않았습니다.", team=entry.team.code)
    return newest


@dataclass(frozen=True)
class _Pending:
    """Everything of one kind that keeps a round from closing, whichever round; `round` is the path to its key."""

    rows: QuerySet[Any]
    round: str
    blocker: Callable[[Any, ZoneInfo], Blocker]


def _pending(now: datetime) -> list[_Pending]:
    """What keeps announced rounds from closing at `now`: the one rule, for one round's list and for what is due.

    Open windows, the latest last; windows without an end, because a notice has not arrived or the clock stands still;
    undecided appeals; decisions that would publish another result and wait for their approval: a result is not final
    while two officials are about to correct it. Whoever prepared such a decision can take it back.
    """
    waiting = Notice.objects.filter(window_closes_at__gt=now).order_by("window_closes_at", "pk")
    endless = Notice.objects.filter(window_closes_at=None).order_by("pk")
    undecided = Appeal.objects.filter(state__in=UNDECIDED)
    prepared = Decision.objects.filter(state=DecisionState.PREPARED).order_by("pk")
    corrections = prepared.filter(verb=CORRECT.code).annotate(of_round=F("subject_id"))
    appealed = undecided.filter(pk=OuterRef("subject_id")).values("round")
    decisions = prepared.filter(verb=DECIDE_APPEAL.code).annotate(of_round=Subquery(appealed))
    return [
        _Pending(waiting.select_related("entry__team"), "announcement__round", _of_notice),
        _Pending(endless.select_related("entry__team"), "announcement__round", _of_notice),
        _Pending(undecided.order_by("pk"), "round", _of_appeal),
        _Pending(corrections, "of_round", _of_decision),
        _Pending(decisions.filter(of_round__isnull=False), "of_round", _of_decision),
    ]


def _of_notice(notice: Notice, zone: ZoneInfo) -> Blocker:
    kind = "window" if notice.window_closes_at else "stop" if notice.arrived_at else "notice"
    return Blocker(kind, notice.entry.team.name_ko, notice.window_closes_at, zone, notice)


def _of_appeal(appeal: Appeal, zone: ZoneInfo) -> Blocker:
    return Blocker("appeal", appeal.code, appeal.decide_by, zone, appeal)


def _of_decision(decision: Decision, zone: ZoneInfo) -> Blocker:
    kind = "correction" if decision.verb == CORRECT.code else "decision"
    return Blocker(kind, decision.subject_label, None, zone, decision)


def closing_blockers(round: Round, now: datetime) -> list[Blocker]:
    """What keeps an announced round from closing at `now` (`_pending`), windows first; five queries."""
    zone = round.programme.zone
    return [each.blocker(row, zone) for each in _pending(now) for row in each.rows.filter(**{each.round: round.pk})]


def rounds_announced(programme: int | None) -> QuerySet[Round]:
    """Announced rounds, of one programme or of all."""
    rounds = Round.objects.filter(state="announced")
    return rounds if programme is None else rounds.filter(programme=programme)


def rounds_due(programme: int | None, now: datetime) -> QuerySet[Round]:
    """Announced rounds that nothing keeps from closing any longer (`_pending`)."""
    due_now = rounds_announced(programme)
    for each in _pending(now):
        due_now = due_now.exclude(pk__in=each.rows.order_by().values(each.round))
    return due_now


def vacancies_to_fill(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies with a seat left and no call, for which two officials have authorised one."""
    waiting = Vacancy.objects.filter(
        call=None,
        filled__lt=F("seats"),
        round__authorisations__lapsed=False,
        round__authorisations__call__state="authorised",
    )
    return waiting if programme is None else waiting.filter(round__programme=programme)


def vacancies_without_call(programme: int | None) -> QuerySet[Vacancy]:
    """Vacancies with a seat left that are to be filled by a call, and for which none is authorised."""
    left = Vacancy.objects.filter(call=None, filled__lt=F("seats"), round__vacancy=VacancyRule.RECRUIT)
    waiting = left.exclude(round__in=Authorisation.objects.filter(lapsed=False).values("round"))
    return waiting if programme is None else waiting.filter(round__programme=programme)


def vacancies_to_tell_of() -> QuerySet[Vacancy]:
    """Vacancies without a call of which officials have not been told."""
    told = Reminder.objects.filter(kind=ReminderKind.VACANCY, subject_id=OuterRef("pk"))
    return vacancies_without_call(None).exclude(Exists(told)).select_related("round__programme")


def calls_to_open(programme: int | None) -> QuerySet[Call]:
    """Calls that are authorised for a counted vacancy with a seat left and have not opened yet."""
    vacant = vacancies_to_fill(programme).values("round")
    return Call.objects.filter(state="authorised", authorisation__round__in=vacant, authorisation__lapsed=False)


def call_in_the_way(call: Call, now: datetime) -> Call | None:
    """The other call of the programme whose window is not over, so that this one cannot open yet; None where none is.

    Calls of a programme never overlap: who is asked to apply must know for what.
    """
    others = Call.objects.filter(programme=call.programme_id, opened_at__isnull=False, closes_at__gt=now)
    return others.exclude(pk=call.pk).order_by("-closes_at").first()


def calls_over(programme: int | None, now: datetime) -> QuerySet[Call]:
    """Open calls whose time is over."""
    over = Call.objects.filter(state="open", closes_at__lte=now)
    return over if programme is None else over.filter(programme=programme)


def windows_to_remind(days: int, now: datetime) -> QuerySet[Notice]:
    """Notices whose window ends in `days` days, of teams that may still object: a waiver binds."""
    ending = windows_ending(days, now).exclude(entry__in=Waiver.objects.values("entry"))
    return ending.select_related("entry__team", "announcement__round__programme")


def appeals_near_their_term(days: int, now: datetime) -> QuerySet[Appeal]:
    """Undecided appeals that are to be decided in `days` days, and of which officials have not been told."""
    undecided = Appeal.objects.filter(state__in=UNDECIDED).select_related("programme", "entry__team")
    return due(undecided, ReminderKind.DECISION, begin="filed_at", end="decide_by", days=days, now=now)


@dataclass(frozen=True)
class Statement:
    """One version of what an appeal says: the filing is the first, each amendment the next."""

    version: int
    text: str
    by: str
    at: datetime


def statements(appeal: Appeal) -> list[Statement]:
    """Every version of an appeal's statement, the one that counts last; all of them stay readable."""
    filed = Statement(1, appeal.statement, appeal.filed_by.name_ko, appeal.filed_at)
    later = appeal.amendments.select_related("by").order_by("version")
    return [filed, *(Statement(each.version, each.statement, each.by.name_ko, each.at) for each in later)]


def pending_challenges(appeal: Appeal) -> QuerySet[Challenge]:
    """Challenges of the appeal's reviewers that have not been ruled on."""
    return Challenge.objects.filter(reviewer__appeal=appeal, ruling__isnull=True)


def completion_awaited(appeal: Appeal, now: datetime) -> CompletionRequest | None:
    """The request that the team has not answered and still has time to; None where there is none."""
    waiting = appeal.completion_requests.filter(completion__isnull=True, until__gt=now)
    return waiting.order_by("until").last()


@dataclass(frozen=True)
class Seat:
    """A reviewer as the team sees him: a number and an organisation, never a name.

    A team can challenge a reviewer only if it knows something of him; who he is stays with the officials.
    """

    pk: int
    number: int
    organisation: str
    challenged: bool
    ended: bool


def reviewer_seats(appeal: Appeal, now: datetime) -> list[Seat]:
    """The appeal's reviewers in the order of their assignment, as its team may see them."""
    reviewers = list(appeal.reviewers.select_related("challenge", "end").order_by("pk"))
    accounts = [reviewer.account_id for reviewer in reviewers]
    organisations = organisations_on(accounts, local_day(appeal.programme, now))
    names = dict(Organisation.objects.filter(pk__in=organisations.values()).values_list("pk", "name_ko"))
    return [
        Seat(
            pk=reviewer.pk,
            number=number,
            organisation=names.get(organisations.get(reviewer.account_id, 0), ""),
            challenged=hasattr(reviewer, "challenge"),
            ended=hasattr(reviewer, "end"),
        )
        for number, reviewer in enumerate(reviewers, start=1)
    ]


@dataclass(frozen=True)
class Receipted:
    """What a receipt says: number, moment, the hash of every file, and two places in the ledger.

    `before` is the newest block at the moment of receipt, `sealed` the block that holds the receipt itself (None until
    the transaction is committed), each as number and head.
    """

    number: str
    at: datetime
    files: list[tuple[str, str]]
    before: tuple[int, str]
    sealed: tuple[int, str] | None


def appeal_receipt(appeal: Appeal) -> Receipted:
    """The receipt of an appeal, with the files of its filing."""
    filed = appeal.papers.filter(amendment=None, completion=None).order_by("pk")
    return _receipted(appeal.receipt, list(filed.values_list("attachment__name", "attachment__sha256")))


def application_receipt(application: Application) -> Receipted:
    """The receipt of an application, with its files."""
    handed_in = application.papers.order_by("pk")
    return _receipted(application.receipt, list(handed_in.values_list("attachment__name", "attachment__sha256")))


def _receipted(receipt: Receipt, files: list[tuple[str, str]]) -> Receipted:
    block = sealed_in(receipt)
    return Receipted(
        number=receipt.number,
        at=receipt.at,
        files=files,
        before=(receipt.ledger_number, receipt.ledger_head),
        sealed=(block.number, block.head) if block else None,
    )


def appeal_code(entry: Entry, ground: str) -> str:
    """The code for a team's appeal where nobody gives one: the round's, the team's and a number that is free.

    On a ground on which the team has appealed already it is that appeal's code, so that one sent twice is found to be
    the same. Asked for while the round is held.
    """
    mine = Appeal.objects.filter(entry=entry)
    standing = mine.filter(ground=ground).values_list("code", flat=True).first()
    if standing is not None:
        return standing
    start = f"{entry.round.code[:28]}-{entry.team.code[:28]}-"
    taken = Appeal.objects.filter(programme=entry.round.programme_id, code__startswith=start)
    codes, number = set(taken.values_list("code", flat=True)), mine.count() + 1
    while f"{start}{number}" in codes:
        number += 1
    return f"{start}{number}"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may review an appeal by his role. `barred` says why he may not by what he did; else empty."""

    account: Account
    organisation: str
    conflict: Conflict
    barred: str


def candidates(appeal: Appeal, now: datetime) -> list[Candidate]:
    """The programme's people with a reviewing role, each with his interest in the team, in a fixed number of queries.

    Those whom nothing keeps from it come first.
    """
    people = Account.objects.filter(
        username__startswith=f"{appeal.programme.code}.", is_active=True, grants__role__in=REVIEWING_ROLES
    )
    accounts = list(people.distinct().order_by("username"))
    keys = [account.pk for account in accounts]
    found = conflicts(appeal.round, keys, [appeal.entry.team_id], now)
    belongs = organisations_on(keys, local_day(appeal.programme, now))
    names = dict(Organisation.objects.filter(pk__in=belongs.values()).values_list("pk", "name_ko"))
    barred = dict.fromkeys(appeal.round.panel.values_list("account_id", flat=True), "처음 평가에 참여함")
    for account, ended in appeal.reviewers.values_list("account_id", "end"):
        barred[account] = "기피로 빠짐" if ended else "이미 지정함"
    listed = [
        Candidate(
            account=each,
            organisation=names.get(belongs.get(each.pk, 0), ""),
            conflict=found[each.pk, appeal.entry.team_id],
            barred=barred.get(each.pk, ""),
        )
        for each in accounts
    ]
    return sorted(listed, key=lambda each: (bool(each.barred), each.conflict is not Conflict.NONE))
