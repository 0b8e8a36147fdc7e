"""What officials say when they decide on a round."""

from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from core.names import name_field
from evaluation.queries.service import without_consent
from evaluation.queries.standings import groups_tied
from evaluation.states import Disclosure, VerdictValue

CHOOSE = _("고르십시오")


class OpenForm(OperationForm):
    reason = fields.reason(
        _("사유"), required=False, help_text=_("기록에 남습니다. 계획대로 개시하면 비워 두어도 됩니다.")
    )


class GateForm(OperationForm):
    gate = fields.choice(_("요건"), ())
    team = fields.choice(_("정예팀"), ())
    verdict = fields.choice(_("판정"), VerdictValue.choices, blank=CHOOSE)
    reason = fields.reason(_("사유"), help_text=_("팀에 보내는 통지에 실립니다."))

    def choose(self) -> None:
        gates, teams = self.fields["gate"], self.fields["team"]
        gates.choices = list(self.subject.gates.values_list("code", name_field()))  # type: ignore[attr-defined]
        teams.choices = [("", CHOOSE), *teams_of(self.subject)]  # type: ignore[attr-defined]


class TieForm(OperationForm):
    """A place for each team of the largest tied group; nothing but the reason where no teams are tied."""

    NOTHING_TIED = _("지금 동점인 팀이 없습니다.")
    not_to_foresee = ("reason",)

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
        if self.nothing_tied():
            raise forms.ValidationError(self.NOTHING_TIED)
        return given

    def nothing_tied(self) -> bool:
        """Whether there is no place to give."""
        return len(self.fields) == 1


class AnnounceForm(OperationForm):
    disclosure = fields.choice(
        _("공개 범위"),
        Disclosure.choices,
        initial=Disclosure.OUTCOMES,
        help_text=_("나중에 넓힐 수는 있어도 좁힐 수는 없습니다."),
    )
    on_paper = fields.several(
        _("서면으로 송달할 팀"),
        (),
        required=False,
        help_text=_(
            "전자 송달에 동의하지 않은 팀에는 서면으로 송달합니다. 서면 통지는 도달을 증빙과 함께 기록한 때부터 "
            "이의신청 기간이 흐릅니다. 발표 자리에서 직접 건네는 등 도달을 확인할 수 있는 팀은 표시를 지웁니다."
        ),
    )
    reason = fields.reason(_("결재자에게 남기는 말"), required=False)

    def choose(self) -> None:
        without = without_consent(self.subject)
        teams = teams_of(self.subject)
        paper = self.fields["on_paper"]
        paper.choices = [(team, _consent(name, agreed=team not in without)) for team, name in teams]  # type: ignore[attr-defined]
        paper.initial = without
        for team, name in teams:
            self.fields[f"delivered_{team}"] = fields.moment(
                _("%(team)s 통지 도달 시각") % {"team": name},
                required=False,
                help_text=_("발표와 동시에 도달하거나 서면으로 송달하면 비워 둡니다."),
            )
        arrivals = (name for name in self.fields if name.startswith("delivered_"))
        self.order_fields(["disclosure", "on_paper", *arrivals, "reason"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for team in given.get("on_paper", ()):
            if given.get(f"delivered_{team}"):
                both = _("서면으로 송달하는 팀의 도달은 도달한 뒤에 증빙과 함께 기록합니다.")
                self.add_error(f"delivered_{team}", both)
        return given


def _consent(name: str, *, agreed: bool) -> str:
    words = _("%(team)s (전자 송달 동의)") if agreed else _("%(team)s (전자 송달 동의 없음)")
    return str(words % {"team": name})


class ExtendForm(OperationForm):
    reason = fields.reason(_("사유"))


def names_of(round: Any) -> dict[str, str]:
    """The round's teams by code, of the entries as they were read with it, or read now."""
    entries = list(round.entries.all())
    prefetch_related_objects(entries, "team")
    return {entry.team.code: entry.team.name for entry in entries}


def teams_of(round: Any) -> list[tuple[str, str]]:
    """The round's teams, by code and name."""
    return list(round.entries.values_list("team__code", name_field("team__")))
