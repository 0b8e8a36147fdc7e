"""Responses of a user panel that came in by mistake: their batch is excluded, and stays."""

import re
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from evaluation.models import Criterion, Entry, ResponseBatch, ResponseBatchExclusion, Round
from evaluation.operations.changes import Change, Item
from evaluation.queries.lookup import entry_of, leaf_of
from evaluation.states import Source


def excluded_responses(round: Round, item: Item) -> Change:
    """`{team, criterion, batch}`: the batch by its code, or `#` and its place where it was given none.

    `unknown` for what is not there. A batch that was excluded before stays so.
    """
    entry = entry_of(round, item["team"])
    leaf = leaf_of(round, item["criterion"], Source.RESPONSES)
    return exclusion_of(_numbered(entry, leaf, item["batch"]))


def exclusion_of(batch: ResponseBatch) -> Change:
    """That the responses of this batch count no more."""
    return Change(batch.entry, partial(_exclude, batch), [batch.criterion])


def _exclude(batch: ResponseBatch, reason: str, actor: Actor, now: datetime) -> ResponseBatchExclusion:
    facts = {"reason": reason, "by": actor.person(), "at": now}
    return ResponseBatchExclusion.objects.get_or_create(batch=batch, defaults=facts)[0]


def _numbered(entry: Entry, leaf: Criterion, number: str) -> ResponseBatch:
    called = Q(code=number)
    if re.fullmatch("#[0-9]{1,18}", number):
        called |= Q(code=None, pk=int(number[1:]))
    batches = ResponseBatch.objects.filter(entry=entry, criterion=leaf).select_related("entry__team", "criterion")
    # Whoever gave a batch such a code means that one.
    found = batches.filter(called).order_by("code").first()
    if found is None:
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("없는 응답 묶음입니다: {number} · {entry} · {leaf}"), number=number, entry=entry, leaf=leaf),
            name=number,
        )
    return found
