"""What was published and what followed: snapshots and notices."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.columns import pretty
from evaluation.models import Snapshot


class SnapshotAdmin(ProgrammeThingAdmin):
    """Published standings, never changed. The round's own page shows the newest as a table."""

    programme_path = "round__programme"
    fields = ("round", "number", "made_at", "advanced", "vacancies", "digest", "inputs_digest", "means_shown")
    readonly_fields = ("means_shown",)
    list_display = ("__str__", "made_at", "advanced", "vacancies", "digest_shown")
    list_filter = ("round",)
    list_select_related = ("round__programme",)

    @admin.display(description=_("평균"))
    def means_shown(self, obj: Snapshot) -> Any:
        return pretty(obj.means)

    @admin.display(description=_("결과 요약값"))
    def digest_shown(self, obj: Snapshot) -> str:
        return obj.digest[:16]


class NoticeAdmin(ProgrammeThingAdmin):
    """Each team's notice, and the window that runs from its arrival."""

    programme_path = "entry__round__programme"
    fields = ("announcement", "entry", "arrived_at", "window_closes_at")
    list_display = ("entry", "announcement", "arrived_at", "window_closes_at")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme", "announcement__snapshot__round")
