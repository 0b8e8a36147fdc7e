"""The page of an appeal: what each reader sees of it, narrowed by the table of sights."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from appeals.models import (
    Appeal,
    AppealPaper,
    AppealReceipt,
    AppealReviewer,
    Challenge,
    CompletionRequest,
    DecisionText,
    Opinion,
)
from appeals.queries.receipts import appeal_receipt
from appeals.queries.reviewers import reviewer_seats
from appeals.queries.statements import statements
from appeals.states import UNDECIDED, AppealState
from consortia.models import Organisation
from consortia.queries import local_day, organisations_on
from core.actors import Actor
from core.models import Attachment
from core.names import name_field
from core.sight import may_see, visible
from evaluation.models import Correction


def appeal_page(appeal: Appeal, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the page shows beside the fields, in a fixed number of queries."""
    files = _files(appeal, actor, now)
    return {
        "steps": steps_of(appeal),
        "versions": _versions(appeal, files),
        "requests": _requests(appeal, files, actor, now),
        "receipt": _receipt(appeal, actor, now),
        "reviewers": _reviewers(appeal, now) if may_see(AppealReviewer, actor) else None,
        "seats": _seats(appeal, actor, now),
        "challenges": _challenges(appeal, actor, now),
        "opinions": _opinions(appeal, actor, now),
        "decided": visible(DecisionText.objects.filter(appeal=appeal), actor, now).first(),
        "corrections": _corrections(appeal, actor, now),
        "undecided": appeal.state in UNDECIDED,
    }


def steps_of(appeal: Appeal) -> list[dict[str, Any]]:
    """The lifecycle as a line, from the filing to the end that it took or has before it."""
    ends = appeal.state not in UNDECIDED
    reviewed = appeal.state not in {AppealState.FILED, AppealState.REJECTED, AppealState.WITHDRAWN}
    line: list[tuple[Any, datetime | None, bool]] = [(AppealState.FILED.label, appeal.filed_at, True)]
    if reviewed or not ends:
        line.append((AppealState.ADMITTED.label, None, reviewed))
    line.append((AppealState(appeal.state).label if ends else _("결정"), appeal.decided_at, ends))
    here = max(place for place, (_label, _at, reached) in enumerate(line) if reached)
    return [
        {"label": label, "at": at, "now": place == here, "past": place < here}
        for place, (label, at, _reached) in enumerate(line)
    ]


Files = dict[tuple[str, int | None], list[Attachment]]


def _files(appeal: Appeal, actor: Actor, now: datetime) -> Files:
    """(what it came with, its id) -> the files."""
    found: Files = defaultdict(list)
    papers = visible(AppealPaper.objects.filter(appeal=appeal), actor, now).select_related("attachment")
    for paper in papers.order_by("pk"):
        kind = "amendment" if paper.amendment_id else "completion" if paper.completion_id else "filing"
        found[kind, paper.amendment_id or paper.completion_id].append(paper.attachment)
    return found


def _versions(appeal: Appeal, files: Files) -> list[dict[str, Any]]:
    """The statement that counts first, then those before it."""
    amendments = dict(appeal.amendments.values_list("version", "pk"))
    said = [
        {
            "said": each,
            "files": files[("amendment", amendments[each.version]) if each.version > 1 else ("filing", None)],
        }
        for each in statements(appeal)
    ]
    return said[::-1]


def _requests(appeal: Appeal, files: Files, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    asked = visible(CompletionRequest.objects.filter(appeal=appeal), actor, now).select_related("completion")
    return [
        {
            "request": each,
            "answer": getattr(each, "completion", None),
            "files": files["completion", each.completion.pk] if hasattr(each, "completion") else [],
            "over": each.is_over(now),
        }
        for each in asked.order_by("pk")
    ]


def _receipt(appeal: Appeal, actor: Actor, now: datetime) -> Any:
    mine = visible(AppealReceipt.objects.filter(appeal=appeal), actor, now)
    return appeal_receipt(appeal) if mine.exists() else None


def _reviewers(appeal: Appeal, now: datetime) -> list[dict[str, Any]]:
    """For officials and auditors: who they are, where they belong, and how far they are."""
    rows = list(appeal.reviewers.select_related("account", "challenge", "end", "opinion").order_by("pk"))
    day = local_day(appeal.programme, now)
    belongs = organisations_on([row.account_id for row in rows], day)
    names = dict(Organisation.objects.filter(pk__in=belongs.values()).values_list("pk", name_field()))
    return [
        {
            "number": number,
            "row": row,
            "organisation": names.get(belongs.get(row.account_id, 0), ""),
            "ended": hasattr(row, "end"),
            "challenged": hasattr(row, "challenge"),
            "given": hasattr(row, "opinion"),
        }
        for number, row in enumerate(rows, start=1)
    ]


def _seats(appeal: Appeal, actor: Actor, now: datetime) -> Any:
    """For the team: numbers and organisations, no names. None for whoever is no person of the team's."""
    account = actor.account
    if account is None or not appeal.entry.team.people.filter(account=account).exists():
        return None
    return reviewer_seats(appeal, now)


def _challenges(appeal: Appeal, actor: Actor, now: datetime) -> list[Challenge]:
    rows = visible(Challenge.objects.filter(reviewer__appeal=appeal), actor, now)
    numbers = {pk: number for number, pk in enumerate(appeal.reviewers.order_by("pk").values_list("pk", flat=True), 1)}
    found = list(rows.select_related("ruling").order_by("pk"))
    for each in found:
        each.seat = numbers[each.reviewer_id]  # type: ignore[attr-defined]
        each.settled = getattr(each, "ruling", None)  # type: ignore[attr-defined]
    return found


def _opinions(appeal: Appeal, actor: Actor, now: datetime) -> list[Opinion]:
    """All of them for officials and auditors, a reviewer's own for him."""
    rows = visible(Opinion.objects.filter(reviewer__appeal=appeal), actor, now)
    return list(rows.select_related("reviewer__account").order_by("pk"))


def _corrections(appeal: Appeal, actor: Actor, now: datetime) -> list[Correction]:
    """The correction that the decision made, for whoever sees corrections."""
    if appeal.decision_id is None:
        return []
    made = visible(Correction.objects.filter(decision=appeal.decision_id), actor, now)
    return list(made.select_related("after"))
