"""Rosters: brought in from a table after it has been looked at, and taken out as one."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import ROSTERS, Programme, RosterImport
from consortia.operations.planned import Planned
from consortia.operations.roster_imports import AT_ONCE, bring_in_roster
from consortia.operations.rosters import export_roster, plan
from consortia.readers.members import Member
from consortia.readers.rosters import COLUMNS, MOST_ROWS, SHAPES, Kind, Row, rows
from consortia.verbs import EXPORT_ROSTER, IMPORT_ROSTER
from core.actors import Actor
from core.admin import fields
from core.admin.forms import FORESEE, OperationForm
from core.admin.pages import OperationPage, on
from core.readers.faults import Faults
from core.spreadsheets import as_csv, as_xlsx
from core.wording import joined_lazily, told

HEADS = [format_lazy("{}: {}", label, ", ".join(COLUMNS[kind].values())) for kind, label in ROSTERS]
LOOKED_AT = "looked_at"
"""The rows that the preview showed, in the page that showed them. They are judged anew when they are registered."""
Brought = list[Planned] | RosterImport
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(OperationForm):
    kind = fields.choice(_("명단"), ROSTERS, blank=_("고르십시오"))
    given = fields.tables(
        _("표 파일"),
        accepted=".csv,.txt,.xlsx",
        required=False,
        help_text=format_lazy(_("CSV(UTF-8) 또는 XLSX 한 개. 첫 줄 — {heads}"), heads=joined_lazily(HEADS, " / ")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" in cleaned:
            cleaned["rows"] = self._uploaded(cleaned) if cleaned.get("given") else self._looked_at(cleaned["kind"])
        return cleaned

    def _uploaded(self, cleaned: dict[str, Any]) -> list[Row | Member]:
        if FORESEE not in self.data:
            self.add_error("given", _("새 파일은 먼저 ‘미리 보기’로 살펴보아야 등록할 수 있습니다."))
            return []
        faults, file = Faults(), cleaned["given"][0]
        found = rows(file, "", Kind(cleaned["kind"]), faults)
        for sentence in faults.sentences(10):
            self.add_error("given", told(sentence))
        return found

    def _looked_at(self, kind: str) -> list[Row | Member]:
        try:
            cells = json.loads(self.data.get(LOOKED_AT, ""))
            found = [SHAPES[Kind(kind)](int(place), *map(str, said)) for place, *said in cells[: MOST_ROWS + 1]]
        except (ValueError, TypeError):
            found = []
        if any("\0" in cell for row in found for cell in row[1:]):
            found = []  # no file that was read holds it, and the database takes none
        if not 0 < len(found) <= MOST_ROWS:
            self.add_error("given", forms.ValidationError(_("파일을 고르고 ‘미리 보기’를 눌러 주십시오.")))
        return found


@on(Programme)
class ImportRoster(OperationPage):
    """Registers what is new of a table."""

    verb = IMPORT_ROSTER
    form_class = ImportForm
    icon = "upload_file"
    foresees = True

    def follows(self, subject: Programme, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("미리 보기는 아무것도 등록하지 않습니다. 한 줄이라도 받을 수 없으면 아무것도 등록하지 않습니다."),
            _("새 줄이 %(most)s개를 넘으면 따로 등록하며, 그동안 취소할 수 있습니다.") % {"most": AT_ONCE},
            _("이미 같은 내용으로 등록된 줄은 그대로 둡니다. 사람의 계정에는 아직 비밀번호가 없습니다."),
        ]

    def foresee(self, subject: Programme, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        kind = Kind(given["kind"])
        planned = plan(subject, kind, given["rows"])
        heads = list(COLUMNS[kind].values())
        shown = {
            "planned": [(each, each.row[1 : len(heads) + 1]) for each in planned],
            "heads": heads,
            "new": sum(each.new for each in planned),
            "stands": sum(each.stands for each in planned),
            "refused": sum(bool(each.refused) for each in planned),
            "name": LOOKED_AT,
            "rows": json.dumps(given["rows"], ensure_ascii=False),
        }
        return render_to_string("panel/roster.html", shown)

    def perform(self, subject: Programme, given: dict[str, Any], *, actor: Actor, now: datetime) -> Brought:
        brought: Brought = bring_in_roster(subject, kind=Kind(given["kind"]), rows=given["rows"], actor=actor, now=now)
        return brought

    def after(self, subject: Programme, result: Brought) -> str:
        if isinstance(result, RosterImport):
            return reverse("admin:consortia_rosterimport_change", args=[result.pk])
        return self.admin.address(subject)

    def done(self, subject: Programme, result: Brought) -> Any:
        if isinstance(result, RosterImport):
            return _("명단을 등록하고 있습니다. 이 화면을 떠나도 계속됩니다.")
        new = sum(each.new for each in result)
        return _("%(new)s줄을 등록했습니다. 이미 있던 줄 %(stands)s개는 그대로 두었습니다.") % {
            "new": new,
            "stands": len(result) - new,
        }


class ExportForm(OperationForm):
    kind = fields.choice(_("명단"), ROSTERS, blank=_("고르십시오"))
    form = fields.choice(_("형식"), (("csv", "CSV"), ("xlsx", "XLSX")))


@on(Programme)
class ExportRoster(OperationPage):
    """Hands a roster out as a file."""

    verb = EXPORT_ROSTER
    form_class = ExportForm
    icon = "download"

    def follows(self, subject: Programme, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("누가 언제 어떤 명단을 내려받았는지 기록에 남습니다.")]

    def perform(self, subject: Programme, given: dict[str, Any], *, actor: Actor, now: datetime) -> HttpResponse:
        kind, form = Kind(given["kind"]), given["form"]
        table = export_roster(subject, kind=kind, actor=actor, now=now)
        content = as_xlsx(table, kind.value) if form == "xlsx" else as_csv(table)
        response = HttpResponse(content, content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{subject.code}-{kind.value}.{form}"'
        return response

    def _perform(self, request: HttpRequest, subject: Any, form: OperationForm) -> HttpResponse:
        """The file itself is the answer: no message waits for a page that does not come."""
        response: HttpResponse = self._call(subject, form)
        return response
