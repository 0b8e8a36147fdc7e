"""Operations on a team in a round: figures, enquiries, conflicts, withdrawal."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import OperationPage, on, refusal
from evaluation.admin import entry_forms
from evaluation.models import Enquiry, Entry, MeasurementRun, ResponseBatch
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_measurements, record_points, record_responses
from evaluation.operations.inputs import require_scoring
from evaluation.operations.papers import answer, ask
from evaluation.states import ConflictKind, RoundState
from evaluation.verbs import (
    ANSWER,
    ASK,
    DECLARE_CONFLICT,
    RECORD_MEASUREMENTS,
    RECORD_POINTS,
    RECORD_RESPONSES,
    SUBMIT_SHEET,
    WITHDRAW,
)


class InputPage(OperationPage):
    """An input to a round: it follows while the round is being scored and the team takes part."""

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject.round, subject)


@on(Entry)
class RecordPoints(InputPage):
    verb = RECORD_POINTS
    form_class = entry_forms.PointsForm
    icon = "pin"

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return record_points(subject, **given, actor=actor, now=now)

    def done(self, subject: Entry, result: Any) -> Any:
        return _("%(team)s · %(leaf)s: %(points)s점을 넣었습니다.") % {
            "team": subject,
            "leaf": result.criterion,
            "points": result.points,
        }


@on(Entry)
class RecordMeasurements(InputPage):
    verb = RECORD_MEASUREMENTS
    form_class = entry_forms.MeasurementsForm
    icon = "speed"

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        run = record_measurements(subject, **{**given, "run": given["run"] or None}, actor=actor, now=now)
        return run, run is not None and run.at == now

    def done(self, subject: Entry, result: tuple[MeasurementRun | None, bool]) -> Any:
        run, new = result
        if run is None:
            return _("%(team)s: 모두 이미 있는 값입니다. 바뀐 것이 없습니다.") % {"team": subject}
        told = {"team": subject, "leaf": run.criterion, "code": run.code}
        if not new:
            return _("%(team)s · %(leaf)s: 이미 넣은 실행 번호입니다(%(code)s). 바뀐 것이 없습니다.") % told
        return _("%(team)s · %(leaf)s: 측정값을 넣었습니다.") % told


@on(Entry)
class RecordResponses(InputPage):
    verb = RECORD_RESPONSES
    form_class = entry_forms.ResponsesForm
    icon = "groups"

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        batch = record_responses(subject, **{**given, "batch": given["batch"] or None}, actor=actor, now=now)
        return batch, batch.at == now

    def done(self, subject: Entry, result: tuple[ResponseBatch, bool]) -> Any:
        batch, new = result
        told = {"team": subject, "leaf": batch.criterion, "size": batch.size, "code": batch.code}
        if not new:
            return _("%(team)s · %(leaf)s: 이미 넣은 묶음 번호입니다(%(code)s). 바뀐 것이 없습니다.") % told
        return _("%(team)s · %(leaf)s: 응답 %(size)s개를 넣었습니다.") % told


@on(Entry)
class Ask(OperationPage):
    verb = ASK
    form_class = entry_forms.AskForm
    icon = "help"

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return ask(subject, **given, actor=actor, now=now)

    def done(self, subject: Entry, result: Any) -> Any:
        return _("질의를 접수했습니다: %(code)s") % {"code": result}

    def after(self, subject: Entry, result: Any) -> str:
        return self.admin.address(result)


@on(Enquiry)
class GiveAnswer(OperationPage):
    verb = ANSWER
    form_class = entry_forms.AnswerForm
    icon = "reply"

    def concerns(self, subject: Enquiry) -> bool:
        return not hasattr(subject, "answer")

    def perform(self, subject: Enquiry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return answer(subject, text=given["text"], actor=actor, now=now)

    def done(self, subject: Enquiry, result: Any) -> Any:
        return _("질의 %(code)s에 답변했습니다.") % {"code": subject}


@on(Entry)
class DeclareConflict(OperationPage):
    verb = DECLARE_CONFLICT
    form_class = entry_forms.ConflictForm
    icon = "gavel"

    def follows(self, subject: Entry, *, actor: Actor, now: datetime) -> list[Any]:
        if subject.round.state != RoundState.SCORING:
            return [_("이해관계가 있는 평가위원은 이 팀을 평가할 수 없습니다.")]
        return [
            _("이해관계가 있는 평가위원은 이 팀을 평가할 수 없습니다."),
            _("이미 낸 평가표가 있으면 이 사유로 제외됩니다. 평가표 자체는 그대로 남습니다."),
        ]

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        kind = ConflictKind(given.pop("kind"))
        return declare_conflict(subject.round, team=subject.team, **given, kind=kind, actor=actor, now=now)

    def done(self, subject: Entry, result: Any) -> Any:
        return _("적었습니다: %(declared)s") % {"declared": result}

    def after(self, subject: Entry, result: Any) -> str:
        """Whoever has cleared himself goes on to what he was kept from."""
        cleared = result.kind == ConflictKind.NONE and result.account_id == result.declared_by_id
        if cleared and subject.round.state == RoundState.SCORING:
            return reverse(f"admin:evaluation_entry_{SUBMIT_SHEET.code}", args=[subject.pk])
        return super().after(subject, result)


@on(Entry)
class Withdraw(OperationPage):
    verb = WITHDRAW
    form_class = entry_forms.ReasonForm
    icon = "logout"
    dangerous = True

    def concerns(self, subject: Entry) -> bool:
        return subject.withdrawn_at is None

    def blocked(self, subject: Entry, *, actor: Actor, now: datetime) -> str:
        if subject.round.state in {RoundState.ANNOUNCED, RoundState.FINAL}:
            return refusal(require_scoring, subject.round)
        return ""

    def follows(self, subject: Entry, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("이 팀은 순위에서 빠지고, 다른 팀의 상대 점수를 계산할 때에도 빠집니다."),
            _("철회는 되돌릴 수 없습니다."),
        ]

    def perform(self, subject: Entry, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return withdraw(subject, reason=given["reason"], actor=actor, now=now)

    def done(self, subject: Entry, result: Any) -> Any:
        return _("%(team)s: 참여를 철회했습니다.") % {"team": subject}
