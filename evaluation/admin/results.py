"""What followed from a published result: vacancies."""

from consortia.admin.base import ProgrammeThingAdmin


class VacancyAdmin(ProgrammeThingAdmin):
    """공석: counted once, when the round became final."""

    programme_path = "round__programme"
    fields = ("round", "seats", "counted_at", "call")
    list_display = ("round", "seats", "counted_at", "call")
    list_select_related = ("round__programme", "call")
