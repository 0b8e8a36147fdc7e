"""The panel's site: Unfold's, with what every page has put together once a request."""

from typing import Any

from django.http import HttpRequest
from unfold.sites import UnfoldAdminSite


class PanelSite(UnfoldAdminSite):
    """Django asks for what every page has in each view that calls another; here a request is answered once.

    The menu is the panel's own (`UNFOLD["SIDEBAR"]`), so the list of all applications and their models, which takes a
    sixth of a page's time, is made for the page of one application alone.
    """

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        if not hasattr(request, "simsa_each_context"):
            request.simsa_each_context = super().each_context(request)  # type: ignore[attr-defined]
        return {**request.simsa_each_context}  # type: ignore[attr-defined]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return super().get_app_list(request, app_label) if app_label else []
