"""An expert's declaration of interests (이해관계 확인서): one page for all teams of a round, before the first look."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from evaluation.models import Round
from evaluation.operations.conflicts import CLEARED, declare_conflicts
from evaluation.policies import conflicts, undeclared
from evaluation.states import ConflictKind, RoundState
from evaluation.verbs import DECLARE_CONFLICTS

CHOOSE, NOBODY = _("고르십시오"), _("이해관계를 신고할 팀이 없습니다.")


def awaited(round: Round, actor: Actor, now: datetime) -> list[Team]:
    """The teams about which the expert has yet to declare, in the order of entries; none off the round's panel."""
    person = actor.person()
    if not round.panel.filter(account=person).exists():
        return []
    teams = [entry.team for entry in round.entries.filter(withdrawn_at=None).select_related("team")]
    known = conflicts(round, [person.pk], [team.pk for team in teams], now)
    waiting = undeclared(round, person, {team: found for (_, team), found in known.items()})
    return [team for team in teams if team.pk in waiting]


class DeclareForm(OperationForm):
    """A kind for each team, and a reason where there is something to declare."""

    def choose(self) -> None:
        self.teams = awaited(self.subject, self.actor, self.now)
        for team in self.teams:
            label = {"team": team}
            kinds = [(ConflictKind.NONE.value, _("이해관계 없음")), *ConflictKind.choices[:-1]]
            self.fields[f"kind_{team.code}"] = fields.choice(str(team), kinds, blank=CHOOSE)
            self.fields[f"reason_{team.code}"] = fields.text(
                _("%(team)s · 사유") % label, required=False, help_text=_("이해관계가 있으면 적습니다.")
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        declared: dict[Team, tuple[ConflictKind, str]] = {}
        for team in self.teams:
            kind, reason = given.get(f"kind_{team.code}"), given.get(f"reason_{team.code}", "").strip()
            if not kind:
                continue  # its field has said so
            if kind != ConflictKind.NONE and not reason:
                self.add_error(f"reason_{team.code}", _("이해관계의 내용을 적어야 합니다."))
            declared[team] = ConflictKind(kind), reason or CLEARED
        if not self.teams:
            self.add_error(None, NOBODY)
        return {"declared": declared}


@on(Round)
class DeclareConflicts(OperationPage):
    """What an expert declares of himself and every team that he has not declared about."""

    verb = DECLARE_CONFLICTS
    form_class = DeclareForm
    icon = "how_to_reg"

    def concerns(self, subject: Round) -> bool:
        return subject.state in {RoundState.DRAFT, RoundState.SCORING}

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> list[Any]:
        if not awaited(subject, actor, now):
            return [NOBODY]
        return [
            _("고용, 친족, 상호 평가 관계나 같은 부서인 사람이 팀에 있으면 이해관계가 있는 것입니다."),
            _("이해관계가 있는 팀은 평가하지 않습니다. 신고한 것은 기록에 남고 고칠 수 없습니다."),
        ]

    def perform(self, subject: Round, given: Mapping[str, Any], *, actor: Actor, now: datetime) -> Any:
        return declare_conflicts(subject, declared=given["declared"], actor=actor, now=now)

    def done(self, subject: Round, result: Any) -> Any:
        return _("%(n)s팀에 대한 이해관계를 신고했습니다.") % {"n": len(result)}

    def after(self, subject: Round, result: Any) -> str:
        """Back to the list of one's teams."""
        return reverse("admin:index")
