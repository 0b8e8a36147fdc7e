"""Addresses under /api/v1/: the evaluation's own, the schema that describes them, and its page."""

from csp.decorators import csp_replace
from django.urls import path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from core.api.nowhere import NowhereView
from core.api.schema import SchemaView
from evaluation.api.figures import FigureView
from evaluation.api.responses import ResponsesView
from evaluation.api.sheets import SheetDraftView, SubmitSheetView
from evaluation.api.views import StandingsView

# Its script stands in a file of its own; for the styles that it writes into its page the policy makes an exception.
docs = csp_replace({"style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/docs.html")
)

urlpatterns = [
    path("rounds/<str:code>/responses/", ResponsesView.as_view(), name="round-responses"),
    path("rounds/<str:code>/standings/", StandingsView.as_view(), name="round-standings"),
    path("rounds/<str:code>/sheets/<str:team>/", SheetDraftView.as_view(), name="round-sheet"),
    path("rounds/<str:code>/sheets/<str:team>/submit/", SubmitSheetView.as_view(), name="round-sheet-submit"),
    path("rounds/<str:code>/entries/<str:team>/criteria/<str:criterion>/", FigureView.as_view(), name="round-figure"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    re_path("", NowhereView.as_view()),
]
