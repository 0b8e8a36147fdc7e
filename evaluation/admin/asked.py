"""Pages that only read: what is asked for stands in the address, so that it can be kept and printed."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from core.admin.acting import acting, now_of
from core.admin.pages import OperationPage
from core.errors import Kind, Refused


class AskedPage(OperationPage):
    """A question, about a thing or none. It is asked by GET alone; what is refused stands above the form (400)."""

    def view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        actor, now = acting(request), now_of(request)
        if request.method not in {"GET", "HEAD"} or not actor.may(self.verb):
            raise PermissionDenied
        subject = self.admin.found(request, object_id) if self.about_object else None
        with timezone.override(self.admin.zone_of(subject)):
            form = self.form_class(self.asked(subject, request), subject=subject, actor=actor, now=now)
            shown: Mapping[str, Any] = {}
            if form.is_valid():
                try:
                    found = self.perform(subject, dict(form.cleaned_data), actor=actor, now=now)
                    shown = self.shown(subject, form.cleaned_data, found)
                except Refused as refused:
                    if refused.code.kind is Kind.RIGHT:
                        raise PermissionDenied from refused
                    form.show_refusal(refused)
            context = {**self._context(request, subject, form), **shown}
        return TemplateResponse(request, self.template, context, status=400 if form.errors else 200)

    def asked(self, subject: Any, request: HttpRequest) -> Any:
        """What the address asks for, with what is asked where it says nothing."""
        return request.GET

    @abstractmethod
    def shown(self, subject: Any, given: Mapping[str, Any], found: Any) -> Mapping[str, Any]:
        """What the page shows of what was found."""
