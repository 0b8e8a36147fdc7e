"""The moment at which something is received, where a window closes to the minute."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from core.clock import database_now


@contextmanager
def received_at(hold: Callable[[], object]) -> Iterator[datetime]:
    """The moment of receipt where a window closes to the minute: the clock is read once `hold` has its lock.

    A request that began in time and ends late is late. Were the clock read when the request began, an upload of an
    hour, or a wait behind others at the close, would be stamped with a moment at which nothing had been received, and
    could appear in a call that has been closed and counted. So files are received first (`core.attachments`), then the
    thing is held, then the clock is read, and the operation called within takes that time; whoever closes the window
    holds the same row, so that one of the two comes first and the other sees it.
    """
    with transaction.atomic():
        hold()
        yield database_now()
