"""What an announcement would publish, and what each team would be told, before anybody decides on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.actors import Actor
from core.decisions import decided_by
from core.events import record
from core.operation import reading
from core.operations.decisions import prepare
from core.undoing import undone
from core.wording import in_korean
from evaluation.models import Announcement, Round
from evaluation.queries.notice_lines import NoticeContent
from evaluation.queries.notices import notice_content
from evaluation.queries.standings import Board, published_board
from evaluation.verbs import ANNOUNCE, SEE_STANDINGS

MOST_NOTICES = 20
"""Notices that are written out; the others say the same of their own teams."""


@dataclass(frozen=True)
class AnnouncementPreview:
    """The standings that would be published, and the first notices, each with its entry's id and without a number yet.

    Notices are official documents, in Korean whoever reads. `others` is how many of them are not written out.
    """

    board: Board
    notices: Sequence[tuple[int, NoticeContent]]
    others: int


@reading(SEE_STANDINGS)
def preview_announcement(
    round: Round, *, arguments: Mapping[str, Any], hands: Actor, actor: Actor, now: datetime
) -> AnnouncementPreview:
    """Announce as `announce` does at `now`, by the hands of who prepares it; look at what follows, and undo it all.

    Nothing of it is written but that `actor` has seen the standings. Refused as the announcement itself would be.
    """
    with undone():
        decision = prepare(ANNOUNCE, round, actor=hands, now=now, arguments=arguments, try_first=False)
        mandated = hands.under(f"decision:{decision.pk}")
        announcement = decided_by(ANNOUNCE).act(round, actor=mandated, now=now, **arguments)
        found = _seen(announcement)
    record(SEE_STANDINGS, round, at=now, snapshot=None)
    return found


def _seen(announcement: Announcement) -> AnnouncementPreview:
    notices = announcement.notices.order_by("entry__position")
    with in_korean():
        written = [(notice.entry_id, replace(notice_content(notice), number="")) for notice in notices[:MOST_NOTICES]]
    board = published_board(announcement.snapshot)
    return AnnouncementPreview(board, written, len(board.rows) - len(written))
