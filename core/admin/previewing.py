"""A second button on an operation's page: what would come of what was typed, and nothing done."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.admin.forms import OperationForm
from core.admin.pages import OperationPage

if TYPE_CHECKING:
    _Page = OperationPage
else:
    _Page = ABC


class Previewed(_Page):
    """Stands before the page's own class; its template extends `panel/previewed.html`."""

    template = "panel/previewed.html"

    def preview(self, subject: Any, form: OperationForm) -> dict[str, Any]:
        """What the page shows beside the form, of a form that is filled in as it must be."""
        return {}

    @abstractmethod
    def preview_label(self) -> Any:
        """The words of the button."""

    def _perform(self, request: HttpRequest, subject: Any, form: OperationForm) -> HttpResponse:
        if "preview" not in request.POST:
            return super()._perform(request, subject, form)
        context = {**self._context(request, subject, form), **self.preview(subject, form)}
        return TemplateResponse(request, self.template, context)
