"""What officials do about an appeal: judge whether it is admitted, ask for completion, give it reviewers, decide it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from appeals.admin import official_forms
from appeals.admin.official_forms import yes
from appeals.models import Appeal, Challenge
from appeals.operations.completing import ask_completion
from appeals.operations.reviewing import admit_appeal, assign_reviewers
from appeals.operations.waiving import require_closable_early
from appeals.policies import require_completion_over, require_no_challenge
from appeals.queries.reviewers import candidates
from appeals.states import APPEAL, INADMISSIBLE, UNDECIDED, AppealState
from appeals.verbs import (
    ADMIT_APPEAL,
    ASK_COMPLETION,
    ASSIGN_REVIEWERS,
    CLOSE_APPEALS_EARLY,
    DECIDE_APPEAL,
    DECIDE_CHALLENGE,
)
from core.actors import Actor
from core.admin.pages import OperationPage, on, refusal
from core.models import Decision
from evaluation.admin.correction_words import item_words
from evaluation.admin.foreseen import foreseen_by, foreseen_of
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import Round
from evaluation.policies import Conflict, bar_panelists
from evaluation.states import ConflictKind, RoundState


def _barred(appeal: Appeal, actor: Actor) -> None:
    bar_panelists(appeal.round, actor=actor)


@on(Appeal)
class AdmitAppeal(OperationPage):
    verb = ADMIT_APPEAL
    form_class = official_forms.AdmitForm
    icon = "rule"

    def concerns(self, subject: Appeal) -> bool:
        return subject.state == AppealState.FILED

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        return refusal(APPEAL.require, subject.state, "admit") or refusal(_barred, subject, actor)

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        told: list[Any] = [_("각하하면 불복 방법을 적은 결정서를 만들어 팀이 읽습니다. 되돌릴 수 없습니다.")]
        if subject.ground in INADMISSIBLE:
            told.insert(0, _("심의할 수 없는 사유입니다: %(ground)s") % {"ground": subject.get_ground_display()})
        if refusal(require_completion_over, subject, now):
            told.append(_("보완 기한이 끝나지 않아 아직 각하할 수 없습니다."))
        return told

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return admit_appeal(subject, admitted=yes(given["admitted"]), reason=given["reason"], actor=actor, now=now)

    def done(self, subject: Appeal, result: Appeal) -> Any:
        if result.state == AppealState.ADMITTED:
            return _("%(appeal)s: 심의를 시작합니다. 재심의 위원을 지정하십시오.") % {"appeal": subject}
        return _("%(appeal)s: 각하했습니다.") % {"appeal": subject}


@on(Appeal)
class AskCompletion(OperationPage):
    verb = ASK_COMPLETION
    form_class = official_forms.AskCompletionForm
    icon = "assignment_late"

    def concerns(self, subject: Appeal) -> bool:
        return subject.state in UNDECIDED

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        return refusal(_barred, subject, actor)

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return ask_completion(subject, **given, actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return _("%(appeal)s: 보완을 요구했습니다.") % {"appeal": subject}


@on(Appeal)
class AssignReviewers(OperationPage):
    verb = ASSIGN_REVIEWERS
    form_class = official_forms.AssignForm
    icon = "group_add"

    def concerns(self, subject: Appeal) -> bool:
        return subject.state in UNDECIDED

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        return "" if subject.state == AppealState.ADMITTED else str(_("적격으로 판단한 뒤에 지정합니다."))

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        told: list[Any] = [
            _("처음 평가한 위원과 이해관계가 있는 사람은 지정할 수 없습니다. 이미 지정한 위원은 그대로 남습니다.")
        ]
        clearing = reverse("admin:evaluation_entry_declare_conflict", args=[subject.entry_id])
        for each in candidates(subject, now):
            if each.conflict is Conflict.UNKNOWN and not each.barred:
                preset = urlencode({"person": str(each.account.pk), "kind": ConflictKind.NONE.value})
                link = format_html('<a href="{}?{}">{}</a>', clearing, preset, _("이해관계 확인"))
                told.append(format_html("{}: {} {}", each.account, _("소속을 알 수 없어 확인이 필요합니다."), link))
        return told

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return assign_reviewers(subject, people=given["people"], actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        people = ", ".join(map(str, result)) or _("이미 지정한 사람들입니다")
        return _("%(appeal)s: 재심의 위원 지정 — %(people)s") % {"appeal": subject, "people": people}


@on(Challenge)
class DecideChallenge(RoundDecision):
    """Prepares the ruling on a challenge."""

    verb = DECIDE_CHALLENGE
    form_class = official_forms.DecideChallengeForm
    icon = "gavel"

    @classmethod
    def round_of(cls, subject: Challenge) -> Round:
        return subject.reviewer.appeal.round

    def concerns(self, subject: Challenge) -> bool:
        return not hasattr(subject, "ruling")

    def arguments(self, subject: Challenge, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"accepted": yes(given["accepted"])}

    @classmethod
    def in_words(cls, subject: Challenge, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        return [
            (_("재심의 위원"), subject.reviewer.account),
            (_("기피 사유"), subject.reason),
            (_("결정"), _("인용(위원을 뺌)") if arguments["accepted"] else _("기각")),
        ]

    @classmethod
    def consequences(cls, subject: Challenge, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("인용하면 이 위원은 재심의에서 빠지고 다른 위원을 지정해야 합니다. 기각하면 심의를 이어 갑니다.")]


def _require_decidable(appeal: Appeal, actor: Actor, now: datetime) -> None:
    bar_panelists(appeal.round, actor=actor)
    APPEAL.require(appeal.state, "uphold")
    require_no_challenge(appeal)
    require_completion_over(appeal, now)


@on(Appeal)
class DecideAppeal(RoundDecision):
    """Prepares the decision, with the corrections that follow from it."""

    verb = DECIDE_APPEAL
    form_class = official_forms.DecideAppealForm
    brief_needs = ()
    template = "panel/correct.html"
    icon = "gavel"
    dangerous = True
    foresees = True

    @classmethod
    def round_of(cls, subject: Appeal) -> Round:
        return subject.round

    def concerns(self, subject: Appeal) -> bool:
        return subject.state in UNDECIDED

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        return refusal(_require_decidable, subject, actor, now)

    def arguments(self, subject: Appeal, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"outcome": given["outcome"], "corrections": given["corrections"]}

    def foresee(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        return foreseen_of(subject.round, given["corrections"], reason=given["reason"], actor=actor, now=now)

    @classmethod
    def foreseen(cls, decision: Decision, subject: Appeal, *, reader: Actor, now: datetime) -> str:
        return foreseen_by(decision, subject.round, decision.arguments.get("corrections", ()), now=now)

    @classmethod
    def in_words(cls, subject: Appeal, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        words = item_words(subject.round, arguments.get("corrections", ()))
        return [
            (_("결정"), AppealState(arguments["outcome"]).label),
            *((_("정정 %(n)s") % {"n": number}, text) for number, text in enumerate(words, start=1)),
        ]

    @classmethod
    def in_brief(cls, subject: Appeal, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        """Of the corrections their number alone: putting one into words reads the round."""
        corrections = len(arguments.get("corrections", ()))
        return [
            (_("결정"), AppealState(arguments["outcome"]).label),
            *([(_("정정"), _("%(n)s건") % {"n": corrections})] if corrections else []),
        ]

    @classmethod
    def consequences(cls, subject: Appeal, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("이유와 불복 방법을 적은 결정서가 만들어지고 팀이 읽습니다."),
            _("정정이 있으면 다음 번호의 순위표로 다시 발표하고, 결과가 바뀌는 팀에 새 통지와 기간을 줍니다."),
        ]


@on(Round)
class CloseAppealsEarly(RoundDecision):
    """Prepares the early end of the windows."""

    verb = CLOSE_APPEALS_EARLY
    form_class = official_forms.CloseEarlyForm
    icon = "event_available"
    dangerous = True

    def concerns(self, subject: Round) -> bool:
        return subject.state == RoundState.ANNOUNCED

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_closable_early, subject, now)

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("모든 팀의 이의신청 기간이 결재한 때에 끝나고, 다음 정기 처리에서 결과가 확정됩니다.")]
