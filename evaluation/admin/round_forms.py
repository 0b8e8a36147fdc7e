"""What officials say when they decide on a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from evaluation.queries.standings import groups_tied
from evaluation.states import Disclosure, VerdictValue

CHOOSE = _("고르십시오")


class GateForm(OperationForm):
    gate = fields.choice(_("요건"), ())
    team = fields.choice(_("정예팀"), ())
    verdict = fields.choice(_("판정"), VerdictValue.choices, blank=CHOOSE)
    reason = fields.reason(_("사유"), help_text=_("팀에 보내는 통지에 실립니다."))

    def choose(self) -> None:
        gates, teams = self.fields["gate"], self.fields["team"]
        gates.choices = list(self.subject.gates.values_list("code", "name_ko"))  # type: ignore[attr-defined]
        teams.choices = [("", CHOOSE), *teams_of(self.subject)]  # type: ignore[attr-defined]


class TieForm(OperationForm):
    """A place for each team of the largest tied group."""

    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        names = dict(teams_of(self.subject))
        groups = groups_tied(self.subject)
        size = max((len(group) for group in groups), default=0)
        tied = [(team, names[team]) for group in groups for team in group]
        for place in range(size):
            self.fields[f"place_{place + 1}"] = fields.choice(
                _("%(place)s번째") % {"place": place + 1},
                tied,
                blank=CHOOSE,
                required=place < 2,  # noqa: PLR2004 - a tie has two
            )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if len(self.fields) == 1:
            raise forms.ValidationError(_("지금 동점인 팀이 없습니다."))
        return given


class AnnounceForm(OperationForm):
    disclosure = fields.choice(
        _("공개 범위"),
        Disclosure.choices,
        initial=Disclosure.OUTCOMES,
        help_text=_("나중에 넓힐 수는 있어도 좁힐 수는 없습니다."),
    )
    reason = fields.reason(_("결재자에게 남기는 말"), required=False)

    def choose(self) -> None:
        for team, name in teams_of(self.subject):
            self.fields[f"delivered_{team}"] = fields.moment(
                _("%(team)s 통지 도달 시각") % {"team": name},
                required=False,
                help_text=_("발표와 동시에 도달하면 비워 둡니다."),
            )
        self.order_fields(["disclosure", *(name for name in self.fields if name.startswith("delivered_")), "reason"])


class ExtendForm(OperationForm):
    reason = fields.reason(_("사유"))


def teams_of(round: Any) -> list[tuple[str, str]]:
    """The round's teams, by code and name."""
    return list(round.entries.values_list("team__code", "team__name_ko"))
