"""Files without a row: left behind where a process died between putting a file away and committing its row."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.attachments.receiving import FOLDER, private_storage
from core.models import Attachment

PATIENCE = timedelta(days=1)
"""No submission takes as long: a younger file may still get its row."""


def strays(now: datetime) -> Iterator[str]:
    """Names of stored files that are older than a day and that no row speaks of."""
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    for folder in storage.listdir(FOLDER)[0]:
        names = [f"{FOLDER}/{folder}/{name}" for name in storage.listdir(f"{FOLDER}/{folder}")[1]]
        kept = set(Attachment.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))
        yield from (name for name in names if name not in kept and storage.get_modified_time(name) <= now - PATIENCE)


def remove_strays(now: datetime) -> list[str]:
    """Remove them; returns the names that were removed. They were never part of the record."""
    found = list(strays(now))
    for name in found:
        private_storage().delete(name)
    return found
