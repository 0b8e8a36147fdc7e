"""Verifications of the ledger: asked for on their list, how far one is, what was found, and given up while it runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.base import WorkAdmin
from core.admin.columns import badge, badged
from core.admin.giving_up import GiveUpPage
from core.admin.pages import OperationPage, on
from core.ledger.verifier import BLOCKS, ITEMS, Damage
from core.models import Verification
from core.operations.verifications import ask_for_verification, cancel_verification
from core.own_verbs import CANCEL_VERIFICATION, VERIFY_LEDGER
from core.queries import newest_verifications
from core.wording import language


class VerificationAdmin(WorkAdmin):
    """원장 검증."""

    change_form_template = "panel/verification.html"
    fields = ("asked_by", "at", "records", "blocks", "head")
    readonly_fields = ("asked_by",)
    list_display = ("__str__", "phase_badge", "ledger", "said", "records", "blocks", "asked_by", "at")
    list_filter = ("phase",)
    list_select_related = ("by",)
    empty = _("원장의 사슬과 모든 행을 견준 것입니다. 밤마다 한 번 하고, 위의 단추로 언제든지 할 수 있습니다.")
    phase_badge = staticmethod(badged("phase", _("상태")))

    @admin.display(description=_("요청한 사람"))
    def asked_by(self, obj: Verification) -> Any:
        return obj.by or _("정기 검증")

    @admin.display(description=_("원장"))
    def ledger(self, obj: Verification) -> SafeString | str:
        if not obj.head:
            return "—"
        return badge("passed", _("이상 없음")) if obj.damage is None else badge("failed", _("손상"))

    def more(self, request: HttpRequest, obj: Verification) -> dict[str, Any]:
        damage = obj.damage
        return {} if damage is None else {"damage": damage_words(damage), "damaged_url": _where(damage)}


def damage_words(damage: Damage) -> str:
    """What is wrong, in the language of whoever reads."""
    korean, english = damage.sentences
    return english if language() == "en" else korean


def last_found() -> dict[str, Any]:
    """For a first page: how the ledger was last found, and whether a job is at it."""
    last, under_way = newest_verifications()
    damage = None if last is None else last.damage
    return {"last": last, "under_way": under_way, "damage": "" if damage is None else damage_words(damage)}


def _where(damage: Damage) -> str:
    """Where the panel shows what the ledger says of the place."""
    if damage.relation == BLOCKS:
        return reverse("admin:core_ledgerblock_changelist")
    about = {"relation": damage.relation, "row_key": damage.row_key}
    asked = {name: each for name, each in about.items() if each} if damage.relation != ITEMS else {}
    return f"{reverse('admin:core_ledgeritem_changelist')}?{urlencode(asked)}"


@on(Verification)
class VerifyLedger(OperationPage):
    """Asks that the ledger be verified, and leads to where it is told how far that is."""

    verb = VERIFY_LEDGER
    icon = "policy"
    about_object = False

    def follows(self, subject: None, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("원장의 사슬을 처음부터 따라가며 블록마다 머리값을 다시 계산합니다."),
            _("원장에 기록하는 표마다 지금의 행을 원장에 남은 마지막 내용과 견줍니다."),
            _("처음으로 어긋난 곳에서 멈추고, 어디인지 알립니다. 아무것도 고치지 않습니다."),
            _("그동안에도 누구나 하던 일을 계속할 수 있고, 검증은 언제든지 멈출 수 있습니다."),
        ]

    def perform(self, subject: None, given: dict[str, Any], *, actor: Actor, now: datetime) -> Verification:
        verification: Verification = ask_for_verification(actor=actor, now=now)
        return verification

    def done(self, subject: None, result: Verification) -> Any:
        return _("검증하고 있습니다. 이 화면을 떠나도 계속됩니다.")


@on(Verification)
class CancelVerification(GiveUpPage):
    """Gives a verification up, also while a job is at it."""

    verb = CANCEL_VERIFICATION
    left = _("검증하고 있다면 멈춥니다. 아무것도 바뀌지 않으며, 언제든지 다시 요청할 수 있습니다.")

    def perform(self, subject: Verification, given: dict[str, Any], *, actor: Actor, now: datetime) -> Verification:
        verification: Verification = cancel_verification(subject, actor=actor, now=now)
        return verification
