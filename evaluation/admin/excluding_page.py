"""A batch of responses taken out while the round is being scored: one official prepares it and another approves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, actor_of
from core.admin import fields
from core.admin.deciding import DecisionPage
from core.admin.forms import OperationForm
from core.admin.pages import on, refusal
from core.errors import Refused
from core.models import Decision
from evaluation.admin.foreseen import exclusion_foreseen
from evaluation.models import ResponseBatch
from evaluation.operations.inputs import require_scoring
from evaluation.states import RoundState
from evaluation.verbs import EXCLUDE_RESPONSES


class ExcludeForm(OperationForm):
    reason = fields.reason(_("사유"), help_text=_("이 묶음이 반영되지 않는 이유로 남습니다."))


@on(ResponseBatch)
class ExcludeResponses(DecisionPage):
    """Prepares that the responses of a batch count no more."""

    verb = EXCLUDE_RESPONSES
    form_class = ExcludeForm
    icon = "block"
    dangerous = True
    foresees = True
    brief_needs = ("entry__team", "criterion")

    def concerns(self, subject: ResponseBatch) -> bool:
        return subject.entry.round.state == RoundState.SCORING and not hasattr(subject, "exclusion")

    def blocked(self, subject: ResponseBatch, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject.entry.round, subject.entry)

    def foresee(self, subject: ResponseBatch, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        return exclusion_foreseen(subject, reason=given["reason"], actor=actor, now=now)

    @classmethod
    def foreseen(cls, decision: Decision, subject: ResponseBatch, *, reader: Actor, now: datetime) -> str:
        """What a prepared decision would bring about now; once approved it shows in the standings themselves."""
        if decision.state != "prepared":
            return ""
        preparer = actor_of(decision.prepared_by)
        try:
            return exclusion_foreseen(subject, reason=decision.reason, actor=preparer, now=now)
        except Refused as refused:
            return render_to_string("panel/foreseen_exclusion.html", {"refusal": str(refused)})

    @classmethod
    def in_words(cls, subject: ResponseBatch, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        return [
            (_("참여팀"), subject.entry),
            (_("평가항목"), subject.criterion),
            (_("묶음 번호"), subject.number),
            (_("응답 수"), subject.size),
        ]

    @classmethod
    def consequences(cls, subject: ResponseBatch, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("이 묶음의 응답은 모두 반영되지 않습니다. 묶음은 이 사유와 함께 그대로 남습니다."),
            _("바른 응답은 다른 묶음 번호로 넣습니다. 이 번호는 다시 쓰지 않습니다."),
            _("남은 응답이 최소 개수보다 적으면 다시 채워질 때까지 결과를 발표할 수 없습니다."),
        ]
