"""What an announcement would publish and tell each team, as its form and whoever approves it see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from core.actors import Actor, actor_of
from core.errors import Refused
from core.models import Decision
from evaluation.admin import table
from evaluation.models import Announcement, Round
from evaluation.operations.announcement_preview import preview_announcement

TEMPLATE = "panel/announcement_preview.html"


def announcement_previewed(
    round: Round, arguments: Mapping[str, Any], *, hands: Actor, reader: Actor, now: datetime
) -> str:
    """The preview as markup; refused as the announcement itself would be."""
    seen = preview_announcement(round, arguments=arguments, hands=hands, actor=reader, now=now)
    rows = [(row, table.outcome_badge(row)) for row in seen.board.rows]
    of = {row.entry: (row.name, outcome) for row, outcome in rows}
    notices = [(*of[entry], notice) for entry, notice in seen.notices]
    return render_to_string(TEMPLATE, {"rows": rows, "notices": notices, "others": seen.others})


def announcement_decided(decision: Decision, round: Round, *, reader: Actor, now: datetime) -> str:
    """What a prepared announcement would bring about now; where it was approved, what it has published."""
    made = Announcement.objects.filter(decision=decision).select_related("snapshot").first()
    if made is not None:
        return render_to_string(TEMPLATE, {"published": made.snapshot})
    if decision.state != "prepared":
        return ""
    hands = actor_of(decision.prepared_by)
    try:
        return announcement_previewed(round, decision.arguments, hands=hands, reader=reader, now=now)
    except Refused as refused:
        return render_to_string(TEMPLATE, {"refusal": str(refused)})
