"""What if: the result as it would be, beside the real one. Nothing is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from evaluation.admin.asked import AskedPage
from evaluation.admin.barred import barred
from evaluation.admin.supposed import supposition_shown
from evaluation.admin.supposing_form import SupposingForm
from evaluation.models import Round, Supposing
from evaluation.operations.supposing import suppose
from evaluation.operations.supposings import LIFE, ask_for_supposing
from evaluation.queries.supposed import seen_of
from evaluation.queries.supposing import Supposition
from evaluation.states import RoundState
from evaluation.verbs import SUPPOSE

MOST_AT_ONCE = 3_000
"""Teams times leaves that are computed while nobody notices; beyond, a job computes them."""


@on(Round)
class Suppose(AskedPage):
    """The form, the changes in words, and what they would do. What is too large to wait for is sent, to be a job."""

    verb = SUPPOSE
    form_class = SupposingForm
    template = "panel/supposing.html"
    icon = "science"

    def concerns(self, subject: Round) -> bool:
        return subject.state != RoundState.DRAFT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return barred(subject, actor)

    def view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Asked in the address; sent only where it becomes a job, which an address alone must not begin."""
        if request.method == "POST":
            return OperationPage.view(self, request, object_id)
        return super().view(request, object_id)

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Supposition | None:
        """Nothing where nothing is supposed: the form alone shows no score."""
        if not given["changes"] or given["cells"] > MOST_AT_ONCE:
            return None
        found: Supposition = suppose(subject, changes=given["changes"], actor=actor, now=now)
        return found

    def _call(self, subject: Round, form: OperationForm) -> Supposing:
        given = form.cleaned_data
        if given["cells"] <= MOST_AT_ONCE:
            raise PermissionDenied
        supposing: Supposing = ask_for_supposing(subject, changes=given["changes"], actor=form.actor, now=form.now)
        return supposing

    def after(self, subject: Round, result: Supposing) -> str:
        return reverse("admin:evaluation_supposing_change", args=[result.pk])

    def done(self, subject: Round, result: Supposing) -> Any:
        return _("계산하고 있습니다. 이 화면을 떠나도 계속됩니다.")

    def shown(self, subject: Round, given: Mapping[str, Any], found: Supposition | None) -> dict[str, Any]:
        return {} if found is None else supposition_shown(subject, seen_of(found))

    def _context(self, request: HttpRequest, subject: Any, form: OperationForm) -> dict[str, Any]:
        context = super()._context(request, subject, form)
        at_once = form.cells <= MOST_AT_ONCE  # type: ignore[attr-defined]
        changes = form.cleaned_data.get("changes", ()) if form.is_valid() and at_once else ()
        return {**context, "said": form.words(changes), "by_job": not at_once, "days": LIFE.days}  # type: ignore[attr-defined]
