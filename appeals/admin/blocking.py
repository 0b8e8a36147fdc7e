"""What keeps a round from becoming final, each thing one click from where it is dealt with."""

from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from appeals.queries.closing import Blocker, closing_blockers
from core.actors import Actor
from core.sight import may_see
from evaluation.admin.blockers import Hindrance, after_announcement
from evaluation.models import Notice, Round
from evaluation.verbs import RECORD_ARRIVAL, RESUME_CLOCK


@after_announcement
def blockers(round: Round, actor: Actor, now: datetime) -> list[Hindrance]:
    """Each blocker in words, with its page as far as the reader may open it; what only time ends stands last."""
    waiting = sorted(closing_blockers(round, now), key=lambda each: each.kind == "window")
    with timezone.override(round.programme.zone):
        return [Hindrance(str(each), *_mend(each, round, actor)) for each in waiting]


def _mend(blocker: Blocker, round: Round, actor: Actor) -> tuple[str, str]:
    """Where it is dealt with, and what the link says: the operation for who may do it, else the thing to be read."""
    subject = blocker.subject
    if blocker.kind == "notice" and actor.may(RECORD_ARRIVAL):
        return reverse("admin:evaluation_notice_record_arrival", args=[subject.pk]), _("통지 도달 기록")
    if isinstance(subject, Notice) and blocker.kind == "stop" and actor.may(RESUME_CLOCK):
        preset = urlencode({"teams": subject.entry.team.code})
        return f"{reverse('admin:evaluation_round_resume_clock', args=[round.pk])}?{preset}", _("재개 기안")
    labels = {"appeal": _("이의신청 보기"), "correction": _("기안 보기"), "decision": _("기안 보기")}
    url = page_of(subject, actor)
    return url, labels.get(blocker.kind, _("통지 보기")) if url else ""


def page_of(thing: Any, actor: Actor) -> str:
    """The address of a thing's page; empty where the reader may not see it, or the panel has no such page."""
    if not may_see(type(thing), actor):
        return ""
    meta = thing._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])
    except NoReverseMatch:
        return ""
