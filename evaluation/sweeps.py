"""What is due in this package: live standings that no longer follow from their inputs, and long work to go on with."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from core.actors import Actor, actor_of, machine
from core.jobs import ring
from core.operations.working import attempt
from core.sweeps import LOST, act_for, one_after_another, resume
from evaluation.jobs import (
    CARRY_OUT_UPLOAD,
    CHECK_UPLOAD,
    COMPUTE_SUPPOSING,
    MAKE_EXPORT,
    MAKE_RECOUNT,
    RECOMPUTE,
)
from evaluation.models import Export, Recount, Round, Supposing, Upload
from evaluation.operations import exports, recounts, supposings, uploads
from evaluation.operations.recomputing import recompute
from evaluation.states import UploadPhase

logger = logging.getLogger(__name__)


def recompute_round(round_id: int, *, actor: Actor, now: datetime) -> bool:
    """Recompute one round if it is stale; False where it is not, or is gone."""
    round = Round.objects.filter(pk=round_id).first()
    return round is not None and recompute(round, actor=actor, now=now)


def recompute_stale(rounds: "list[int] | None", *, actor: Actor, now: datetime) -> tuple[list[int], list[Exception]]:
    """Recompute every stale round, or those among `rounds`: the ids of those that were, and what went wrong."""
    stale = Round.objects.filter(stale_marks__isnull=False).distinct()
    if rounds is not None:
        stale = stale.filter(pk__in=rounds)
    done, faults = [], []
    for round in stale:
        try:
            if recompute(round, actor=actor, now=now):
                done.append(round.pk)
                ring(RECOMPUTE, round.pk)  # for an input that finds the marks taken here still standing
        except Exception as fault:
            logger.exception("the standings of round %s could not be recomputed", round.pk)
            faults.append(fault)
    return done, faults


def check_upload(upload_id: int, *, actor: Actor, now: datetime) -> bool:
    """Check one upload that waits for it; False where none does."""
    upload = Upload.objects.filter(pk=upload_id).first()
    return upload is not None and uploads.check_upload(upload, actor=actor, now=now)


def carry_out_upload(upload_id: int, *, now: datetime) -> bool:
    """Carry out one upload in the name of the official who confirmed it; False where there is nothing to do.

    What is refused is told in the upload: the job's transaction, in which it was found, is undone.
    """
    upload = Upload.objects.select_related("round", "entry__team", "confirmed_by").filter(pk=upload_id).first()
    if upload is None or upload.confirmed_by is None:
        return False
    actor = actor_of(upload.confirmed_by).under(f"upload:{upload.pk}")
    return attempt(
        partial(uploads.carry_out_upload, upload, actor=actor, now=now),
        partial(uploads.give_up_upload, upload, actor=actor, now=now),
        stopped="담당 공무원이 취소해 아무것도 반영하지 않았습니다.",
    )


def resume_uploads(now: datetime) -> None:
    """Ring for the uploads whose ring was lost, or whose job died; one that a job is at is left to it."""
    waiting = Upload.objects.filter(phase=UploadPhase.WAITING, at__lt=now - LOST)
    confirmed = Upload.objects.filter(phase=UploadPhase.CONFIRMED, confirmed_at__lt=now - LOST)
    for rows, job in ((waiting, CHECK_UPLOAD), (confirmed, CARRY_OUT_UPLOAD)):
        for pk in rows.values_list("pk", flat=True):
            ring(job, pk)


def make_export(export_id: int, *, now: datetime) -> bool:
    """Make one export for whoever asked for it; False where there is nothing to do, or nothing came of it."""
    export = Export.objects.select_related("round__programme", "by").filter(pk=export_id).first()
    if export is None:
        return False
    facts: dict[str, Any] = {"name": "export", "stopped": "취소해 파일을 남기지 않았습니다.", "now": now}
    return act_for(export, exports.make_export, exports.give_up_export, **facts)


def resume_exports(now: datetime) -> None:
    """Ring for exports whose ring was lost, or whose job died, and give up those that never end."""
    resume(Export, MAKE_EXPORT, partial(exports.give_up_export, actor=machine("export"), now=now), now)


def remove_exports(now: datetime) -> list[int]:
    """Take away the files whose time is over, and those of which no row speaks; the exports that lost theirs."""
    due = Export.objects.filter(kept_until__lte=now).exclude(stored_as="").select_related("round")
    removed = [each.pk for each in due if exports.remove_export(each, actor=machine("export"), now=now)]
    exports.remove_stray_exports(now)
    return removed


def compute_supposing(supposing_id: int, *, now: datetime) -> bool:
    """Compute one supposition for whoever asked for it; False where there is nothing to do, or it stopped."""
    supposing = Supposing.objects.select_related("round__programme", "by").filter(pk=supposing_id).first()
    if supposing is None:
        return False
    facts: dict[str, Any] = {"name": "supposing", "stopped": "취소해 계산을 멈췄습니다.", "now": now}
    return act_for(supposing, supposings.compute_supposing, supposings.give_up_supposing, **facts)


def resume_supposings(now: datetime) -> None:
    """Ring for suppositions whose ring was lost, or whose job died, and give up those that never end."""
    give_up = partial(supposings.give_up_supposing, actor=machine("supposing"), now=now)
    resume(Supposing, COMPUTE_SUPPOSING, give_up, now)


def remove_supposings(now: datetime) -> list[int]:
    """Take away the results whose time is over; the suppositions that lost theirs."""
    due = Supposing.objects.filter(kept_until__lte=now, found__isnull=False).select_related("round").defer("found")
    return [each.pk for each in due if supposings.remove_supposing(each, actor=machine("supposing"), now=now)]


def make_recount(recount_id: int, *, now: datetime) -> bool:
    """Count one round once more for whoever asked; False where there is nothing to do, or it stopped."""
    recount = Recount.objects.select_related("round__programme", "by").filter(pk=recount_id).first()
    if recount is None:
        return False
    facts: dict[str, Any] = {"name": "recount", "stopped": "취소해 검산을 멈췄습니다.", "now": now}
    return act_for(recount, recounts.make_recount, recounts.give_up_recount, **facts)


def resume_recounts(now: datetime) -> None:
    """Ring for recounts whose ring was lost, or whose job died, and give up those that never end."""
    resume(Recount, MAKE_RECOUNT, partial(recounts.give_up_recount, actor=machine("recount"), now=now), now)


def resume_work(now: datetime) -> None:
    """Everything that a job is to be at, and what is left of what is over; what fails in the one keeps no other."""
    steps: list[Callable[[datetime], object]] = [
        resume_uploads,
        resume_exports,
        remove_exports,
        resume_supposings,
        remove_supposings,
        resume_recounts,
    ]
    one_after_another("the housekeeping of rounds", *(partial(step, now) for step in steps))
