"""Uploads: received, checked, confirmed by an official who has seen what would come of them, and carried out."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, actor_of
from core.attachments.strays import PATIENCE
from core.errors import Code, Refused
from core.events import record
from core.jobs import ring
from core.models import OVER
from core.operation import operation
from core.operations.working import Cancelled, Progress, end_work, free, reporting, stop_work
from evaluation import jobs
from evaluation.models import Entry, Round, Upload, UploadFile
from evaluation.operations.benchmarks import require_own_names
from evaluation.operations.carrying import carry, foreseen
from evaluation.operations.checking import Report, check
from evaluation.operations.inputs import hold, hold_of, require_scoring
from evaluation.operations.staging import Staged, remove_after_commit, remove_strays
from evaluation.states import UploadKind, UploadPhase
from evaluation.verbs import CANCEL_UPLOAD, CHECK_UPLOAD, CONFIRM_UPLOAD, UPLOAD_RESPONSES, UPLOAD_RUNS

AT_ONCE = 512 * 1024
"""A table up to this size is worked through in the request; a larger one by a job, and the page tells how far it is."""


@operation(UPLOAD_RESPONSES)
def upload_responses(round: Round, file: Staged, *, key: str = "", actor: Actor, now: datetime) -> Upload:
    """Receive a table of a user panel, which is checked next; nothing is brought in before it is confirmed."""
    round = hold(round.pk)
    require_scoring(round)
    upload = Upload.objects.create(round=round, kind=UploadKind.RESPONSES, key=key, by=actor.person(), at=now)
    return _received(upload, [file], actor=actor, now=now)


@operation(UPLOAD_RUNS)
def upload_runs(entry: Entry, files: Sequence[Staged], *, actor: Actor, now: datetime) -> Upload:
    """Receive the result files of a team's benchmarks, which are checked at once. Two of one name are `duplicate`."""
    round = hold_of(entry)
    require_scoring(round, entry)
    if not files:
        raise Refused(Code.INCOMPLETE, _("결과 파일을 올려야 합니다."))
    require_own_names([file.name for file in files])
    upload = Upload.objects.create(round=round, entry=entry, kind=UploadKind.RUNS, by=actor.person(), at=now)
    return _received(upload, files, actor=actor, now=now)


def _received(upload: Upload, files: Sequence[Staged], *, actor: Actor, now: datetime) -> Upload:
    for file in files:
        UploadFile.objects.create(
            upload=upload, name=file.name, size=file.size, sha256=file.sha256, stored_as=file.stored_as
        )
    for old in Upload.objects.filter(round=upload.round_id, at__lt=now - PATIENCE).exclude(phase__in=OVER):
        if free(old):
            _end(old, UploadPhase.CANCELLED, "하루가 지나도록 확인하지 않아 지웠습니다.")
    transaction.on_commit(partial(remove_strays, now))
    verb = UPLOAD_RESPONSES if upload.kind == UploadKind.RESPONSES else UPLOAD_RUNS
    record(verb, upload.round, at=now, upload=upload.pk, files={file.name: file.sha256 for file in files})
    if _large(upload):
        ring(jobs.CHECK_UPLOAD, upload.pk)
        return upload
    check_upload(upload, actor=actor, now=now)
    upload.refresh_from_db()
    return upload


@operation(CHECK_UPLOAD)
def check_upload(upload: Upload, *, actor: Actor, now: datetime) -> bool:
    """Read an upload through and keep what would come of it; False where it is checked already, or is being checked."""
    if not free(upload) or not Upload.objects.filter(pk=upload.pk, phase=UploadPhase.WAITING).exists():
        return False
    with reporting(upload) as progress:
        try:
            report = _report(upload, progress if _large(upload) else lambda done: None, now)
        except Cancelled:
            return _end(upload, UploadPhase.CANCELLED, "살펴보는 동안 취소했습니다.")
        except Refused as refused:
            return _end(upload, UploadPhase.REFUSED, str(refused))
    waiting = Upload.objects.filter(pk=upload.pk)
    waiting.update(phase=UploadPhase.CHECKED, report=report, total=2 * report["rows"], done=0)
    if waiting.get().cancelled:
        _end(upload, UploadPhase.CANCELLED, "살펴보는 동안 취소했습니다.")
    elif report["count"]:
        _end(upload, UploadPhase.REFUSED, "고칠 것이 있어 아무것도 반영하지 않았습니다.")
    record(CHECK_UPLOAD, upload.round, at=now, upload=upload.pk, faults=report["count"], rows=report["rows"])
    return True


def _report(upload: Upload, progress: Progress, now: datetime) -> Report:
    """What is in it, and what bringing it in by whoever uploaded it would come to now."""
    report = check(upload, progress)
    if report["count"]:
        return report
    return report | foreseen(upload, lambda done: progress(report["rows"]), actor=actor_of(upload.by), now=now)


@operation(CONFIRM_UPLOAD)
def confirm_upload(upload: Upload, *, actor: Actor, now: datetime) -> Upload:
    """Bring in what was shown: at once where it is small, else by a job, for which asking again rings again.

    One that has been brought in is returned as it stands. `wrong_state` where it was not checked, or came to nothing.
    What bringing it in refuses is refused here, where it is small.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.phase == UploadPhase.DONE:
        return upload
    if upload.phase not in {UploadPhase.CHECKED, UploadPhase.CONFIRMED}:
        raise Refused(
            Code.WRONG_STATE,
            format_lazy(_("반영할 수 없는 자료입니다: {phase}"), phase=UploadPhase(upload.phase).label),
            phase=upload.phase,
        )
    require_scoring(hold_of(upload.entry) if upload.entry else hold(upload.round_id), upload.entry)
    if upload.phase == UploadPhase.CHECKED:
        upload.phase, upload.confirmed_by, upload.confirmed_at = UploadPhase.CONFIRMED, actor.person(), now
        upload.save(update_fields=["phase", "confirmed_by", "confirmed_at"])
        record(CONFIRM_UPLOAD, upload.round, at=now, upload=upload.pk)
    if _large(upload):
        ring(jobs.CARRY_OUT_UPLOAD, upload.pk)
        return upload
    _end(upload, UploadPhase.DONE, carry(upload, lambda done: None, actor=actor, now=now).said)
    upload.refresh_from_db()
    return upload


@operation(CONFIRM_UPLOAD)
def carry_out_upload(upload: Upload, *, actor: Actor, now: datetime) -> bool:
    """Bring in what an official has confirmed; False where that is done, or somebody is at it. All or nothing.

    What is refused is told in the upload, in a transaction of its own: see `give_up_upload`.
    """
    if not free(upload) or not Upload.objects.filter(pk=upload.pk, phase=UploadPhase.CONFIRMED).exists():
        return False
    with reporting(upload) as progress:
        said = carry(upload, progress, actor=actor, now=now).said
    if not _end(upload, UploadPhase.DONE, said):
        raise Cancelled
    record(CONFIRM_UPLOAD, upload.round, at=now, upload=upload.pk, said=said)
    return True


@operation(CANCEL_UPLOAD)
def cancel_upload(upload: Upload, *, actor: Actor, now: datetime) -> Upload:
    """Give an upload up. Where a job is at it, the job stops at its next step, and nothing of it remains.

    `wrong_state` where it is over.
    """
    if stop_work(upload, "담당 공무원이 취소했습니다."):
        remove_after_commit(upload)
    record(CANCEL_UPLOAD, upload.round, at=now, upload=upload.pk)
    upload.refresh_from_db()
    return upload


@operation(CONFIRM_UPLOAD)
def give_up_upload(upload: Upload, *, said: str, cancelled: bool = False, actor: Actor, now: datetime) -> None:
    """Note why nothing came of a confirmed upload."""
    if _end(upload, UploadPhase.CANCELLED if cancelled else UploadPhase.REFUSED, said):
        record(CONFIRM_UPLOAD, upload.round, at=now, upload=upload.pk, said=said)


def _end(upload: Upload, phase: UploadPhase, said: str) -> bool:
    """End it, unless it is over; whether it was ended. Its files are of no more use then."""
    ended = end_work(upload, phase, said)
    if ended:
        remove_after_commit(upload)
    return ended


def _large(upload: Upload) -> bool:
    return upload.kind == UploadKind.RESPONSES and sum(file.size for file in upload.files.all()) > AT_ONCE
