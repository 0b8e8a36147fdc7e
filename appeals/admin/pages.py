"""Running the sweep by hand."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.sweeps import Swept, sweep
from appeals.verbs import SWEEP
from core.actors import Actor
from core.admin.pages import OperationPage, on
from core.errors import Code, Refused
from core.models import Pulse


@on(Pulse)
class SweepNow(OperationPage):
    """Does at once what the machine does every minute."""

    verb = SWEEP
    icon = "autorenew"
    about_object = False

    def button(self) -> Any:
        return _("정기 처리 지금 실행")

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> list[Any]:
        return [
            _("때가 된 일만 합니다: 이의신청이 끝난 단계의 확정, 승인된 공모의 개시, 접수 마감, 순위 재계산."),
            _("여러 번 실행해도 결과는 같습니다."),
        ]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> Swept:
        try:
            return sweep(actor=actor, now=now)
        except ExceptionGroup as faults:
            left = _(
                "%(n)s건을 처리하지 못했습니다. 나머지는 처리했습니다. 다음 정기 처리에서 다시 시도합니다. "
                "계속되면 시스템 운영자에게 알려 주십시오."
            ) % {"n": len(faults.exceptions)}
            raise Refused(Code.STILL_PENDING, left) from faults

    def done(self, subject: Any, result: Swept) -> Any:
        did = [
            (_("확정한 단계"), result.closed),
            (_("공모를 연 공석"), result.opened),
            (_("마감한 공모"), result.calls_closed),
        ]
        said = [f"{label}: {', '.join(names)}" for label, names in did if names]
        return " · ".join(said) or _("정기 처리를 마쳤습니다. 지금 때가 된 일은 없습니다.")

    def after(self, subject: Any, result: Swept) -> str:
        return self.admin.list_address()
