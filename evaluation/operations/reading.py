"""Reading what is confidential is recorded: standings before they are published, a team's notice, who got what."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from consortia.models import Programme
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation, reading
from core.sight import visible
from evaluation.models import Notice, Round, Snapshot
from evaluation.queries.notice_lines import NoticeContent
from evaluation.queries.notices import notice_content
from evaluation.queries.parity import ParityReport, parity
from evaluation.queries.standings import Board, board, published_board
from evaluation.verbs import SEE_NOTICE, SEE_PARITY, SEE_STANDINGS


@reading(SEE_STANDINGS)
def see_standings(round: Round, *, actor: Actor, now: datetime) -> Board:
    """The standings as they are, and a line that says who saw them, when, and in which snapshot (none: as computed)."""
    seen = board(round)
    record(SEE_STANDINGS, round, at=now, snapshot=seen.snapshot)
    return seen


@reading(SEE_STANDINGS)
def see_snapshot(snapshot: Snapshot, *, actor: Actor, now: datetime) -> Board:
    """A snapshot as it was published, also one that another has superseded, and a line that says who saw it."""
    record(SEE_STANDINGS, snapshot.round, at=now, snapshot=snapshot.number)
    return published_board(snapshot)


@operation(SEE_NOTICE)
def see_notice(notice_id: int, *, actor: Actor, now: datetime) -> NoticeContent:
    """What a notice says, and a line that says who read it.

    `unknown` where there is none that the actor may see: a team's own people see their own once it has arrived.
    """
    notice = visible(Notice.objects.filter(pk=notice_id), actor, now).first()
    if notice is None:
        raise Refused(Code.UNKNOWN, _("없는 통지입니다."), notice=notice_id)
    content = notice_content(notice)
    record(SEE_NOTICE, notice, at=now, snapshot=content.snapshot)
    return content


@reading(SEE_PARITY)
def see_parity(programme: Programme, *, day: date, actor: Actor, now: datetime) -> ParityReport:
    """What every team has of every line of support on that day, and a line that says who looked."""
    report = parity(programme, day)
    record(SEE_PARITY, programme, at=now, day=day)
    return report
