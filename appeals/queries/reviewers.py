"""Who reviews an appeal, as its team may see them, and who could."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from appeals.models import Appeal
from appeals.states import REVIEWING_ROLES
from consortia.models import Organisation
from consortia.queries import local_day, organisations_on
from core.models import Account
from core.names import name_field
from evaluation.policies import Conflict, conflicts


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
    names = dict(Organisation.objects.filter(pk__in=organisations.values()).values_list("pk", name_field()))
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


def reviewing(appeal: Appeal) -> list[Account]:
    """The people to whom the appeal is assigned and from whom nobody took it."""
    mine = appeal.reviewers.filter(end__isnull=True)
    return list(Account.objects.filter(pk__in=mine.values("account"), is_active=True).order_by("pk"))


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
    names = dict(Organisation.objects.filter(pk__in=belongs.values()).values_list("pk", name_field()))
    barred = dict.fromkeys(appeal.round.panel.values_list("account_id", flat=True), _("처음 평가에 참여함"))
    for account, ended in appeal.reviewers.values_list("account_id", "end"):
        barred[account] = _("기피로 빠짐") if ended else _("이미 지정함")
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
