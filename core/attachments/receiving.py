"""Receiving files: checked, hashed and stored before the transaction that takes them in.

Storing 20 MB takes seconds, and an operation holds a round while it runs; so the bytes are put away first, and the
operation only writes the rows that speak of them. What no row speaks of when all is over is taken away again: after a
refusal or a rollback no file is left.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.attachments.kinds import EXTENSIONS, kind_of
from core.errors import Code, Refused
from core.models import Attachment
from core.models.attachment import MOST_BYTES, MOST_NAME, Kind

FOLDER = "attachments"
MOST_FILES = 20
"""Files in one submission."""

# Control and format characters (a right-to-left mark makes "fdp.exe" read "exe.pdf"), line and paragraph separators.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Received:
    """A file that lies in the private storage and waits for the operation that takes it in."""

    name: str
    kind: Kind
    size: int
    sha256: str
    stored_as: str


def private_storage() -> Storage:
    """Where attachments lie. No address of the site leads there."""
    return storages["private"]


@contextmanager
def received(uploads: "Sequence[File[bytes]]") -> Iterator[list[Received]]:
    """Put the files away for an operation within the block; those that no row speaks of at its end are removed.

    Open it outside of the transaction, so that the rows are looked for when their fate is known. Where they cannot be
    looked for (the connection is gone, or a transaction around this block is broken) the files stay, and
    `remove_strays` finds them: a file that somebody was given a receipt for is never removed on a guess.

    Refused: `incomplete` for an empty file, `out_of_range` for one that is too large, of another kind than its name
    says or than is taken in, with a name that has path parts or hidden characters, or one too many.
    """
    require_few(uploads)
    files: list[Received] = []
    try:
        for upload in uploads:
            files.append(_put_away(upload))
        yield files
    finally:
        _remove_unspoken([file.stored_as for file in files])


def require_few(files: Sized) -> None:
    """Refuse with `out_of_range` more files than a submission may have."""
    if len(files) > MOST_FILES:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("파일은 한 번에 {most}개까지 낼 수 있습니다."), most=MOST_FILES),
            files=len(files),
        )


def _put_away(upload: "File[bytes]") -> Received:
    name = checked_name(upload.name or "")
    content = upload.read(MOST_BYTES + 1)
    if not content:
        raise Refused(Code.INCOMPLETE, format_lazy(_("빈 파일입니다: {name}"), name=name), file=name)
    if len(content) > MOST_BYTES:
        raise Refused(Code.OUT_OF_RANGE, format_lazy(_("파일이 20MB를 넘습니다: {name}"), name=name), file=name)
    kind = kind_of(content)
    if kind is None or not name.lower().endswith(EXTENSIONS[kind]):
        kinds = ", ".join(extension for each in EXTENSIONS.values() for extension in each)
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("받지 않는 형식이거나 이름과 내용이 다릅니다: {name} ({kinds})"), name=name, kinds=kinds),
            file=name,
        )
    token = secrets.token_hex(32)
    stored_as = private_storage().save(f"{FOLDER}/{token[:2]}/{token}", ContentFile(content))
    return Received(name, kind, len(content), hashlib.sha256(content).hexdigest(), stored_as)


def checked_name(name: str) -> str:
    """The name as people read it (composed, where a Mac sent Hangul in pieces); `out_of_range` for one that hides."""
    name = unicodedata.normalize("NFC", name).strip()
    if (
        not name
        or len(name) > MOST_NAME
        or {"/", "\\"} & set(name)
        or any(unicodedata.category(character) in _HIDDEN for character in name)
    ):
        shown = name.encode("unicode_escape").decode()[:MOST_NAME]
        raise Refused(Code.OUT_OF_RANGE, format_lazy(_("쓸 수 없는 파일 이름입니다: {shown}"), shown=shown), file=shown)
    return name


def _remove_unspoken(stored: Sequence[str]) -> None:
    if not stored or connection.needs_rollback:
        return
    spoken_of = set(Attachment.objects.filter(stored_as__in=stored).values_list("stored_as", flat=True))
    for name in stored:
        if name not in spoken_of:
            private_storage().delete(name)
