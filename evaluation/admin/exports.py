"""Exports: how far one is, what came of it, and its file as long as it is kept."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeWorkAdmin
from core.admin.acting import acting, now_of
from core.admin.columns import badged
from evaluation.models import Export
from evaluation.verbs import DOWNLOAD_EXPORT


class ExportAdmin(ProgrammeWorkAdmin):
    """결과 묶음."""

    programme_path = "round__programme"
    change_form_template = "panel/export.html"
    fields = ("round", "snapshot", "by", "at", "size", "sha256", "kept_until")
    list_display = ("__str__", "round", "snapshot", "phase_badge", "by", "at", "kept_until")
    list_filter = ("phase", "round")
    list_select_related = ("round__programme", "snapshot__round", "by")
    empty = _(
        "발표한 결과를 남이 다시 계산해 볼 수 있는 묶음입니다. 발표한 단계의 화면에서 내보내기를 요청하면 실립니다."
    )
    phase_badge = staticmethod(badged("phase", _("상태")))

    def more(self, request: HttpRequest, obj: Export) -> dict[str, Any]:
        kept = bool(obj.stored_as) and obj.kept_until is not None and obj.kept_until > now_of(request)
        return {"downloadable": kept and acting(request).may(DOWNLOAD_EXPORT)}
