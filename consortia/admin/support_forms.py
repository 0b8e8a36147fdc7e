"""What officials say when they decide on support."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from consortia.models import Programme, SupportLine
from consortia.queries import exempt_from
from consortia.states import SupportKind
from core.admin import fields
from core.admin.forms import OperationForm
from core.names import name_field

CHOOSE = _("고르십시오")
MOST = 10**15
"""Beyond every budget in won, and within what a row can hold."""


class LineForm(OperationForm):
    programme = fields.thing(_("사업"), Programme.objects.all())
    code = fields.text(_("코드"), max_length=64, help_text=_("소문자, 숫자, 밑줄, 붙임표. 예: gpu-2"))
    kind = fields.choice(_("지원 종류"), SupportKind.choices, blank=CHOOSE)
    name_ko = fields.text(_("지원 항목명"), max_length=200)
    name_en = fields.text(_("영문 지원 항목명"), max_length=200)
    model = fields.text(_("GPU 종류"), max_length=100, required=False, help_text=_("GPU 지원에만 적습니다. 예: B200"))
    number = fields.whole(_("팀당 수량"), validators=[MaxValueValidator(MOST)])
    unit = fields.text(_("단위"), max_length=20, help_text=_("예: 장, 원, 명, 건"))
    since = fields.day(_("부터"))
    until = fields.day(_("까지"), required=False, help_text=_("끝이 없으면 비워 둡니다. 두 날 모두 넣어 셉니다."))

    def choose(self) -> None:
        programmes = list(Programme.objects.values_list("pk", flat=True)[:2])
        if len(programmes) == 1:
            self.fields["programme"].initial = programmes[0]


class ExceptForm(OperationForm):
    team = fields.choice(_("정예팀"), (), required=False)
    organisation = fields.choice(
        _("기관"),
        (),
        required=False,
        help_text=_("이 기관이 주관하는 모든 팀에 미칩니다. 팀과 기관 가운데 하나만 고릅니다."),
    )
    number = fields.whole(
        _("대신 받는 수량"), initial=0, validators=[MaxValueValidator(MOST)], help_text=_("받지 않으면 0")
    )
    reason = fields.reason(_("서면 사유"), help_text=_("형평 보고에 그대로 실립니다."))

    def choose(self) -> None:
        programme = self.subject.programme
        for name, rows in (("team", programme.teams), ("organisation", programme.organisations)):
            self.fields[name].choices = [("", "—"), *rows.values_list("code", name_field())]  # type: ignore[attr-defined]


class GrantForm(OperationForm):
    teams = fields.several(_("배정할 팀"), ())
    since = fields.day(_("부터"), required=False, help_text=_("비워 두면 항목의 첫날"))
    until = fields.day(_("까지"), required=False, help_text=_("비워 두면 항목의 마지막 날"))
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        self.fields["teams"].choices = teams_with_their_due(self.subject)  # type: ignore[attr-defined]


class ReallocateForm(OperationForm):
    giver = fields.choice(_("회수 대상 팀"), (), help_text=_("이 항목을 회수했으나 아직 재배정하지 않은 팀"))
    team = fields.choice(_("받을 팀"), ())
    since = fields.day(_("부터"))
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        returned = self.subject.grants.filter(returned_on__isnull=False, returned__reallocated=None)
        givers = dict(returned.values_list("team__code", name_field("team__")))
        self.fields["giver"].choices = [("", CHOOSE), *givers.items()]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", CHOOSE), *teams_with_their_due(self.subject)]  # type: ignore[attr-defined]


class ReturnForm(OperationForm):
    day = fields.day(_("회수일"), help_text=_("이 날부터 팀이 지원을 갖지 않습니다."))
    reason = fields.reason(_("사유"))


def teams_with_their_due(line: SupportLine) -> list[tuple[str, str]]:
    """The programme's teams, each with what it is due of the line: nobody types a number."""
    teams = list(line.programme.teams.all())
    exempt = exempt_from([line.pk], [team.pk for team in teams], line.since)
    named = []
    for team in teams:
        own = exempt.get((line.pk, team.pk))
        due: Any = f"{line.number if own is None else own.number:,}{line.unit}"
        if own is not None:
            due = _("예외: %(due)s") % {"due": due} if own.number else _("예외: 받지 않음")
        named.append((team.code, f"{team} — {due}"))
    return named
