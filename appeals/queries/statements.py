"""What an appeal says, and what of it is still awaited."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from appeals.models import Appeal, Challenge, CompletionRequest
from evaluation.models import Entry


@dataclass(frozen=True)
class Statement:
    """One version of what an appeal says: the filing is the first, each amendment the next."""

    version: int
    text: str
    by: str
    at: datetime


def statements(appeal: Appeal) -> list[Statement]:
    """Every version of an appeal's statement, the one that counts last; all of them stay readable."""
    filed = Statement(1, appeal.statement, appeal.filed_by.name, appeal.filed_at)
    later = appeal.amendments.select_related("by").order_by("version")
    return [filed, *(Statement(each.version, each.statement, each.by.name, each.at) for each in later)]


def pending_challenges(appeal: Appeal) -> QuerySet[Challenge]:
    """Challenges of the appeal's reviewers that have not been ruled on."""
    return Challenge.objects.filter(reviewer__appeal=appeal, ruling__isnull=True)


def completion_awaited(appeal: Appeal, now: datetime) -> CompletionRequest | None:
    """The request that the team has not answered and still has time to; None where there is none."""
    waiting = appeal.completion_requests.filter(completion__isnull=True, until__gt=now)
    return waiting.order_by("until").last()


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
