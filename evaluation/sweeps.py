"""What is due in this package: live standings that no longer follow from their inputs, and uploads to work through."""

import logging
from datetime import datetime, timedelta
from functools import partial

from core.actors import Actor, actor_of
from core.jobs import ring
from core.operations.working import attempt
from evaluation.jobs import CARRY_OUT_UPLOAD, CHECK_UPLOAD
from evaluation.models import Round, Upload
from evaluation.operations import uploads
from evaluation.operations.recomputing import recompute
from evaluation.states import UploadPhase

logger = logging.getLogger(__name__)

LOST = timedelta(minutes=1)


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
