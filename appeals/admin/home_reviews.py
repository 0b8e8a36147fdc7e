"""The first page of a reviewer: the appeals before him, with the day by which they are decided."""

from datetime import datetime
from typing import Any

from appeals.admin.blocking import page_of
from appeals.admin.home_team import words
from appeals.admin.terms import term_left
from appeals.models import AppealReviewer
from appeals.states import UNDECIDED
from core.actors import Actor
from core.roles import Role

REVIEWING = frozenset({Role.EVALUATOR, Role.REVIEWER})


def reviews_of(actor: Actor, now: datetime) -> list[dict[str, Any]] | None:
    """The undecided appeals to which the person is assigned, the most urgent first; None for who reviews nothing."""
    if actor.account is None or not REVIEWING & actor.roles:
        return None
    mine = AppealReviewer.objects.filter(account=actor.account, end__isnull=True, appeal__state__in=UNDECIDED)
    related = mine.select_related("appeal__programme", "appeal__entry__team", "appeal__round", "opinion")
    return [
        {
            "appeal": each.appeal,
            "url": page_of(each.appeal, actor),
            "term": words(each.appeal.decide_by, each.appeal),
            "left": term_left(each.appeal, now),
            "given": hasattr(each, "opinion"),
        }
        for each in related.order_by("appeal__decide_by", "pk")
    ]
