"""Declaring a component: a team's people for their own team, officials for any team that has declared on paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from core.sight import visible
from core.templatetags.simsa import when
from evaluation.admin.entry_forms import CHOOSE
from evaluation.admin.evidence_words import closed_words, closing_words
from evaluation.models import ComponentDeclaration, Document, Entry, Gate
from evaluation.operations.components import MOST_COMPONENT, declare_component
from evaluation.operations.papers import hold_round_of, hold_rounds_of_team
from evaluation.queries.components import declared_names, gates_to_declare_for
from evaluation.queries.lookup import entry_of
from evaluation.states import Origin
from evaluation.verbs import DECLARE_COMPONENT


def gates_of(subject: Entry | Team) -> Sequence[Gate]:
    """The gates for which a declaration is still taken: of the entry's round, or of every round of the team."""
    if isinstance(subject, Team):
        return list(gates_to_declare_for(subject))
    return list(gates_to_declare_for(subject.team).filter(round=subject.round_id))


class DeclareForm(OperationForm):
    gate = fields.thing(_("요건"), Gate.objects.none(), empty_label=None)
    component = fields.suggesting(
        _("구성 요소"), max_length=MOST_COMPONENT, help_text=_("예: 텍스트 디코더, 비전 인코더, 토크나이저")
    )
    origin = fields.choice(_("출처"), Origin.choices, blank=CHOOSE)
    statement = fields.long_text(
        _("신고 내용"), rows=6, help_text=_("무엇을 어떻게 썼는지, 모델의 이름과 버전, 라이선스를 적습니다.")
    )
    papers = fields.several(_("근거 자료"), (), required=False)

    def choose(self) -> None:
        gates = gates_of(self.subject)
        team = self.subject if isinstance(self.subject, Team) else self.subject.team
        rounds = {gate.round_id for gate in gates}
        field = self.fields["gate"]
        field.queryset = Gate.objects.filter(pk__in=[gate.pk for gate in gates])  # type: ignore[attr-defined]
        names = {gate.pk: f"{gate.round} · {gate}" if len(rounds) > 1 else str(gate) for gate in gates}
        field.label_from_instance = lambda gate: names[gate.pk]  # type: ignore[attr-defined]
        own = ComponentDeclaration.objects.filter(entry__team=team, entry__round__in=rounds)
        fields.suggest(self.fields["component"], declared_names(visible(own, self.actor, self.now)))
        handed_in = Document.objects.filter(team=team, round__in=rounds).order_by("received_at", "pk")
        self._offer(visible(handed_in, self.actor, self.now).select_related("round"), several=len(rounds) > 1)

    def _offer(self, papers: Any, *, several: bool) -> None:
        """The papers that the team has handed in, to be ticked."""
        field = self.fields["papers"]
        field.choices = [(each.pk, _in_words(each, several)) for each in papers]  # type: ignore[attr-defined]
        field.help_text = (
            _("이 팀이 낸 자료 가운데에서 고릅니다.")
            if field.choices  # type: ignore[attr-defined]
            else _("이 팀이 낸 자료가 아직 없습니다. 자료를 먼저 접수해야 근거로 들 수 있습니다.")
        )


def _in_words(paper: Document, several: bool) -> str:
    round = f"{paper.round} · " if several else ""
    late = f" · {_('반영하지 않음')}" if paper.late else ""
    return f"{round}{paper.title} ({paper.kind_name}, {when(paper.received_at)}){late}"


class DeclaringPage(OperationPage):
    """The one operation, wherever it stands."""

    verb = DECLARE_COMPONENT
    form_class = DeclareForm
    icon = "extension"

    def blocked(self, subject: Any, *, actor: Actor, now: datetime) -> str:
        if gates_of(subject):
            return ""
        return str(_("신고를 받는 요건이 없습니다. 판정이 나왔거나 결과를 발표했습니다."))

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        rounds = {gate.round_id: gate.round for gate in gates_of(subject)}.values()
        return [
            *closed_words(rounds, now),
            *closing_words(rounds, now),
            _("같은 구성 요소를 여러 번 신고하면 기한 안의 마지막 것을 반영합니다. 다른 신고도 지워지지 않습니다."),
            _("담당 공무원과 감사 담당이 읽고, 기한 안에 온 것은 이해관계가 없는 평가위원도 읽습니다."),
        ]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        gate: Gate = given["gate"]
        team = subject if isinstance(subject, Team) else subject.team
        return declare_component(
            entry_of(gate.round, team.code),
            gate=gate,
            component=given["component"],
            origin=Origin(given["origin"]),
            statement=given["statement"],
            documents=list(Document.objects.filter(pk__in=given["papers"]).order_by("pk")),
            actor=actor,
            now=now,
        )

    def done(self, subject: Any, result: ComponentDeclaration) -> Any:
        if result.late:
            said = {"component": result.component, "why": result.why_not}
            return _("%(component)s: 접수했습니다. %(why)s") % said
        return _("%(component)s: 신고를 접수했습니다.") % {"component": result.component}

    def after(self, subject: Any, result: ComponentDeclaration) -> str:
        return self.admin.address(result)


@on(Entry)
class DeclareComponent(DeclaringPage):
    """On a team's page in a round, which officials open."""

    holds = hold_round_of


@on(Team)
class DeclareOwnComponent(DeclaringPage):
    """On the team's own page, which its people open too: they see no round."""

    holds = hold_rounds_of_team
