"""A page of the kernel for everybody who signs in: an attached file."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
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
