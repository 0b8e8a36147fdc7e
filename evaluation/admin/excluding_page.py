"""A batch of responses taken out while the round is being scored: one official prepares it and another approves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import on, refusal
from evaluation.admin.round_decisions import StandingsDecision
from evaluation.models import ResponseBatch, Round
from evaluation.operations.inputs import require_scoring
from evaluation.states import RoundState
from evaluation.verbs import EXCLUDE_RESPONSES


class ExcludeForm(OperationForm):
    not_to_foresee = ("reason",)

    reason = fields.reason(_("사유"), help_text=_("이 묶음이 반영되지 않는 이유로 남습니다."))


@on(ResponseBatch)
class ExcludeResponses(StandingsDecision):
    """Prepares that the responses of a batch count no more."""

    verb = EXCLUDE_RESPONSES
    form_class = ExcludeForm
    icon = "block"
    dangerous = True
    brief_needs = ("entry__team", "criterion")
    barred_word = _("이대로는 제외할 수 없습니다.")
    nothing_word = _("이 묶음을 제외해도 총점, 순위, 결과가 하나도 바뀌지 않습니다.")
    then_word = _("제외 후")

    def concerns(self, subject: ResponseBatch) -> bool:
        return subject.entry.round.state == RoundState.SCORING and not hasattr(subject, "exclusion")

    def blocked(self, subject: ResponseBatch, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject.entry.round, subject.entry)

    @classmethod
    def round_of(cls, subject: ResponseBatch) -> Round:
        return subject.entry.round

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
