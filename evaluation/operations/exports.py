"""Exports of a round's result: asked for, made by a job, handed out on the record, and removed after a while."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.attachments.receiving import private_storage
from core.attachments.strays import unspoken
from core.errors import Code, Refused
from core.events import record
from core.jobs import ring
from core.models import WorkPhase
from core.operation import operation
from core.operations.attachments import DamagedFile
from core.operations.working import Cancelled, end_work, free, reporting, stop_work
from evaluation import jobs
from evaluation.models import Export, Round
from evaluation.operations.exporting import export_round, named_result
from evaluation.queries.exported import exported_rows
from evaluation.verbs import CANCEL_EXPORT, DOWNLOAD_EXPORT, EXPORT_ROUND, REMOVE_EXPORT

FOLDER = "exports"
LIFE = timedelta(days=7)
"""So long a file is kept: it can be made again at any time, and what lies about is one more thing to be guarded."""
AT_ONCE = 1024 * 1024


@operation(EXPORT_ROUND)
def ask_for_export(round: Round, *, number: int | None = None, actor: Actor, now: datetime) -> Export:
    """Ask for the archive of a published result, the newest or the one with that number; a job makes it.

    Whoever asks for the same again before it is made is led to the one under way. `wrong_state` before the first
    announcement, `unknown` where no snapshot has the number.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    facts = {"round": round, "snapshot": named_result(round, number), "by": actor.person()}
    under_way = Export.objects.filter(**facts, phase__in=Export.going, cancelled=False).first()
    if under_way is not None:
        return under_way
    export = Export.objects.create(**facts, at=now)
    record(EXPORT_ROUND, round, at=now, export=export.pk, snapshot=export.snapshot.number)
    ring(jobs.MAKE_EXPORT, export.pk)
    return export


@operation(EXPORT_ROUND)
def make_export(export: Export, *, actor: Actor, now: datetime) -> bool:
    """Make the file that somebody has asked for; False where that is done, or a job is at it.

    What is refused is told in the export, in a transaction of its own: see `give_up_export`.
    """
    if not free(export) or not Export.objects.filter(pk=export.pk, phase__in=Export.going).exists():
        return False
    total = exported_rows(export.round)
    with TemporaryFile() as file:
        with reporting(export, phase=WorkPhase.RUNNING, total=total) as progress:
            snapshot = export_round(
                export.round, file, number=export.snapshot.number, progress=progress, actor=actor, now=now
            )
        facts = {"size": file.tell(), "sha256": _digest(file)}
        stored_as = private_storage().save(f"{FOLDER}/{secrets.token_hex(32)}", File(file))
    told = {"stored_as": stored_as, "kept_until": now + LIFE, "done": total, "total": total}
    if not end_work(export, WorkPhase.DONE, f"{snapshot} 묶음을 만들었습니다.", **facts, **told):
        _remove([stored_as])
        raise Cancelled
    record(EXPORT_ROUND, export.round, at=now, export=export.pk, snapshot=snapshot.number, **facts)
    return True


@operation(CANCEL_EXPORT)
def cancel_export(export: Export, *, actor: Actor, now: datetime) -> Export:
    """Give an export up. Where a job is at it, the job stops at its next step, and no file remains.

    `wrong_state` where it is over.
    """
    stop_work(export, "취소했습니다.")
    record(CANCEL_EXPORT, export.round, at=now, export=export.pk)
    export.refresh_from_db()
    return export


@operation(EXPORT_ROUND)
def give_up_export(export: Export, *, said: str, cancelled: bool = False, actor: Actor, now: datetime) -> None:
    """Note why no file came of an export."""
    if end_work(export, WorkPhase.CANCELLED if cancelled else WorkPhase.REFUSED, said):
        record(EXPORT_ROUND, export.round, at=now, export=export.pk, said=said)


@operation(DOWNLOAD_EXPORT)
def download_export(pk: int, *, actor: Actor, now: datetime) -> tuple[Export, IO[bytes]]:
    """The export and its file, open, with a line that says who took it out.

    `unknown` where there is none, or its time is over. DamagedFile where it is not the file that was made.
    """
    export = Export.objects.select_related("round__programme", "snapshot").filter(pk=pk).first()
    if export is None or not export.stored_as or export.kept_until is None or export.kept_until <= now:
        raise Refused(Code.UNKNOWN, _("없는 파일입니다."), export=pk)
    try:
        file: IO[bytes] = private_storage().open(export.stored_as)
    except FileNotFoundError as gone:
        raise DamagedFile(f"export {pk} is gone from the storage") from gone
    if _digest(file) != export.sha256:
        file.close()
        raise DamagedFile(f"export {pk} is not what was made")
    record(DOWNLOAD_EXPORT, export.round, at=now, export=pk, sha256=export.sha256)
    return export, file


@operation(REMOVE_EXPORT)
def remove_export(export: Export, *, actor: Actor, now: datetime) -> bool:
    """Take away a file whose time is over; what it was stays told. False where there is none any more."""
    due = Export.objects.select_for_update().filter(pk=export.pk, kept_until__lte=now).exclude(stored_as="").first()
    if due is None:
        return False
    Export.objects.filter(pk=due.pk).update(stored_as="", said="보관 기한이 지나 파일을 지웠습니다.")
    transaction.on_commit(partial(_remove, [due.stored_as]))
    record(REMOVE_EXPORT, due.round, at=now, export=due.pk)
    return True


def remove_stray_exports(now: datetime) -> list[str]:
    """Take away files older than a day of which no export speaks: a process died before its row said where it lies."""
    found = unspoken(FOLDER, _spoken_of, now)
    _remove(found)
    return found


def _remove(stored: Iterable[str]) -> None:
    for name in stored:
        private_storage().delete(name)


def _spoken_of(names: Sequence[str]) -> Iterable[str]:
    return Export.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)


def _digest(file: IO[bytes]) -> str:
    """SHA-256 of the whole file, which is then at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(AT_ONCE):
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()
