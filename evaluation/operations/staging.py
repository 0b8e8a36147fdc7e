"""Files that bring numbers in, kept in the private storage until they are brought in, and no longer.

They are no attachments: of a million lines nothing is read again once they are rows, and their digest stands in the
record. As with attachments they are put away before the transaction, and what no row speaks of is taken away again.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.attachments.receiving import checked_name, private_storage
from core.attachments.strays import unspoken
from core.errors import Code, Refused
from core.models import OVER
from evaluation.models import Upload, UploadFile

FOLDER = "imports"


@dataclass(frozen=True)
class Staged:
    """A file that lies in the private storage and waits for the operation that takes it up."""

    name: str
    size: int
    sha256: str
    stored_as: str


@contextmanager
def staged(uploads: "Sequence[File[bytes]]", *, most_files: int, most_bytes: int) -> Iterator[list[Staged]]:
    """Put the files away within the block; those that no row speaks of at its end are removed.

    Refused: `incomplete` for an empty file, `out_of_range` for one too large, too many, or with a name that hides.
    """
    if len(uploads) > most_files:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("파일은 한 번에 {most}개까지 올릴 수 있습니다."), most=most_files),
            files=len(uploads),
        )
    files: list[Staged] = []
    try:
        for upload in uploads:
            files.append(_put_away(upload, most_bytes))
        yield files
    finally:
        _remove_unspoken([file.stored_as for file in files])


def _put_away(upload: "File[bytes]", most_bytes: int) -> Staged:
    name = checked_name(upload.name or "")
    if not upload.size:
        raise Refused(Code.INCOMPLETE, format_lazy(_("빈 파일입니다: {name}"), name=name), file=name)
    if upload.size > most_bytes:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("파일이 {most}MB를 넘습니다: {name}"), most=most_bytes // 1024 // 1024, name=name),
            file=name,
        )
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    token = secrets.token_hex(32)
    stored_as = private_storage().save(f"{FOLDER}/{token}", upload)
    return Staged(name, upload.size, digest.hexdigest(), stored_as)


def remove_after_commit(upload: Upload) -> None:
    """Take the files of an upload away once the running transaction is committed."""
    stored = list(upload.files.values_list("stored_as", flat=True))
    transaction.on_commit(lambda: _remove(stored))


def remove_strays(now: datetime) -> list[str]:
    """Take away files older than a day that no upload under way speaks of: a process died before its row was there.

    Returns the names that were removed.
    """
    found = unspoken(FOLDER, _waiting, now)
    _remove(found)
    return found


def _waiting(names: Sequence[str]) -> Iterable[str]:
    waiting = UploadFile.objects.filter(stored_as__in=names).exclude(upload__phase__in=OVER)
    return waiting.values_list("stored_as", flat=True)


def _remove_unspoken(stored: Sequence[str]) -> None:
    if stored and not connection.needs_rollback:
        kept = set(UploadFile.objects.filter(stored_as__in=stored).values_list("stored_as", flat=True))
        _remove([name for name in stored if name not in kept])


def _remove(stored: Sequence[str]) -> None:
    for name in stored:
        private_storage().delete(name)
