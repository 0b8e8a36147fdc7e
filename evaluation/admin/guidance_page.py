"""The page on which an official writes what experts are to look for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from evaluation.models import Round
from evaluation.operations.guidance import require_unjudged, write_guidance
from evaluation.operations.inputs import require_no_result
from evaluation.queries.guidance import guidance_of
from evaluation.queries.rules import takes
from evaluation.queries.sheets import scored_by_sheets
from evaluation.states import Source
from evaluation.verbs import WRITE_GUIDANCE

MOST_GUIDANCE = 4_000


class GuidanceForm(OperationForm):
    """A field for each criterion that sheets have a mark for, with its guidance as it stands."""

    def choose(self) -> None:
        standing = guidance_of(self.subject)
        self.leaves = list(scored_by_sheets(self.subject.pk))
        for leaf in self.leaves:
            label = f"{leaf.parent.name} · {leaf.name}" if leaf.parent else leaf.name
            field = fields.long_text(label, rows=5, required=False, max_length=MOST_GUIDANCE)
            field.initial = standing.get(leaf.code, "")
            self.fields[f"guidance_{leaf.pk}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {"texts": {leaf.code: given.get(f"guidance_{leaf.pk}", "") for leaf in self.leaves}}


@on(Round)
class WriteGuidance(OperationPage):
    """Writes the guidance that stands beside each criterion on the experts' sheets."""

    verb = WRITE_GUIDANCE
    form_class = GuidanceForm
    icon = "tips_and_updates"

    def concerns(self, subject: Round) -> bool:
        return takes(subject, Source.SHEETS) and not refusal(require_no_result, subject)

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_unjudged, subject)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("평가위원의 평가표에 항목마다 실리고, 평가기준 화면에서 참여팀도 봅니다."),
            _("첫 평가표가 제출되면 바꿀 수 없습니다."),
        ]

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return write_guidance(subject, texts=given["texts"], actor=actor, now=now)

    def done(self, subject: Round, result: Sequence[Any]) -> Any:
        if not result:
            return _("평가 지침에서 바뀐 것이 없습니다.")
        return _("평가 지침을 썼습니다. 바뀐 항목 %(n)s개") % {"n": len(result)}
