"""Support: laid down by one official; exceptions, grants, returns and reallocations by two."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from consortia.admin.support import number_words, period_words
from consortia.admin.support_forms import ExceptForm, GrantForm, LineForm, ReallocateForm, ReturnForm
from consortia.models import Programme, SupportLine, Team
from consortia.operations.support import lay_down_support
from consortia.states import SupportKind
from consortia.verbs import (
    EXCEPT_SUPPORT,
    GRANT_SUPPORT,
    LAY_DOWN_SUPPORT,
    REALLOCATE_SUPPORT,
    RETURN_SUPPORT,
)
from core.actors import Actor
from core.admin.deciding import DecisionPage
from core.admin.pages import OperationPage, on
from core.names import name_field
from core.templatetags.simsa import when

Words = Sequence[tuple[Any, Any]]


@on(SupportLine)
class LayDownSupport(OperationPage):
    """Writes down a line of support."""

    verb = LAY_DOWN_SUPPORT
    form_class = LineForm
    icon = "add_box"
    about_object = False

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("모든 팀이 같은 수량을 같은 기간에 받는 조건입니다. 다르게 하려면 서면 예외를 둡니다."),
            _("등록한 조건은 고칠 수 없습니다. 조건이 바뀌면 새 항목을 등록합니다."),
        ]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> SupportLine:
        programme: Programme = given.pop("programme")
        kind = SupportKind(given.pop("kind"))
        line: SupportLine = lay_down_support(programme, **given, kind=kind, actor=actor, now=now)
        return line

    def done(self, subject: Any, result: SupportLine) -> Any:
        return _("지원 항목을 등록했습니다: %(line)s") % {"line": result}


@on(SupportLine)
class ExceptSupport(DecisionPage):
    """Prepares a written exception."""

    verb = EXCEPT_SUPPORT
    form_class = ExceptForm
    icon = "rule"

    def arguments(self, subject: SupportLine, given: Mapping[str, Any]) -> dict[str, Any]:
        named = {name: given[name] or None for name in ("team", "organisation")}
        return {**named, "number": given["number"]}

    @classmethod
    def in_words(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Words:
        organisations = dict(subject.programme.organisations.values_list("code", name_field()))
        whom = [
            *([_names(subject).get(arguments["team"], arguments["team"])] if arguments.get("team") else ()),
            *(organisations.get(each, each) for each in [arguments.get("organisation")] if each),
        ]
        return [
            (_("대상"), ", ".join(whom)),
            (_("모든 팀이 받는 수량"), number_words(subject.number, subject.unit)),
            (_("대신 받는 수량"), number_words(arguments.get("number", 0), subject.unit)),
        ]

    @classmethod
    def consequences(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("이 예외와 사유가 형평 보고에 실립니다. 한 번 둔 예외는 고칠 수 없습니다.")]


@on(SupportLine)
class GrantSupport(DecisionPage):
    """Prepares a grant to teams on equal terms."""

    verb = GRANT_SUPPORT
    form_class = GrantForm
    icon = "volunteer_activism"

    def arguments(self, subject: SupportLine, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"teams": given["teams"], "since": _iso(given["since"]), "until": _iso(given["until"])}

    @classmethod
    def in_words(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Words:
        names = _names(subject)
        since, until = (parse_date(arguments.get(name) or "") for name in ("since", "until"))
        return [
            (_("정예팀"), ", ".join(names.get(team, team) for team in arguments["teams"])),
            (_("팀당 수량"), number_words(subject.number, subject.unit)),
            (_("기간"), period_words(since or subject.since, until or subject.until)),
        ]

    @classmethod
    def consequences(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("팀마다 항목에 적힌 수량을, 서면 예외가 있으면 그 수량을 받습니다. 수량을 따로 적지 않습니다.")]


@on(SupportLine)
class ReallocateSupport(DecisionPage):
    """Prepares that what a team has returned goes to another."""

    verb = REALLOCATE_SUPPORT
    form_class = ReallocateForm
    icon = "swap_horiz"

    def blocked(self, subject: SupportLine, *, actor: Actor, now: datetime) -> str:
        left = subject.grants.filter(returned_on__isnull=False, returned__reallocated=None).exists()
        return "" if left else str(_("회수하여 재배정할 지원이 없습니다."))

    def arguments(self, subject: SupportLine, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"giver": given["giver"], "team": given["team"], "since": _iso(given["since"])}

    @classmethod
    def in_words(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Words:
        names = _names(subject)
        return [
            (_("회수 대상 팀"), names.get(arguments["giver"], arguments["giver"])),
            (_("받을 팀"), names.get(arguments["team"], arguments["team"])),
            (_("부터"), when(parse_date(arguments["since"]))),
        ]

    @classmethod
    def consequences(cls, subject: SupportLine, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("받을 팀은 같은 조건의 수량을 회수한 배정이 끝나는 날까지 받습니다.")]


@on(Team)
class ReturnSupport(DecisionPage):
    """Prepares that a team gives back all it has."""

    verb = RETURN_SUPPORT
    form_class = ReturnForm
    icon = "assignment_return"

    def concerns(self, subject: Team) -> bool:
        return subject.grants.exists()

    def blocked(self, subject: Team, *, actor: Actor, now: datetime) -> str:
        return "" if subject.grants.filter(returned_on=None).exists() else str(_("회수할 지원이 없습니다."))

    def arguments(self, subject: Team, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"day": _iso(given["day"])}

    @classmethod
    def in_words(cls, subject: Team, arguments: Mapping[str, Any]) -> Words:
        return [(_("회수일"), when(parse_date(arguments["day"])))]

    @classmethod
    def consequences(cls, subject: Team, arguments: Mapping[str, Any]) -> Sequence[Any]:
        held = subject.grants.filter(returned_on=None).select_related("line")
        return [
            _("회수합니다: %(line)s %(amount)s")
            % {"line": each.line, "amount": number_words(each.number, each.line.unit)}
            for each in held
        ]


def _names(line: SupportLine) -> dict[str, str]:
    return dict(line.programme.teams.values_list("code", name_field()))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
