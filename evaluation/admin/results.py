"""What followed from a published result: notices, vacancies."""

from consortia.admin.base import ProgrammeThingAdmin


class NoticeAdmin(ProgrammeThingAdmin):
    """Each team's notice, and the window that runs from its arrival."""

    programme_path = "entry__round__programme"
    fields = ("announcement", "entry", "arrived_at", "window_closes_at")
    list_display = ("entry", "announcement", "arrived_at", "window_closes_at")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme", "announcement__snapshot__round")


class VacancyAdmin(ProgrammeThingAdmin):
    """공석: counted once, when the round became final."""

    programme_path = "round__programme"
    fields = ("round", "seats", "counted_at", "call")
    list_display = ("round", "seats", "counted_at", "call")
    list_select_related = ("round__programme", "call")
