"""Force majeure: two officials stop the clock of named teams, and let it go on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import on
from core.calendar.words import window_words
from core.wording import language
from evaluation.admin.round_decisions import RoundDecision
from evaluation.admin.round_forms import names_of
from evaluation.admin.windows_in_hand import windows_in_hand
from evaluation.models import Notice, Round
from evaluation.states import RoundState
from evaluation.verbs import RESUME_CLOCK, STOP_CLOCK


class StopForm(OperationForm):
    teams = fields.several(_("정지할 팀"), ())
    reason = fields.reason(_("사유"), help_text=_("천재지변 등 그 팀이 책임질 수 없는 사유"))

    def choose(self) -> None:
        zone, running = self.subject.programme.zone, _running(self.subject, self.now)
        ends = {each.entry: each.window_closes_at for each in running}  # a team's newest window ends last
        self.fields["teams"].choices = [  # type: ignore[attr-defined]
            (entry.team.code, f"{entry} — {window_words(closes_at, zone, language())}")
            for entry, closes_at in ends.items()
            if closes_at is not None
        ]


class ResumeForm(OperationForm):
    teams = fields.several(_("재개할 팀"), ())
    reason = fields.reason(_("사유"), help_text=_("정지한 사유가 끝난 때와 근거"))

    def choose(self) -> None:
        left = {each.notice.entry: each.days for each in windows_in_hand(self.subject) if each.stopped}
        self.fields["teams"].choices = [  # type: ignore[attr-defined]
            (entry.team.code, _("%(team)s — 남은 %(days)s일") % {"team": entry, "days": days})
            for entry, days in left.items()
        ]


class ClockPage(RoundDecision):
    """A decision about the clock of some of a round's teams."""

    brief_needs = ("entries__team",)

    def concerns(self, subject: Round) -> bool:
        return subject.state == RoundState.ANNOUNCED

    def arguments(self, subject: Round, given: Mapping[str, Any]) -> dict[str, Any]:
        return {"teams": given["teams"]}

    @classmethod
    def in_words(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        names = names_of(subject)
        return [(_("정예팀"), ", ".join(names.get(team, team) for team in arguments["teams"]))]


@on(Round)
class StopClock(ClockPage):
    """Prepares that the clock of some teams stands still."""

    verb = STOP_CLOCK
    form_class = StopForm
    icon = "pause_circle"

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return "" if _running(subject, now) else str(_("이의신청 기간이 진행 중인 팀이 없습니다."))

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("결재한 때부터 그 팀의 이의신청 기간이 흐르지 않습니다. 정지한 날은 남은 날에 넣어 셉니다."),
            _("정지된 동안에도 이의신청은 할 수 있으며, 재개할 때까지 이 단계는 확정되지 않습니다."),
        ]


@on(Round)
class ResumeClock(ClockPage):
    """Prepares that the clock of some teams goes on."""

    verb = RESUME_CLOCK
    form_class = ResumeForm
    icon = "resume"

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        standing = any(each.stopped for each in windows_in_hand(subject))
        return "" if standing else str(_("이의신청 기간이 정지된 팀이 없습니다."))

    @classmethod
    def consequences(cls, subject: Round, arguments: Mapping[str, Any]) -> Sequence[Any]:
        return [
            _("결재한 다음 날부터 남은 일수를 셉니다. 마지막 날이 토요일이나 공휴일이면 다음 근무일에 끝납니다."),
        ]


def _running(round: Round, now: datetime) -> list[Notice]:
    return [each.notice for each in windows_in_hand(round) if each.runs(now)]
