"""Uploads: what will come of one, how far it is, and what came of it; and the result files that were recorded."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeWorkAdmin
from core.admin.columns import badged
from evaluation.admin.entry_things import EntryThingAdmin
from evaluation.models import HarnessFile, Upload
from evaluation.queries.benchmarks import unequal
from evaluation.readers.plans import GENERATION, LABELS, SEED

FEW = 40
"""Tasks without a plan that are named; a file of a group lists each of its parts."""


class UploadAdmin(ProgrammeWorkAdmin):
    """올린 자료."""

    programme_path = "round__programme"
    change_form_template = "panel/upload.html"
    fields = ("round", "entry", "key", "by", "at", "confirmed_by", "confirmed_at")
    list_display = ("__str__", "round", "entry", "phase_badge", "by", "at")
    list_filter = ("phase", "kind", "round")
    list_select_related = ("round__programme", "entry__team", "by")
    empty = _(
        "파일로 올린 응답과 벤치마크 결과입니다. 평가 중인 단계의 화면에서 파일을 올리면 살펴본 내용과 함께 실립니다."
    )
    phase_badge = staticmethod(badged("phase", _("상태")))

    def more(self, request: HttpRequest, obj: Upload) -> dict[str, Any]:
        report = obj.report or {}
        ignored = report.get("ignored", [])
        return {
            "report": report,
            "files": list(obj.files.all()),
            "runs": [
                each | {"ran_at": parse_datetime(each["ran_at"]) if each["ran_at"] else None}
                for each in report.get("files", [])
            ],
            "differences": [
                each | {"condition": condition_words(each["condition"])} for each in report.get("differences", [])
            ],
            "ignored": ignored[:FEW],
            "ignored_more": len(ignored) - FEW if len(ignored) > FEW else 0,
        }


def condition_words(condition: str) -> str:
    """A condition of a run as it is called; what a file calls by its own words stays as it is."""
    kind, _space, which = condition.partition(" ")
    if kind in {SEED, GENERATION} and which:
        return f"{_(LABELS.get(kind, kind))} {which}"
    return str(_(LABELS.get(condition, condition)))


class HarnessFileAdmin(EntryThingAdmin):
    """벤치마크 결과 파일."""

    fields = (
        "entry",
        "name",
        "sha256",
        "size",
        "model",
        "model_sha",
        "harness",
        "ran_at",
        "seeds_shown",
        "conditions_shown",
        "by",
        "at",
        "results_shown",
        "unequal_shown",
    )
    readonly_fields = ("seeds_shown", "conditions_shown", "results_shown", "unequal_shown")
    list_display = ("name", "entry", "model", "harness", "ran_at", "at")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme")
    search_fields = ("name", "model", "entry__team__name_ko", "entry__team__code")
    empty = _("반영한 벤치마크 결과 파일입니다. 단계의 화면에서 결과 파일을 올리고 확인하면 실립니다.")

    @admin.display(description=_("시드"))
    def seeds_shown(self, obj: HarnessFile) -> str:
        return ", ".join(f"{name.removesuffix('_seed')} {seed}" for name, seed in obj.seeds.items()) or "—"

    @admin.display(description=_("그 밖의 조건"))
    def conditions_shown(self, obj: HarnessFile) -> str:
        return ", ".join(f"{condition_words(name)}: {said}" for name, said in obj.conditions.items()) or "—"

    @admin.display(description=_("팀마다 다른 조건"))
    def unequal_shown(self, obj: HarnessFile) -> Any:
        """As things stand now; what an upload was compared with is kept with the upload."""
        rows = [
            (
                each.task,
                condition_words(each.condition),
                " · ".join(f"{team}: {said or '—'}" for team, said in each.values.items()),
            )
            for each in unequal(obj.entry.round)
        ]
        lines = format_html_join("", "<li>{} · {} — {}</li>", rows)
        return format_html('<ul class="s-plain">{}</ul>', lines) if rows else _("없음")

    @admin.display(description=_("결과"))
    def results_shown(self, obj: HarnessFile) -> Any:
        rows = (
            (
                row.task,
                row.metric,
                row.way,
                row.version,
                row.shots,
                row.samples,
                "—" if row.stderr is None else row.stderr,
            )
            for row in obj.results.all()
        )
        line = _("<li>{}: {},{} · 판 {} · 예시 {} · 표본 {} · 표준 오차 {}</li>")
        return format_html('<ul class="s-plain">{}</ul>', format_html_join("", str(line), rows))
