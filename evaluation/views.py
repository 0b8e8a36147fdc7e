"""A team's notice, as a page and as a paper, for whoever may read it; and the file of an export."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from core.admin.acting import acting
from core.clock import database_now
from core.errors import Code, Refused
from core.typesetting import pdf
from evaluation.operations.exports import download_export
from evaluation.operations.reading import see_notice
from evaluation.queries.notice_lines import NoticeContent

TEMPLATE = "notices/notice.typ"


@require_safe
@login_required
def notice_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice to be read; 404 for whoever may not see it, so that not even its being there is told."""
    response = render(request, "notices/notice.html", {"notice": _read(request, pk), "pk": pk})
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as PDF/UA-1, the same bytes for the same content; 404 as for the page."""
    response = HttpResponse(paper(_read(request, pk)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="notice-{pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def export_file(request: HttpRequest, pk: int) -> FileResponse:
    """The archive of a published result, to be saved; 404 for whoever may not read it, and where its time is over."""
    try:
        export, file = download_export(pk, actor=acting(request), now=database_now())
    except Refused as refused:
        raise _nowhere(refused) from refused
    response = FileResponse(file, as_attachment=True, filename=export.name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def paper(content: NoticeContent) -> bytes:
    """The notice set as a paper."""
    values = asdict(content)
    del values["dated"]
    return pdf(TEMPLATE, values, content.dated)


def _read(request: HttpRequest, pk: int) -> NoticeContent:
    try:
        return see_notice(pk, actor=acting(request), now=database_now())
    except Refused as refused:
        raise _nowhere(refused) from refused


def _nowhere(refused: Refused) -> Exception:
    """What an address says to whoever may not see what lies there; another refusal stays what it is."""
    return Http404(str(refused)) if refused.code in {Code.UNKNOWN, Code.NOT_ALLOWED} else refused
