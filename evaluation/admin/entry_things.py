"""Things about a team in a round: shown in the programme's zone, and by the round where a list has several."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin


class EntryThingAdmin(ProgrammeThingAdmin):
    """The base of what has an `entry`."""

    programme_path = "entry__round__programme"
    apart = ("round", "programme")

    @admin.display(description=_("단계평가"))
    def round_name(self, obj: Any) -> str:
        return str(obj.entry.round)
