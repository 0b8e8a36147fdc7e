"""Attachments: taking a received file in, and reading it again, which is recorded (접근이력)."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.attachments.carriers import may_read
from core.attachments.receiving import Received, private_storage
from core.errors import Code, Refused
from core.events import record
from core.models import Attachment
from core.operation import operation
from core.own_verbs import READ_ATTACHMENT, TAKE_IN


class DamagedFile(Exception):  # noqa: N818 - the file is, not the call
    """What lies in the storage is not what was handed in: its hash is another, or it is gone."""


@operation(TAKE_IN)
def take_in(file: Received, *, actor: Actor, now: datetime) -> Attachment:
    """Make a received file part of the record: who handed in what, when, and the hash of it.

    Called by the operation for whose sake it came, within `core.attachments.receiving.received`.
    """
    attachment = Attachment.objects.create(
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        stored_as=file.stored_as,
        uploaded_by=actor.person(),
        uploaded_at=now,
    )
    record(TAKE_IN, attachment, at=now, sha256=file.sha256, size=file.size)
    return attachment


@operation(READ_ATTACHMENT)
def read_attachment(pk: int, *, actor: Actor, now: datetime) -> tuple[Attachment, bytes]:
    """The file and its content, with a line that says who read it.

    `unknown` where there is none or the actor may not see any paper that carries it: that it exists is not told.
    DamagedFile where the content no longer has the hash under which it was taken in; it is not given out as if it had.
    """
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None or not may_read(attachment, actor, now):
        raise Refused(Code.UNKNOWN, _("없는 파일입니다."), attachment=pk)
    try:
        with private_storage().open(attachment.stored_as) as stored:
            content: bytes = stored.read()
    except FileNotFoundError as gone:
        raise DamagedFile(f"attachment {pk} is gone from the storage") from gone
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise DamagedFile(f"attachment {pk} is not what was taken in")
    record(READ_ATTACHMENT, attachment, at=now, sha256=attachment.sha256)
    return attachment, content
