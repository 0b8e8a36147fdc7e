"""Recounts: a round computed anew from every input, as a job, and held against what stands and what was published."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.jobs import ring
from core.models import WorkPhase
from core.operation import operation, reading
from core.operations.working import Cancelled, end_work, free, reporting, stop_work
from evaluation import jobs
from evaluation.models import Recount, Round, Snapshot
from evaluation.operations.recomputing import bring_up_to_date, recompute_all
from evaluation.policies import bar_panelists
from evaluation.queries.digests import inputs_digest
from evaluation.queries.recounting import Difference, apart_from_live, apart_from_published, counted
from evaluation.queries.standings import Board, Computed, published
from evaluation.queries.supposing import Steps, steps_of
from evaluation.states import RoundState
from evaluation.verbs import CANCEL_RECOUNT, RECOUNT, SEE_STANDINGS

MOST_TIMES = 3
"""So often a round is counted whose inputs change while it is."""
MOST_KEPT = 200
"""So many differences are kept one by one; how many there are is told in any case."""


@operation(RECOUNT)
def ask_for_recount(round: Round, *, actor: Actor, now: datetime) -> Recount:
    """Ask that a round be counted once more; a job does it. Whoever asks meanwhile is led to the one under way.

    Refused: `conflict_of_interest` for somebody of the panel, `wrong_state` while the round is drafted.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    bar_panelists(round, actor=actor)
    if round.state == RoundState.DRAFT:
        raise Refused(
            Code.WRONG_STATE, _("아직 검산할 것이 없습니다. 평가를 개시한 뒤에 검산합니다."), round=round.code
        )
    under_way = Recount.objects.filter(round=round, phase__in=Recount.going, cancelled=False).first()
    if under_way is not None:
        return under_way
    recount = Recount.objects.create(round=round, by=actor.person(), at=now)
    record(RECOUNT, round, at=now, recount=recount.pk)
    ring(jobs.MAKE_RECOUNT, recount.pk)
    return recount


@operation(RECOUNT)
def make_recount(recount: Recount, *, actor: Actor, now: datetime) -> bool:
    """Count a round once more, and say what stands otherwise; False where that is done, or a job is at it.

    No input and no published result is touched. Live standings that do not follow from the inputs are computed anew,
    and whether that made them right is said. What is refused is told in the recount, in a transaction of its own:
    see `give_up_recount`. Refused: `conflict_of_interest` for whoever has come onto the panel, `wrong_state` where the
    inputs keep changing while they are counted.
    """
    if not free(recount) or not Recount.objects.filter(pk=recount.pk, phase__in=Recount.going).exists():
        return False
    round = recount.round
    bar_panelists(round, actor=actor)
    entries, total = steps_of(round, boards=1)
    with reporting(recount, phase=WorkPhase.RUNNING, total=total) as progress:
        inputs, board = _counted(round, entries, progress)
    computed = _computed(board)
    live, snapshot = apart_from_live(round, computed.standings), _same_inputs(round, inputs)
    mended = bool(live) and _mended(round, computed)
    apart = [*live, *(apart_from_published(snapshot, board) if snapshot else ())]
    scores = sum(len(row.cells) for row in computed.standings.rows)
    facts = {"scores": scores, "differing": len(apart), "mended": mended}
    kept = {"inputs_digest": inputs, "snapshot": snapshot, "apart": apart[:MOST_KEPT], "done": total, "total": total}
    if not end_work(recount, WorkPhase.DONE, _said(apart), **facts, **kept):
        raise Cancelled
    number = None if snapshot is None else snapshot.number
    record(RECOUNT, round, at=now, recount=recount.pk, inputs=inputs, snapshot=number, **facts, apart=_places(apart))
    return True


@operation(CANCEL_RECOUNT)
def cancel_recount(recount: Recount, *, actor: Actor, now: datetime) -> Recount:
    """Give a recount up. Where a job is at it, the job stops at its next step, and nothing has changed.

    `wrong_state` where it is over.
    """
    stop_work(recount, "취소했습니다.")
    record(CANCEL_RECOUNT, recount.round, at=now, recount=recount.pk)
    recount.refresh_from_db()
    return recount


@operation(RECOUNT)
def give_up_recount(recount: Recount, *, said: str, cancelled: bool = False, actor: Actor, now: datetime) -> None:
    """Note why nothing came of a recount."""
    if end_work(recount, WorkPhase.CANCELLED if cancelled else WorkPhase.REFUSED, said):
        record(RECOUNT, recount.round, at=now, recount=recount.pk, said=said)


@reading(SEE_STANDINGS)
def see_differences(recount: Recount, *, actor: Actor, now: datetime) -> list[Difference]:
    """The figures that stand otherwise, and a line that says who looked; `conflict_of_interest` for the panel."""
    bar_panelists(recount.round, actor=actor)
    record(SEE_STANDINGS, recount.round, at=now, recount=recount.pk)
    return [Difference(*each) for each in recount.apart]


def _counted(round: Round, entries: int, progress: Callable[[int], object]) -> tuple[str, Board]:
    """The digest of the inputs and what they come to, with the live standings brought up to date with the same ones.

    Inputs are not held up. Whatever arrives while they are read changes their digest, and they are read again; until
    then other recomputations go on (the rollback frees the lock that keeps them apart).
    """
    for _time in range(MOST_TIMES):
        inputs = inputs_digest(round)
        board = counted(round, Steps(entries, progress))
        with transaction.atomic():
            bring_up_to_date(round)
            if inputs_digest(round) == inputs:
                ring(jobs.RECOMPUTE, round.pk)  # for an input that finds the marks taken here still standing
                return inputs, board
            transaction.set_rollback(True)
    raise Refused(
        Code.WRONG_STATE,
        _("검산하는 동안 평가 자료가 계속 들어왔습니다. 잠시 뒤에 다시 요청해 주십시오."),
        round=round.code,
    )


def _computed(board: Board) -> Computed:
    if board.computed is None:
        raise LookupError("a board that was counted is not published")
    return board.computed


def _same_inputs(round: Round, inputs: str) -> Snapshot | None:
    """The newest published result, where it follows from these inputs."""
    snapshot = published(round)
    return snapshot if snapshot is not None and snapshot.inputs_digest == inputs else None


def _mended(round: Round, computed: Computed) -> bool:
    recompute_all(round)
    return not apart_from_live(round, computed.standings)


def _said(apart: list[Difference]) -> str:
    return f"다른 곳이 {len(apart)}군데 있습니다." if apart else "모두 맞습니다."


def _places(apart: list[Difference]) -> list[Any]:
    """Which facts differ, without the figures: the record is read by more people than they are."""
    return [[each.where, each.team, each.fact] for each in apart[:MOST_KEPT]]
