"""Batches of responses of a user panel: which count, and how one that should not have come in is taken out."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.admin.acting import acting
from core.admin.columns import badge
from evaluation.admin.entry_things import EntryThingAdmin
from evaluation.models import ResponseBatch
from evaluation.states import RoundState
from evaluation.verbs import CORRECT


class ResponseBatchAdmin(EntryThingAdmin):
    """응답 묶음. What was answered stands behind the figure, not here."""

    change_form_template = "panel/batch.html"
    fields = ("entry", "criterion", "number_shown", "size", "by", "at", "counted", "digest")
    readonly_fields = ("number_shown", "counted")
    list_display = ("number_shown", "entry", "criterion", "size", "at", "counted")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme", "criterion", "exclusion")
    search_fields = ("code", "entry__team__name_ko", "entry__team__code")
    empty = _("사용자 평가단의 응답이 들어온 묶음입니다. 평가 중인 단계나 참여팀의 화면에서 응답을 넣으면 실립니다.")

    @admin.display(description=_("묶음 번호"))
    def number_shown(self, obj: ResponseBatch) -> str:
        return obj.number

    @admin.display(description=_("반영"))
    def counted(self, obj: ResponseBatch) -> Any:
        exclusion = getattr(obj, "exclusion", None)
        if exclusion is None:
            return badge("passed", _("반영"))
        return format_html("{} {}", badge("failed", _("제외")), exclusion.reason)

    def more(self, request: HttpRequest, obj: ResponseBatch) -> dict[str, Any]:
        round = obj.entry.round
        due = round.state == RoundState.ANNOUNCED and not hasattr(obj, "exclusion") and acting(request).may(CORRECT)
        return {"correction": _correction(obj) if due else ""}


def _correction(batch: ResponseBatch) -> str:
    """The page on which its exclusion is prepared as a correction, with the row filled in."""
    row = {"team": batch.entry.team.code, "what": f"responses:{batch.criterion.code}", "value": batch.number}
    filled = urlencode({f"row-1-{part}": said for part, said in row.items()})
    return f"{reverse('admin:evaluation_round_correct', args=[batch.entry.round_id])}?{filled}"
