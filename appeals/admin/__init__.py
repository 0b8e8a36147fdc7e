"""What follows an announcement, in the panel; and the first page, which knows every package."""

from django.contrib import admin

from appeals import policies  # noqa: F401 - fills in who sees what
from appeals.admin import (  # noqa: F401 - put blockers and pages on the models
    apply_pages,
    authorising,
    blocking,
    judging_pages,
    pages,
)
from appeals.admin.applications import ApplicationAdmin, ApplicationDraftAdmin
from appeals.admin.calls import CallAdmin
from appeals.admin.vacancies import VacancyAdmin
from consortia.models import Application, ApplicationDraft, Call
from evaluation.models import Vacancy

admin.site.register(Call, CallAdmin)
admin.site.register(Application, ApplicationAdmin)
admin.site.register(ApplicationDraft, ApplicationDraftAdmin)
admin.site.register(Vacancy, VacancyAdmin)
