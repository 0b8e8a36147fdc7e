"""A newcomer's own clock: admitting the selected team to the next round, and moving the round's end for it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.deciding import approval_refused
from core.admin.forms import OperationForm
from core.admin.pages import on, refusal
from core.admin.previewing import Previewed
from core.models import Decision
from core.models.decision import DecisionState
from core.names import name_field
from core.templatetags.simsa import when
from evaluation.admin.development import findings, picture_of
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import Criterion, Round
from evaluation.operations.inputs import require_no_result
from evaluation.queries.development import development_time, earliest_start, newcomers, round_before, targets_of
from evaluation.verbs import ADMIT_TO_ROUND, MOVE_END


class DevelopmentPage(Previewed, RoundDecision):
    """A decision on the round's days, with the picture of what follows from what was typed."""

    template = "panel/development_page.html"

    def preview_label(self) -> Any:
        return _("그림 다시 그리기")

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_no_result, subject)

    @classmethod
    @abstractmethod
    def prepared(cls, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What was prepared, as it is proposed to the picture."""

    @classmethod
    def foreseen(cls, decision: Decision, subject: Round, *, reader: Actor, now: datetime) -> str:
        """The picture of what a prepared decision proposes; once approved the round's own page shows it."""
        if decision.state != DecisionState.PREPARED:
            return ""
        refused = approval_refused(decision, subject, now=now)
        picture = picture_of(subject, **cls.prepared(decision.arguments))
        return render_to_string("panel/development_section.html", {"development": picture, "refusal": refused})

    @abstractmethod
    def proposed(self, form: OperationForm) -> dict[str, Any]:
        """What the form proposes to the picture, as far as it can be read."""

    def _context(self, request: HttpRequest, subject: Any, form: OperationForm) -> dict[str, Any]:
        picture = picture_of(subject, **self.proposed(form))
        names = dict(subject.programme.teams.values_list("code", name_field()))
        found = {"development": picture, "findings": findings(picture.times, names)}
        return {**super()._context(request, subject, form), **found}


def _read(form: OperationForm, name: str) -> Any:
    """The field's value: as typed and valid, or as preset while nothing was typed."""
    if form.is_bound:
        return form.cleaned_data.get(name)
    preset = form.get_initial_for_field(form.fields[name], name)
    try:
        return form.fields[name].clean(preset) if preset else None
    except ValueError:
        return None


class AdmitForm(OperationForm):
    team = fields.choice(_("추가 선정팀"), ())
    starts = fields.day(_("개발 시작일"))
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        found = newcomers(self.subject)
        self.fields["team"].choices = [(each.code, each.name) for each in found]  # type: ignore[attr-defined]
        if found:
            self.fields["team"].initial = found[0].code
            self.fields["starts"].initial = earliest_start(self.subject, found[0], self.now)
        for criterion in targets_of(self.subject):
            label = _("%(criterion)s 목표값") % {"criterion": criterion}
            self.fields[f"target_{criterion.code}"] = fields.number(label)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


@on(Round)
class AdmitToRound(DevelopmentPage):
    """Prepares that a team which filled a vacancy enters this round."""

    verb = ADMIT_TO_ROUND
    form_class = AdmitForm
    icon = "group_add"

    @classmethod
    def round_of(cls, subject: Round) -> Round:
        """The result before it has the seat that the team fills."""
        return round_before(subject) or subject

    def concerns(self, subject: Round) -> bool:
        """Until its result: nobody enters a round after that, whoever waits."""
        return subject.announced_at is None and bool(newcomers(subject))

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        if not newcomers(subject):
            return str(_("앞 단계의 공석에 선정되어 참여를 기다리는 팀이 없습니다."))
        return super().blocked(subject, actor=actor, now=now)

    @classmethod
    def prepared(cls, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"joining": {arguments["team"]: date.fromisoformat(arguments["starts"])}}

    def proposed(self, form: OperationForm) -> dict[str, Any]:
        team, starts = _read(form, "team"), _read(form, "starts")
        return {"joining": {team: starts}} if team and starts else {}

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        targets = {name.removeprefix("target_"): value for name, value in given.items() if name.startswith("target_")}
        return {
            "team": given["team"],
            "starts": given["starts"].isoformat(),
            "targets": {code: format(value, "f") for code, value in targets.items()},
        }

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        criteria = dict(Criterion.objects.filter(round=subject).values_list("code", name_field()))
        targets = (arguments.get("targets") or {}).items()
        team = subject.programme.teams.filter(code=arguments["team"]).first()
        return [
            (_("추가 선정팀"), team or arguments["team"]),
            (_("개발 시작일"), when(date.fromisoformat(arguments["starts"]))),
            *((_("%(criterion)s 목표값") % {"criterion": criteria.get(code, code)}, value) for code, value in targets),
        ]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        said: list[Any] = [_("이미 참여하는 팀의 등록과 점수는 그대로입니다.")]
        return said + (_findings(subject, **cls.prepared(arguments)) if arguments else [])


class MoveEndForm(OperationForm):
    ends = fields.day(_("새 종료일"))
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        times = development_time(self.subject)
        self.fields["ends"].initial = times.needed_end if times.allowed else times.latest_end
        self.fields["ends"].help_text = _("지금 %(ends)s, 연장 한도 %(limit)s") % {
            "ends": when(times.ends),
            "limit": when(times.latest_end) if times.latest_end else _("정하지 않음"),
        }


@on(Round)
class MoveEnd(DevelopmentPage):
    """Prepares that the round's development ends on a later day."""

    verb = MOVE_END
    form_class = MoveEndForm
    icon = "event_repeat"

    @classmethod
    def prepared(cls, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"ends": date.fromisoformat(arguments["ends"])}

    def proposed(self, form: OperationForm) -> dict[str, Any]:
        return {"ends": _read(form, "ends")}

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"ends": given["ends"].isoformat()}

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        return [(_("지금 종료일"), when(subject.ends)), (_("새 종료일"), when(date.fromisoformat(arguments["ends"])))]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        said: list[Any] = [_("모든 팀의 개발 종료일이 함께 늦춰집니다.")]
        return said + (_findings(subject, **cls.prepared(arguments)) if arguments else [])


def _findings(round: Round, **proposed: Any) -> list[str]:
    names = dict(round.programme.teams.values_list("code", name_field()))
    return findings(development_time(round, **proposed), names)
