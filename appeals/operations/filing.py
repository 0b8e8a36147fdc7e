"""A team objects, or takes its objection back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal, AppealReceipt
from appeals.operations.attaching import attach
from appeals.policies import require_may_object
from appeals.queries.closing import own_window, require_in_time
from appeals.states import APPEAL, AppealState, Ground
from appeals.verbs import FILE_APPEAL, WITHDRAW_APPEAL
from consortia.operations.receipts import numbered
from consortia.queries import non_working_days
from core.actors import Actor
from core.attachments.receiving import Received
from core.calendar.window import window_end
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import Entry, Notice, Round
from evaluation.policies import require_own_team

DAYS_TO_DECIDE = 30
"""Days from receipt in which an appeal is to be decided, counted like any period."""


@operation(FILE_APPEAL)
def file_appeal(
    entry: Entry,
    *,
    code: str,
    ground: Ground,
    statement: str,
    files: Sequence[Received] = (),
    actor: Actor,
    now: datetime,
) -> Appeal:
    """Receive a team's objection to its result, on whatever ground, within the team's own window, with its files.

    The receipt is made with it: a number in the programme's year, and the ledger's head.

    Refused: `not_entitled` for another's team, after a waiver, or before the team's notice has arrived; `too_late`
    from the instant its window ends; `duplicate` for a second appeal of the team on that ground, whatever its number,
    or another appeal under a number that is taken. The same appeal again is returned, unless it was withdrawn.

    The round is held alone, so that a closing, an appeal and the same appeal again never pass each other.
    """
    round = Round.objects.alone(entry.round_id)
    require_own_team(actor, entry.team)
    require_may_object(entry)
    window = own_window(entry, now)
    standing = Appeal.objects.filter(programme=round.programme_id, code=code).first()
    if standing is not None and _same(standing, entry, ground, statement.strip(), files):
        return standing
    require_in_time(round, window, now)
    statement = stated(statement, _("이의 내용"))
    _require_new(standing, entry, ground)
    programme = round.programme
    appeal = Appeal.objects.create(
        programme=programme,
        code=code,
        round=round,
        entry=entry,
        ground=ground,
        statement=statement,
        filed_by=actor.person(),
        filed_at=now,
        decide_by=window_end(now, DAYS_TO_DECIDE, non_working_days(programme), programme.zone),
    )
    attach(appeal, files=files, actor=actor, now=now)
    receipt = AppealReceipt.objects.create(appeal=appeal, **numbered(AppealReceipt, programme, now))
    facts = {"ground": ground, "decide_by": appeal.decide_by, "receipt": receipt.number}
    record(FILE_APPEAL, appeal, at=now, team=entry.team.code, **facts)
    return appeal


def _require_new(standing: Appeal | None, entry: Entry, ground: Ground) -> None:
    if Appeal.objects.filter(entry=entry, ground=ground).exists():
        raise Refused(Code.DUPLICATE, _("같은 사유로 이미 이의신청하였습니다."), ground=ground)
    if standing is not None:
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이미 있는 이의신청 번호입니다: {code}"), code=standing.code),
            appeal=standing.code,
        )


def _same(standing: Appeal, entry: Entry, ground: Ground, statement: str, files: Sequence[Received]) -> bool:
    said = (standing.entry_id, standing.ground, standing.statement) == (entry.pk, ground, statement)
    filed = standing.papers.filter(amendment=None, completion=None).values_list("attachment__sha256", flat=True)
    return said and standing.state != AppealState.WITHDRAWN and sorted(filed) == sorted(file.sha256 for file in files)


@operation(WITHDRAW_APPEAL)
def withdraw_appeal(appeal: Appeal, *, actor: Actor, now: datetime) -> Appeal:
    """Take an appeal back, by the team's own people, until it is decided (`wrong_state` after that)."""
    appeal = hold_appeal(appeal.pk)
    require_own_team(actor, appeal.entry.team)
    appeal.state = APPEAL.require(appeal.state, "withdraw")
    appeal.save(update_fields=["state"])
    record(WITHDRAW_APPEAL, appeal, at=now)
    return appeal


def hold_noticed(pk: int) -> Round:
    """The round of a notice, held alone: a window that closes and what is handed in within it never pass each other."""
    return Round.objects.alone(Notice.objects.values_list("entry__round_id", flat=True).get(pk=pk))


def hold_appeal(pk: int) -> Appeal:
    """The appeal, held alone together with its round: a closing and a step of an appeal never pass each other."""
    Round.objects.alone(Appeal.objects.values_list("round_id", flat=True).get(pk=pk))
    return (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("round__programme", "entry__team", "entry__round")
        .get(pk=pk)
    )
