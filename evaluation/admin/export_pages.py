"""A published result, exported: asked for on its round, and given up while it is being made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.forms import OperationForm
from core.admin.giving_up import GiveUpPage
from core.admin.pages import OperationPage, on, refusal
from evaluation.models import Export, Round
from evaluation.operations.exporting import require_published
from evaluation.operations.exports import LIFE, ask_for_export, cancel_export
from evaluation.states import RoundState
from evaluation.verbs import CANCEL_EXPORT, EXPORT_ROUND


class ExportForm(OperationForm):
    number = fields.choice(_("순위표"), ())

    def choose(self) -> None:
        numbers = self.subject.snapshots.order_by("-number").values_list("number", flat=True)
        self.fields["number"].choices = [(n, _("순위표 %(n)s") % {"n": n}) for n in numbers]  # type: ignore[attr-defined]


@on(Round)
class ExportRound(OperationPage):
    """Asks for the archive, and leads to where it is told how far it is."""

    verb = EXPORT_ROUND
    form_class = ExportForm
    icon = "folder_zip"

    def concerns(self, subject: Round) -> bool:
        return subject.state != RoundState.DRAFT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_published, subject)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("고른 순위표와 규칙, 그때 반영한 값을 한 파일(zip)로 만듭니다."),
            _("묶음 안의 verify.py로 결과를 누구나 다시 계산해 볼 수 있습니다."),
            _("평가위원은 실리지 않고, 평가표에만 번호가 붙습니다. 누가 요청하고 내려받았는지 기록에 남습니다."),
            _("파일은 %(days)s일 동안 보관합니다.") % {"days": LIFE.days},
        ]

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Export:
        export: Export = ask_for_export(subject, number=int(given["number"]), actor=actor, now=now)
        return export

    def after(self, subject: Round, result: Export) -> str:
        return reverse("admin:evaluation_export_change", args=[result.pk])

    def done(self, subject: Round, result: Export) -> Any:
        return _("묶음을 만들고 있습니다. 이 화면을 떠나도 계속됩니다.")


@on(Export)
class CancelExport(GiveUpPage):
    """Gives an export up, also while it is being made."""

    verb = CANCEL_EXPORT
    left = _("만들고 있다면 멈춥니다. 파일은 남지 않으며, 언제든지 다시 요청할 수 있습니다.")

    def perform(self, subject: Export, given: dict[str, Any], *, actor: Actor, now: datetime) -> Export:
        export: Export = cancel_export(subject, actor=actor, now=now)
        return export
