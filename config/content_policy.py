"""The Content-Security-Policy of each page, by its address."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.urls import reverse


class ContentPolicy(CSPMiddleware):
    """The strict policy everywhere but in the panel, whose own scripts evaluate what stands in its pages."""

    def process_response(self, request: Any, response: Any) -> Any:
        """A paper has none: browsers show it in a page of their own making, which the policy would keep empty."""
        paper = response.get("Content-Type") == "application/pdf"
        return response if paper else super().process_response(request, response)

    def get_policy_parts(self, request: Any, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.replace = {**settings.PANEL_POLICY, **(parts.replace or {})}
        return parts
