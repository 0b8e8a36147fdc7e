"""A team's notice, as a page and as a paper, for the team's own people, officials and auditors."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.actors import actor_of
from core.clock import database_now
from core.errors import Code, Refused
from core.models import Account
from core.typesetting import pdf
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


def paper(content: NoticeContent) -> bytes:
    """The notice set as a paper."""
    values = asdict(content)
    del values["dated"]
    return pdf(TEMPLATE, values, content.dated)


def _read(request: HttpRequest, pk: int) -> NoticeContent:
    account = request.user
    if not isinstance(account, Account):
        raise Http404  # login_required lets nobody else through
    try:
        return see_notice(pk, actor=actor_of(account), now=database_now())
    except Refused as refused:
        if refused.code in {Code.UNKNOWN, Code.NOT_ALLOWED}:
            raise Http404(str(refused)) from refused
        raise
