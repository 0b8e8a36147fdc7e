"""What an appeal says, in all its versions, and the code for one that has none yet."""

from dataclasses import dataclass
from datetime import datetime

from appeals.models import Appeal
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
