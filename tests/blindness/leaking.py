"""The site with a page that somebody added and that tells everybody a team's marks and who gave them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as real
from evaluation.models import Mark


def marks(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Mark.objects.filter(sheet__entry=pk).select_related("sheet__account")
    return HttpResponse("<p>".join(f"{row.sheet.account}: {row.points}점" for row in rows))


urlpatterns = [*real, path("results/entry/<int:pk>/marks/", marks, name="leak")]
