"""Correcting an announced result: a batch in rows, looked at before it is prepared and again before it is approved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import on, refusal
from core.models import Decision
from evaluation.admin.correction_form import CorrectionsForm
from evaluation.admin.correction_words import item_words
from evaluation.admin.foreseen import foreseen_by, foreseen_of
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import Round
from evaluation.operations.correcting import require_correctable
from evaluation.states import RoundState
from evaluation.verbs import CORRECT


@on(Round)
class Correct(RoundDecision):
    """Prepares a correction of the announced result."""

    verb = CORRECT
    form_class = CorrectionsForm
    template = "panel/correct.html"
    icon = "edit_document"
    dangerous = True
    foresees = True

    def concerns(self, subject: Round) -> bool:
        return subject.state in {RoundState.ANNOUNCED, RoundState.FINAL}

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_correctable, subject)

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"corrections": given["corrections"]}

    def foresee(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        return foreseen_of(subject, given["corrections"], reason=given["reason"], actor=actor, now=now)

    @classmethod
    def foreseen(cls, decision: Decision, subject: Round, *, reader: Actor, now: datetime) -> str:
        return foreseen_by(decision, subject, decision.arguments["corrections"], now=now)

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        words = item_words(subject, arguments["corrections"])
        return [(_("정정 %(n)s") % {"n": number}, text) for number, text in enumerate(words, start=1)]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("정정한 결과를 다음 번호의 순위표로 다시 발표합니다. 앞의 순위표는 대체된 것으로 남습니다."),
            _("진출 여부가 바뀌는 팀에는 새 통지가 가고, 그 팀의 이의신청 기간이 새로 시작됩니다."),
        ]
