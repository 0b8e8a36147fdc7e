"""Programmes, organisations and teams: who takes part."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Team


class ProgrammeAdmin(ProgrammeThingAdmin):
    """A competition in rounds."""

    programme_path = ""
    apart = ()
    fields = (
        "code",
        "name_ko",
        "name_en",
        "timezone",
        "legal_basis",
        "least_notice_days",
        "illustrative",
        "label_ko",
        "label_en",
    )
    list_display = ("name_ko", "code", "illustrative")
    search_fields = ("name_ko", "code")
    ordering = ("code",)
    empty = _(
        "여러 단계로 이루어진 경쟁 사업입니다. 시나리오 파일을 rehearse --keep 명령으로 불러오면 첫 사업이 생깁니다."
    )


class OrganisationAdmin(ProgrammeThingAdmin):
    """A company, university or institute."""

    fields = ("programme", "code", "name_ko", "name_en")
    list_display = ("name_ko", "code", "programme")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("name_ko", "name_en", "code")
    ordering = ("programme_id", "code")
    empty = _("팀을 이루거나 평가위원이 속한 기업, 대학, 연구기관입니다. 사업의 화면에서 명단을 가져오면 실립니다.")


class TeamAdmin(ProgrammeThingAdmin):
    """정예팀, with the organisations that make it up."""

    fields = ("programme", "code", "name_ko", "name_en", "applied_before", "members")
    readonly_fields = ("members",)
    list_display = ("name_ko", "code", "programme", "applied_before")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("name_ko", "name_en", "code")
    ordering = ("programme_id", "code")
    empty = _("사업에 참여하거나 공모에 응할 수 있는 정예팀입니다. 사업을 불러올 때 함께 등록합니다.")

    @admin.display(description=_("참여기관"))
    def members(self, obj: Team) -> Any:
        return ", ".join(str(each) for each in obj.memberships.select_related("organisation").order_by("part", "pk"))
