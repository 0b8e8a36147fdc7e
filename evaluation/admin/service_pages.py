"""Serving: the arrival of notices on paper, and a team's consent to be served electronically."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on
from core.templatetags.simsa import until
from evaluation.models import Notice
from evaluation.operations.consenting import record_service_consent, withdraw_service_consent
from evaluation.operations.serving import record_arrival
from evaluation.queries.service import consented_address
from evaluation.states import Service
from evaluation.verbs import RECORD_ARRIVAL, RECORD_SERVICE_CONSENT, WITHDRAW_SERVICE_CONSENT


class ArrivalForm(OperationForm):
    arrived_at = fields.moment(_("도달 시각"), help_text=_("받는 사람에게 실제로 도달한 날과 시각"))
    evidence = fields.reason(_("도달 증빙"), help_text=_("등기 번호, 수령증, 받은 사람 등 나중에 확인할 수 있는 것"))

    def clean_arrived_at(self) -> datetime:
        """A minute is typed and the announcement has its second: in its own minute a paper arrives as it is made."""
        arrived_at: datetime = self.cleaned_data["arrived_at"]
        announced_at: datetime = self.subject.announcement.announced_at
        return announced_at if arrived_at == announced_at.replace(second=0, microsecond=0) else arrived_at


@on(Notice)
class RecordArrival(OperationPage):
    """Records when a notice on paper arrived."""

    verb = RECORD_ARRIVAL
    form_class = ArrivalForm
    icon = "mark_email_read"

    def concerns(self, subject: Notice) -> bool:
        return subject.service == Service.PAPER

    def blocked(self, subject: Notice, *, actor: Actor, now: datetime) -> str:
        return str(_("이미 도달을 기록한 통지입니다.")) if subject.arrived_at else ""

    def follows(self, subject: Notice, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("도달한 다음 날부터 %(days)s일 동안 이 팀이 이의신청을 할 수 있습니다.")
            % {"days": subject.entry.round.appeal_days},
            _("기록한 도달은 고칠 수 없습니다."),
        ]

    def perform(self, subject: Notice, given: dict[str, Any], *, actor: Actor, now: datetime) -> Notice:
        notice: Notice = record_arrival(subject, **given, actor=actor, now=now)
        return notice

    def done(self, subject: Notice, result: Notice) -> Any:
        return _("%(team)s 통지의 도달을 기록했습니다. 이의신청은 %(until)s 할 수 있습니다.") % {
            "team": result.entry.team,
            "until": until(result.window_closes_at),
        }


class ConsentForm(OperationForm):
    address = fields.text(_("송달 주소(전자우편)"), max_length=254, help_text=_("팀이 통지를 받을 주소로 지정한 것"))


@on(Team)
class RecordServiceConsent(OperationPage):
    """Records that a team agrees to electronic service, at the address that it names."""

    verb = RECORD_SERVICE_CONSENT
    form_class = ConsentForm
    icon = "mark_email_unread"

    def follows(self, subject: Team, *, actor: Actor, now: datetime) -> list[Any]:
        standing = consented_address(subject)
        now_at = _("지금 지정한 주소: %(address)s") % {"address": standing.address} if standing else ""
        return [
            *([now_at] if now_at else ()),
            _("다음 통지부터 전자문서로 송달하며, 시스템에 입력된 때 도달한 것으로 봅니다."),
            _("마감 알림도 이 주소로 보냅니다. 동의는 언제든지 철회할 수 있습니다."),
        ]

    def perform(self, subject: Team, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return record_service_consent(subject, **given, actor=actor, now=now)

    def done(self, subject: Team, result: Any) -> Any:
        return _("%(team)s: 전자 송달 동의와 주소를 기록했습니다(%(address)s).") % {
            "team": subject,
            "address": result.address,
        }


@on(Team)
class WithdrawServiceConsent(OperationPage):
    """Takes a team's consent back."""

    verb = WITHDRAW_SERVICE_CONSENT
    icon = "unsubscribe"

    def blocked(self, subject: Team, *, actor: Actor, now: datetime) -> str:
        return "" if consented_address(subject) else str(_("전자 송달에 동의하지 않은 팀입니다."))

    def follows(self, subject: Team, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("다음 통지부터 서면으로 송달합니다. 이미 전자문서로 도달한 통지는 그대로 효력이 있습니다.")]

    def perform(self, subject: Team, given: dict[str, Any], *, actor: Actor, now: datetime) -> None:
        withdraw_service_consent(subject, actor=actor, now=now)

    def done(self, subject: Team, result: None) -> Any:
        return _("%(team)s: 전자 송달 동의를 철회했습니다.") % {"team": subject}
