"""Long rosters: how far one is, what came of it, and how it is given up."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeWorkAdmin
from consortia.models import RosterImport
from consortia.operations.roster_imports import cancel_roster
from consortia.verbs import CANCEL_ROSTER
from core.actors import Actor
from core.admin.columns import badged
from core.admin.giving_up import GiveUpPage
from core.admin.pages import on


class RosterImportAdmin(ProgrammeWorkAdmin):
    """명단 가져오기."""

    change_form_template = "panel/roster_import.html"
    fields = ("programme", "kind", "total", "by", "at")
    list_display = ("__str__", "programme", "kind", "phase_badge", "by", "at")
    list_filter = ("phase", "kind", "programme")
    list_select_related = ("programme", "by")
    empty = _("한 번에 등록하기에 긴 명단입니다. 사업의 화면에서 긴 명단을 가져오면 얼마나 등록했는지 실립니다.")
    phase_badge = staticmethod(badged("phase", _("상태")))


@on(RosterImport)
class CancelRoster(GiveUpPage):
    """Gives a roster up, also while it is being brought in."""

    verb = CANCEL_ROSTER
    left = _("등록하고 있다면 멈추고, 그때까지 등록한 줄도 남지 않습니다.")

    def perform(self, subject: RosterImport, given: dict[str, Any], *, actor: Actor, now: datetime) -> RosterImport:
        work: RosterImport = cancel_roster(subject, actor=actor, now=now)
        return work
