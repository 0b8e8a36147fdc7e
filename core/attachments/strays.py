"""Files without a row: left behind where a process died between putting a file away and committing its row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from core.attachments.receiving import FOLDER, private_storage
from core.models import Attachment

PATIENCE = timedelta(days=1)
"""No submission takes as long: a younger file may still get its row. So long an upload waits to be confirmed, too."""


def strays(now: datetime) -> Iterator[str]:
    """Names of stored files that are older than a day and that no row speaks of."""
    storage = private_storage()
    if not storage.exists(FOLDER):
        return
    for folder in storage.listdir(FOLDER)[0]:
        yield from unspoken(f"{FOLDER}/{folder}", _kept, now)


def unspoken(folder: str, kept: Callable[[Sequence[str]], Iterable[str]], now: datetime) -> list[str]:
    """Names of the files in a folder that are older than a day and not among those that `kept` says rows speak of."""
    storage = private_storage()
    names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]] if storage.exists(folder) else []
    spoken_of = set(kept(names))
    return [name for name in names if name not in spoken_of and storage.get_modified_time(name) <= now - PATIENCE]


def remove_strays(now: datetime) -> list[str]:
    """Remove them; returns the names that were removed. They were never part of the record."""
    found = list(strays(now))
    for name in found:
        private_storage().delete(name)
    return found


def _kept(names: Sequence[str]) -> Iterable[str]:
    return Attachment.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
