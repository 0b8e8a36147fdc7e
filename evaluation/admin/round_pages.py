"""Operations on a round: opening it, and what two officials decide about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.models import Decision
from core.templatetags.simsa import until, when
from core.wording import told
from evaluation.admin.announcement_preview import announcement_decided, announcement_previewed
from evaluation.admin.criteria_words import finer_lines
from evaluation.admin.gate_review import findings_in, reviews_of_gates
from evaluation.admin.round_decisions import RoundDecision, StandingsDecision
from evaluation.admin.round_forms import AnnounceForm, ExtendForm, GateForm, OpenForm, TieForm, names_of
from evaluation.admin.windows_in_hand import windows_in_hand
from evaluation.models import Round
from evaluation.operations.criteria_consent import require_consent
from evaluation.operations.inputs import require_scoring
from evaluation.operations.marks import see_experts
from evaluation.operations.opening import open_round
from evaluation.operations.windows import require_objections_open
from evaluation.queries.criteria import criteria_version_of, panel_faults_of
from evaluation.queries.windows import extensions_of, proposed_extensions
from evaluation.rules.criteria import describe
from evaluation.states import ROUND, Disclosure, RoundState, VerdictValue
from evaluation.verbs import ANNOUNCE, BREAK_TIE, DECIDE_GATE, EXTEND_WINDOWS, OPEN_ROUND


@on(Round)
class OpenRound(OperationPage):
    """Opens a drafted round."""

    verb = OPEN_ROUND
    form_class = OpenForm
    icon = "play_circle"
    dangerous = True

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        barred = refusal(ROUND.require, subject.state, "open")
        return barred or refusal(require_consent, subject, criteria_version_of(subject))

    def concerns(self, subject: Round) -> bool:
        return subject.state == RoundState.DRAFT

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("평가항목, 요건, 참여팀이 이대로 굳습니다. 평가항목은 사유를 밝힌 새 판을 결재해서만 바꿀 수 있습니다."),
            _("평가위원이 평가표를 내고 담당 공무원이 점수를 넣을 수 있습니다."),
            *finer_lines(criteria_version_of(subject).rules),
            *(told(describe(each)) for each in panel_faults_of(subject)),
        ]

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Round:
        round: Round = open_round(subject, reason=given["reason"], actor=actor, now=now)
        return round

    def done(self, subject: Round, result: Round) -> Any:
        return _("%(round)s 평가를 개시했습니다.") % {"round": result}


@on(Round)
class DecideGate(RoundDecision):
    """Prepares a verdict on a gate."""

    verb = DECIDE_GATE
    form_class = GateForm
    brief_needs = ("gates", "entries__team")
    icon = "verified"

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject)

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: given[name] for name in ("gate", "team", "verdict")}

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        gates = {gate.code: gate.name for gate in subject.gates.all()}
        return [
            (_("요건"), gates.get(arguments["gate"], arguments["gate"])),
            (_("정예팀"), names_of(subject).get(arguments["team"], arguments["team"])),
            (_("판정"), VerdictValue(arguments["verdict"]).label),
        ]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("판정은 점수와 순위를 바꾸지 않습니다. 한 번 내린 판정은 정정으로만 바꿀 수 있습니다.")]

    @classmethod
    def foreseen(cls, decision: Decision, subject: Round, *, reader: Actor, now: datetime) -> str:
        """What the panel has found: whoever approves a verdict judges whether it says the same. It is recorded."""
        entry = subject.entries.get(team__code=decision.arguments["team"])
        reviews = reviews_of_gates(entry, reader, now)
        gate = decision.arguments["gate"]
        own = [review for review in reviews if review.gate.code == gate]
        see_experts(entry, {"findings": findings_in(own)}, actor=reader, now=now, gate=gate)
        return render_to_string("panel/gate_reviews.html", {"gate_reviews": own})


@on(Round)
class BreakTie(StandingsDecision):
    """Prepares the order of teams that nothing else tells apart.

    Which teams are tied is computed from every score: its own form asks, and the round's page does not.
    """

    verb = BREAK_TIE
    form_class = TieForm
    brief_needs = ("entries__team",)
    icon = "swap_vert"
    barred_word = _("이대로는 순서를 정할 수 없습니다.")
    nothing_word = _("이 순서로는 순위와 결과가 하나도 바뀌지 않습니다.")
    then_word = _("결정 후")

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject)

    def _context(self, request: HttpRequest, subject: Round, form: OperationForm) -> dict[str, Any]:
        context = super()._context(request, subject, form)
        if isinstance(form, TieForm) and form.nothing_tied():
            context["blocked"] = context["blocked"] or str(form.NOTHING_TIED)
        return context

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        places = sorted(name for name in given if name.startswith("place_"))
        return {"order": [given[name] for name in places if given[name]]}

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        names = names_of(subject)
        return [(_("순서"), " → ".join(names.get(team, team) for team in arguments["order"]))]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("동점인 팀의 순위가 이 순서로 정해집니다.")]


@on(Round)
class Announce(RoundDecision):
    """Prepares the announcement."""

    verb = ANNOUNCE
    form_class = AnnounceForm
    brief_needs = ("entries__team",)
    icon = "campaign"
    dangerous = True
    foresees = True

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(ROUND.require, subject.state, "announce")

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        arrivals = {name.removeprefix("delivered_"): at for name, at in given.items() if name.startswith("delivered_")}
        return {
            "disclosure": given["disclosure"],
            "delivered": {team: at.isoformat() for team, at in arrivals.items() if at is not None},
            "on_paper": given["on_paper"],
        }

    def foresee(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        return announcement_previewed(subject, self.arguments(subject, given), hands=actor, reader=actor, now=now)

    @classmethod
    def foreseen(cls, decision: Decision, subject: Round, *, reader: Actor, now: datetime) -> str:
        return announcement_decided(decision, subject, reader=reader, now=now)

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        names = names_of(subject)
        delivered = (arguments.get("delivered") or {}).items()
        later = [f"{names.get(team, team)}: {when(parse_datetime(at))}" for team, at in delivered]
        paper = arguments.get("on_paper") or ()
        return [
            (_("공개 범위"), Disclosure(arguments.get("disclosure", Disclosure.OUTCOMES)).label),
            (_("서면 송달"), ", ".join(names.get(team, team) for team in paper) or _("없음")),
            (_("통지 도달"), _arrivals(later, on_paper=len(paper), teams=len(names))),
        ]

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("그때의 점수로 순위표를 확정해 번호와 요약값을 붙여 발표합니다."),
            _("팀마다 통지가 가고, 도달한 다음 날부터 %(days)s일 동안 이의신청을 받습니다.")
            % {"days": subject.appeal_days},
            _("발표한 뒤에는 점수와 판정을 정정으로만 바꿀 수 있습니다."),
        ]


def _arrivals(later: Sequence[str], *, on_paper: int, teams: int) -> str:
    """When the notices arrive that are not on paper; those named here later, the others as the result is announced."""
    if later:
        return ", ".join(later)
    if on_paper == teams:
        return str(_("모두 서면으로 보내고 도달한 뒤에 기록함"))
    return str(_("서면 송달 외에는 발표와 동시에") if on_paper else _("모든 팀에 발표와 동시에"))


@on(Round)
class ExtendWindows(RoundDecision):
    """Prepares the extension of windows that a day added to the calendar would end later."""

    verb = EXTEND_WINDOWS
    form_class = ExtendForm
    icon = "more_time"

    def concerns(self, subject: Round) -> bool:
        return subject.state in {RoundState.ANNOUNCED, RoundState.FINAL}

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        barred = refusal(require_objections_open, subject)
        if barred or extensions_of(subject, windows_in_hand(subject)):
            return barred
        return str(_("달력에 더해진 날이 없어 연장할 기간이 없습니다."))

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("%(team)s: 이의신청 마감이 늦춰집니다(%(until)s).")
            % {"team": each.notice.entry, "until": until(each.closes_at)}
            for each in proposed_extensions(subject)
        ]
