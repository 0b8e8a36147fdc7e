"""What corrections would make of a result, or have made of it: the standings before and after, side by side."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.actors import Actor, actor_of
from core.errors import Refused
from core.models import Decision
from evaluation.admin.correction_words import item_words
from evaluation.admin.differences import difference
from evaluation.models import Correction, Round
from evaluation.operations.previewing import preview
from evaluation.queries.comparing import Compared, compared, excerpt
from evaluation.queries.standings import published_board

TEMPLATE = "panel/foreseen.html"


def foreseen_of(
    round: Round, corrections: Sequence[Mapping[str, Any]], *, reason: str, actor: Actor, now: datetime
) -> str:
    """The preview as markup; refused as the correction itself would be where nothing can be looked at."""
    seen = preview(round, corrections, reason=reason or _("미리 보기"), actor=actor, now=now)
    rows = compared(seen.before, seen.after, seen.moves)
    refusal = str(seen.refusal) if seen.refusal else ""
    return _rendered(round, rows, corrections, refusal=refusal, published=None)


def foreseen_by(decision: Decision, round: Round, corrections: Sequence[Mapping[str, Any]], *, now: datetime) -> str:
    """What a prepared decision would bring about now; of an approved one, what it has published."""
    made = Correction.objects.filter(decision=decision).select_related("before", "after").first()
    if made is not None:
        return correction_shown(made)
    if not corrections or decision.state != "prepared":
        return ""
    preparer = actor_of(decision.prepared_by)
    try:
        return foreseen_of(round, corrections, reason=decision.reason, actor=preparer, now=now)
    except Refused as refused:
        return render_to_string(TEMPLATE, {"refusal": str(refused), "items": item_words(round, corrections)})


def correction_shown(made: Correction) -> str:
    """A published correction: the snapshot before it beside the one that it made, and which of its items moved what."""
    moves = {(team, fact): by for team, facts in (made.moves or {}).items() for fact, by in facts.items()}
    rows = compared(published_board(made.before), published_board(made.after), moves)
    return _rendered(made.round, rows, made.items, refusal="", published=made)


def _rendered(
    round: Round,
    rows: Sequence[Compared],
    corrections: Sequence[Mapping[str, Any]],
    *,
    refusal: str,
    published: Correction | None,
) -> str:
    return render_to_string(
        TEMPLATE,
        {
            "items": item_words(round, corrections),
            "refusal": refusal,
            "published": published,
            "by_word": _("영향을 준 정정"),
            "was_word": _("정정 전"),
            "then_word": _("정정 후"),
            **difference(round, excerpt(rows)),
        },
    )
