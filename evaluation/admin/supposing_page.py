"""What if: the result as it would be, beside the real one. Nothing is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.actors import Actor
from core.admin.forms import OperationForm
from core.admin.pages import on, refusal
from evaluation.admin.asked import AskedPage
from evaluation.admin.differences import difference
from evaluation.admin.supposing_form import SupposingForm
from evaluation.models import Round
from evaluation.operations.supposing import suppose
from evaluation.policies import bar_panelists
from evaluation.queries.supposing import Supposition
from evaluation.states import RoundState
from evaluation.verbs import SUPPOSE

MOST_AT_ONCE = 3_000
"""Teams times leaves that are computed while nobody notices; beyond, the page says that it takes a while."""


@on(Round)
class Suppose(AskedPage):
    """The form, the changes in words, and what they would do."""

    verb = SUPPOSE
    form_class = SupposingForm
    template = "panel/supposing.html"
    icon = "science"

    def concerns(self, subject: Round) -> bool:
        return subject.state != RoundState.DRAFT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(lambda: bar_panelists(subject, actor=actor))

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Supposition | None:
        """Nothing where nothing is supposed: the form alone shows no score."""
        return suppose(subject, changes=given["changes"], actor=actor, now=now) if given["changes"] else None

    def shown(self, subject: Round, given: Mapping[str, Any], found: Supposition | None) -> dict[str, Any]:
        if found is None:
            return {}
        return {
            "found": found,
            "changes": given["changes"],
            "by_word": _("바뀜"),
            "was_word": _("실제"),
            "then_word": _("가정"),
            "published": True,  # no single change is told to have moved a fact: they are one supposition
            "apart": ", ".join(found.apart),
            **difference(subject, found.rows, max(found.full_before, found.full_after)),
        }

    def _context(self, request: HttpRequest, subject: Any, form: OperationForm) -> dict[str, Any]:
        context = super()._context(request, subject, form)
        changes = form.cleaned_data.get("changes", ()) if form.is_valid() else ()
        said = [form.words_of(each) for each in changes]  # type: ignore[attr-defined]
        return {**context, "said": said, "slow": form.cells > MOST_AT_ONCE}  # type: ignore[attr-defined]
