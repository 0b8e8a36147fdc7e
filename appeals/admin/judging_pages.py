"""Judging a call's applications: screening by an official, votes of evaluators, and the selection by two officials."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.admin.votes_shown import majority_words, votes_shown
from appeals.models import Screening, Vote
from appeals.operations.selecting import (
    NOBODY,
    require_standing,
    require_taken,
    screen_application,
    vote_application,
)
from appeals.policies import majorities, require_call_evaluator
from appeals.verbs import SCREEN_APPLICATION, SELECT, VOTE_APPLICATION
from consortia.models import Application, Call
from consortia.states import ApplicationState
from core.actors import Actor
from core.admin import fields
from core.admin.deciding import approval_refused
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.models import Decision
from core.models.decision import DecisionState
from evaluation.admin.round_decisions import RoundDecision
from evaluation.models import Round
from evaluation.operations.marks import see_experts

CHOOSE = _("고르십시오")


class ScreeningForm(OperationForm):
    eligible = fields.choice(_("적격 여부"), [("yes", _("적격")), ("no", _("부적격"))], blank=CHOOSE)
    reason = fields.reason(_("사유"))


@on(Application)
class ScreenApplication(OperationPage):
    """Settles whether an application is considered."""

    verb = SCREEN_APPLICATION
    form_class = ScreeningForm
    icon = "rule"

    def concerns(self, subject: Application) -> bool:
        return subject.withdrawn_at is None and not hasattr(subject, "screening")

    def blocked(self, subject: Application, *, actor: Actor, now: datetime) -> str:
        return refusal(require_standing, subject) or refusal(require_taken, subject.call, now)

    def follows(self, subject: Application, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("부적격인 응모는 평가하지 않습니다. 한 번 검토한 결과는 바꿀 수 없습니다.")]

    def perform(self, subject: Application, given: dict[str, Any], *, actor: Actor, now: datetime) -> Screening:
        screening: Screening = screen_application(
            subject, eligible=given["eligible"] == "yes", reason=given["reason"], actor=actor, now=now
        )
        return screening

    def done(self, subject: Application, result: Screening) -> Any:
        word = _("적격") if result.eligible else _("부적격")
        return _("%(application)s: 검토했습니다(%(word)s).") % {"application": subject, "word": word}


class VoteForm(OperationForm):
    accept = fields.choice(_("기준 충족"), [("yes", _("충족")), ("no", _("미충족"))], blank=CHOOSE)
    reason = fields.reason(_("이유"))


@on(Application)
class VoteApplication(OperationPage):
    """An evaluator says whether an application meets the standard, once."""

    verb = VOTE_APPLICATION
    form_class = VoteForm
    icon = "how_to_vote"

    def concerns(self, subject: Application) -> bool:
        return subject.withdrawn_at is None

    def blocked(self, subject: Application, *, actor: Actor, now: datetime) -> str:
        if subject.votes.filter(account=actor.person()).exists():
            return str(_("이미 의견을 냈습니다. 한 번 낸 의견은 바꿀 수 없습니다."))
        return refusal(require_call_evaluator, subject.call, subject, actor.person(), actor, now) or refusal(
            require_taken, subject.call, now
        )

    def follows(self, subject: Application, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("낸 의견은 바꿀 수 없습니다. 평가위원 전원의 과반이 인정한 팀만 선정됩니다.")]

    def perform(self, subject: Application, given: dict[str, Any], *, actor: Actor, now: datetime) -> Vote:
        facts = {"accept": given["accept"] == "yes", "reason": given["reason"]}
        vote: Vote = vote_application(subject, person=actor.person(), actor=actor, now=now, **facts)
        return vote

    def done(self, subject: Application, result: Vote) -> Any:
        word = _("충족") if result.accept else _("미충족")
        return _("%(application)s: %(word)s 의견을 냈습니다.") % {"application": subject, "word": word}


class SelectForm(OperationForm):
    team = fields.choice(_("선정할 팀"), (), blank=CHOOSE)
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        votes = majorities(self.subject, self.now)
        left = self.subject.applications.filter(state=ApplicationState.SUBMITTED).select_related("team")
        choices = [(each.team.code, f"{each.team} — {majority_words(votes[each.pk])}") for each in left]
        nobody = (NOBODY, _("선정하지 않음"))
        self.fields["team"].choices = [("", CHOOSE), *choices, nobody]  # type: ignore[attr-defined]


@on(Call)
class Select(RoundDecision):
    """Prepares the selection of a team, or of nobody."""

    verb = SELECT
    form_class = SelectForm
    brief_needs = ("programme__teams",)
    icon = "military_tech"
    dangerous = True

    def blocked(self, subject: Call, *, actor: Actor, now: datetime) -> str:
        return refusal(require_taken, subject, now)

    def arguments(self, subject: Call, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"team": given["team"]}

    @classmethod
    def in_words(cls, subject: Call, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        if arguments["team"] == NOBODY:
            return [(_("선정"), _("선정하지 않음"))]
        team = next((team for team in subject.programme.teams.all() if team.code == arguments["team"]), None)
        return [(_("선정"), team or arguments["team"])]

    @classmethod
    def round_of(cls, subject: Call) -> Round:
        return subject.authorisation.round

    @classmethod
    def foreseen(cls, decision: Decision, subject: Call, *, reader: Actor, now: datetime) -> str:
        """The votes on which the selection rests; of one that was approved, those of who were evaluators then.

        Reading them is recorded.
        """
        if decision.state not in {DecisionState.PREPARED, DecisionState.APPROVED}:
            return ""
        at = decision.settled_at or now
        why = approval_refused(decision, subject, now=now)
        votes = list(Vote.objects.filter(application__call=subject))
        see_experts(subject, {"votes": votes}, actor=reader, now=now)
        return votes_shown(subject, votes, chosen=decision.arguments["team"], at=at, refusal=why)

    @classmethod
    def consequences(cls, subject: Call, arguments: Mapping[str, Any]) -> Sequence[Any]:
        if arguments.get("team") == NOBODY:
            return [_("공모를 끝내고, 공석은 다시 결정할 때까지 비어 있습니다.")]
        return [
            _("선정한 팀은 다음 단계에 참여할 수 있고, 결과는 공모의 공개 화면에 나옵니다."),
            _("자리를 모두 채우거나 선정하지 않으면 공모가 끝나고, 나머지 응모는 미선정이 됩니다."),
        ]
