"""Published standings, which stay as they were published, and the corrections that made the next ones."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from core.admin.acting import acting, now_of
from core.admin.columns import actor_told, badge
from core.names import name_field
from evaluation.admin import table
from evaluation.admin.foreseen import correction_shown
from evaluation.models import Correction, Snapshot
from evaluation.operations.reading import see_snapshot
from evaluation.queries.standings import BoardRow


class SnapshotAdmin(ProgrammeThingAdmin):
    """Published standings, never changed: one that a correction has superseded says so and leads to its successor."""

    programme_path = "round__programme"
    change_form_template = "panel/snapshot.html"
    fields = (
        *("round", "number", "made_at", "maker", "reason", "criteria_version", "advanced", "vacancies"),
        *("digest", "inputs_digest"),
    )
    readonly_fields = ("maker",)
    list_display = ("__str__", "counts", "made_at", "advanced", "vacancies", "digest_shown")
    list_filter = ("round",)
    list_select_related = ("round__programme", "criteria_version__round")
    ordering = ("-round_id", "-number")
    empty = _("발표하거나 정정할 때 굳힌 순위표입니다. 단계의 결과를 발표하면 첫 순위표가 생깁니다.")

    def get_queryset(self, request: HttpRequest) -> Any:
        later = Snapshot.objects.filter(round=OuterRef("round"), number__gt=OuterRef("number"))
        return super().get_queryset(request).annotate(superseded=Exists(later))

    @admin.display(description=_("효력"))
    def counts(self, obj: Any) -> Any:
        return badge("", _("대체됨")) if obj.superseded else badge("passed", _("유효"))

    @admin.display(description=_("작성자"))
    def maker(self, obj: Snapshot) -> Any:
        return actor_told(obj.made_by)

    @admin.display(description=_("결과 요약값"))
    def digest_shown(self, obj: Snapshot) -> str:
        return obj.digest[:16]

    def more(self, request: HttpRequest, obj: Snapshot) -> dict[str, Any]:
        board = see_snapshot(obj, actor=acting(request), now=now_of(request))
        columns = table.columns_of(list(obj.round.criteria.select_related("parent")))
        later = Snapshot.objects.filter(round=obj.round_id, number=obj.number + 1).select_related("correction")
        return {
            "successor": later.first(),
            "correction": Correction.objects.filter(after=obj).select_related("before").first(),
            "columns": columns,
            "gate_names": list(obj.round.gates.values_list(name_field(), flat=True)),
            "lines": [_line(row, columns) for row in board.rows],
            "means": table.means_of(board, columns),
            "total_mean": table.total_mean(board),
        }


def _line(row: BoardRow, columns: list[table.Column]) -> dict[str, Any]:
    return {
        "row": row,
        "outcome": table.outcome_badge(row),
        "points": [row.scores.get(column.code) for column in columns],
        "verdicts": [table.verdict_badge(verdict) for verdict in row.gates.values()],
    }


class CorrectionAdmin(ProgrammeThingAdmin):
    """정정: what was put right, and the result before and after it."""

    programme_path = "round__programme"
    change_form_template = "panel/correction.html"
    fields = ("round", "reason", "before", "after", "decision", "at")
    list_display = ("__str__", "before", "after", "reason", "at")
    list_filter = ("round",)
    list_select_related = ("round__programme", "before__round", "after__round")
    empty = _(
        "발표한 결과를 바로잡은 기록입니다. 단계의 화면이나 이의신청의 결정에서 정정을 기안하고 결재하면 실립니다."
    )

    def more(self, request: HttpRequest, obj: Correction) -> dict[str, Any]:
        see_snapshot(obj.after, actor=acting(request), now=now_of(request))
        return {"shown": correction_shown(obj)}
