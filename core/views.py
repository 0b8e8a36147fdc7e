"""Pages of the kernel for everybody who signs in: an attached file, and the moment at which something is received."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from core.admin.acting import acting
from core.clock import database_now
from core.errors import Code, Refused
from core.operations.attachments import read_attachment


@require_GET
@login_required
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """An attached file, to be saved and never shown by the browser; 404 for whoever may not read it.

    It came from outside, so nothing in it may run as a page of this site: it is sent as a download, under the kind
    that was found in it, with sniffing forbidden and everything in it switched off, and no cache keeps it.
    """
    try:
        found, content = read_attachment(pk, actor=acting(request), now=database_now())
    except Refused as refused:
        if refused.code in {Code.UNKNOWN, Code.NOT_ALLOWED}:
            raise Http404(str(refused)) from refused
        raise
    response = FileResponse(BytesIO(content), as_attachment=True, filename=found.name, content_type=found.kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


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
