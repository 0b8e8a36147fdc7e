"""What follows an announcement, in the panel; and the first page, which knows every package."""

from django.contrib import admin

from appeals import policies  # noqa: F401 - fills in who sees what
from appeals.admin import (  # noqa: F401 - put blockers and pages on the models
    apply_pages,
    authorising,
    blocking,
    fact_words,
    judging_pages,
    official_pages,
    pages,
    review_pages,
    team_pages,
)
from appeals.admin.appeals import AppealAdmin, ChallengeAdmin, EarlyClosingAdmin, WaiverAdmin
from appeals.admin.applications import ApplicationAdmin, ApplicationDraftAdmin
from appeals.admin.calls import CallAdmin
from appeals.admin.vacancies import VacancyAdmin
from appeals.models import Appeal, Challenge, EarlyClosing, Waiver
from consortia.models import Application, ApplicationDraft, Call
from evaluation.models import Vacancy

admin.site.register(Appeal, AppealAdmin)
admin.site.register(Challenge, ChallengeAdmin)
admin.site.register(Waiver, WaiverAdmin)
admin.site.register(EarlyClosing, EarlyClosingAdmin)
admin.site.register(Call, CallAdmin)
admin.site.register(Application, ApplicationAdmin)
admin.site.register(ApplicationDraft, ApplicationDraftAdmin)
admin.site.register(Vacancy, VacancyAdmin)
