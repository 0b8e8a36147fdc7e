"""Changing criteria that are frozen: proposed, signed off by the teams, adopted by two officials, or dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.models import Decision
from evaluation.admin.criteria_forms import ConsentForm, ProposeForm, teams_to_consent
from evaluation.admin.criteria_words import differences_shown, version_shown
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import CriteriaConsent, CriteriaVersion, Round
from evaluation.operations.criteria_changes import (
    amended_documents,
    drop_criteria_proposal,
    propose_criteria,
)
from evaluation.operations.criteria_consent import consent_to_criteria, require_consent
from evaluation.operations.inputs import require_no_result, require_scoring
from evaluation.queries.criteria import documents_of, proposed_version
from evaluation.states import CRITERIA, CriteriaState, RoundState
from evaluation.verbs import ADOPT_CRITERIA, CONSENT_TO_CRITERIA, DROP_CRITERIA_PROPOSAL, PROPOSE_CRITERIA


@on(Round)
class ProposeCriteria(OperationPage):
    """Proposes the next version of the criteria of a round that is being scored."""

    verb = PROPOSE_CRITERIA
    form_class = ProposeForm
    template = "panel/propose_criteria.html"
    icon = "rule"
    dangerous = True
    foresees = True

    def concerns(self, subject: Round) -> bool:
        return subject.state == RoundState.SCORING

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        standing = proposed_version(subject)
        if standing is not None:
            return str(_("이미 제안된 변경이 있습니다: %(version)s") % {"version": standing})
        return refusal(require_scoring, subject)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        consent = [_("참여팀이 모두 동의해야 시행을 결재할 수 있습니다.")] if subject.criteria_consent else []
        return [
            _("제안만 합니다. 두 담당 공무원이 시행을 결재할 때까지 지금 평가기준으로 평가합니다."),
            *consent,
            _("항목의 코드, 상하 관계, 자료는 바꿀 수 없습니다. 제안은 모든 참여팀이 봅니다."),
        ]

    def foresee(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        return differences_shown(subject, documents_of(subject), amended_documents(subject, given["changes"]))

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> CriteriaVersion:
        version: CriteriaVersion = propose_criteria(
            subject, changes=given["changes"], reason=given["reason"], actor=actor, now=now
        )
        return version

    def done(self, subject: Round, result: CriteriaVersion) -> Any:
        return _("%(version)s을 제안했습니다.") % {"version": result}

    def after(self, subject: Round, result: CriteriaVersion) -> str:
        return self.admin.address(result)


@on(CriteriaVersion)
class ConsentToCriteria(OperationPage):
    """A team signs the criteria off, or an official records that it has on paper."""

    verb = CONSENT_TO_CRITERIA
    form_class = ConsentForm
    icon = "task_alt"

    def concerns(self, subject: CriteriaVersion) -> bool:
        alive = subject.state in {CriteriaState.PROPOSED, CriteriaState.IN_FORCE}
        return subject.round.criteria_consent and alive

    def blocked(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> str:
        barred = refusal(require_no_result, subject.round)
        if not barred and not teams_to_consent(subject, actor).exists():
            return str(_("동의할 팀이 없습니다. 이미 동의했습니다."))
        return barred

    def follows(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("%(version)s의 내용에 동의합니다(요약값 %(digest)s).")
            % {"version": subject, "digest": subject.digest[:16]},
            _("동의는 한 번 하며 거둘 수 없습니다."),
        ]

    def beside(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> str:
        return version_shown(subject)

    def perform(self, subject: CriteriaVersion, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return consent_to_criteria(subject, **given, actor=actor, now=now)

    def done(self, subject: CriteriaVersion, result: CriteriaConsent) -> Any:
        return _("%(team)s: %(version)s에 동의했습니다.") % {"team": result.team, "version": subject}


@on(CriteriaVersion)
class AdoptCriteria(RoundDecision):
    """Prepares that a proposed version comes into force."""

    verb = ADOPT_CRITERIA
    form_class = type("AdoptForm", (OperationForm,), {"reason": fields.reason(_("사유"), required=False)})
    icon = "gavel"
    dangerous = True

    def concerns(self, subject: CriteriaVersion) -> bool:
        return subject.number > 1 and subject.state == CriteriaState.PROPOSED

    def blocked(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject.round) or refusal(require_consent, subject.round, subject)

    @classmethod
    def round_of(cls, subject: CriteriaVersion) -> Round:
        return subject.round

    def beside(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> str:
        return version_shown(subject)

    @classmethod
    def in_words(cls, subject: CriteriaVersion, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        return [(_("평가기준"), subject), (_("변경 사유"), subject.reason)]

    @classmethod
    def consequences(cls, subject: CriteriaVersion, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [_("이 평가기준으로 모든 팀의 점수와 순위를 다시 계산합니다. 앞의 판은 대체되어 기록으로 남습니다.")]

    @classmethod
    def foreseen(cls, decision: Decision, subject: CriteriaVersion, *, reader: Actor, now: datetime) -> str:
        return version_shown(subject)


class DropForm(OperationForm):
    reason = fields.reason(_("사유"))


@on(CriteriaVersion)
class DropCriteriaProposal(OperationPage):
    """Gives a proposed change up."""

    verb = DROP_CRITERIA_PROPOSAL
    form_class = DropForm
    icon = "delete"
    dangerous = True

    def concerns(self, subject: CriteriaVersion) -> bool:
        return subject.number > 1 and subject.state == CriteriaState.PROPOSED

    def blocked(self, subject: CriteriaVersion, *, actor: Actor, now: datetime) -> str:
        return refusal(CRITERIA.require, subject.state, "drop")

    def perform(self, subject: CriteriaVersion, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return drop_criteria_proposal(subject, reason=given["reason"], actor=actor, now=now)

    def done(self, subject: CriteriaVersion, result: CriteriaVersion) -> Any:
        return _("%(version)s 제안을 폐기했습니다.") % {"version": subject}
