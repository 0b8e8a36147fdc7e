"""Declarations of components: each with its papers, and whether it counts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin.acting import acting, now_of
from core.admin.columns import badge
from evaluation.admin.entry_things import EntryThingAdmin
from evaluation.admin.gate_review import declarations_of
from evaluation.models import ComponentDeclaration
from evaluation.queries.components import Declared, by_component


class ComponentDeclarationAdmin(EntryThingAdmin):
    """구성 요소 신고: what came late is shown as not considered, what a later one has replaced as such."""

    change_form_template = "panel/declaration.html"
    fields = ("round_name", "entry", "gate", "component", "origin", "statement", "by", "at")
    readonly_fields = ("round_name",)
    list_display = ("component", "entry", "gate", "origin", "at", "considered")
    list_filter = ("late", "entry__round")
    list_select_related = ("entry__team", "entry__round__programme", "gate")
    search_fields = ("entry__team__name_ko", "entry__team__code")
    empty = _(
        "팀이 모델의 구성 요소마다 출처를 신고한 것입니다. 참여팀이나 정예팀의 화면에서 신고하면 실리고,"
        " 마감 뒤에 온 것도 사유와 함께 남습니다."
    )

    @admin.display(description=_("반영"))
    def considered(self, obj: ComponentDeclaration) -> Any:
        return badge("failed", _("기한 경과 · 반영하지 않음")) if obj.late else badge("passed", _("기한 안"))

    def more(self, request: HttpRequest, obj: ComponentDeclaration) -> dict[str, Any]:
        """Every declaration of the same component, so that none is read without what replaced it."""
        about = {"entry": obj.entry_id, "gate": obj.gate_id, "component": obj.component}
        same = declarations_of(ComponentDeclaration.objects.filter(**about), acting(request), now_of(request))
        return {"declared": next(iter(by_component(same).values()), Declared())}
