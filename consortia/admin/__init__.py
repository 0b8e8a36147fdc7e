"""Programmes, organisations and teams in the panel, and the words of calls. Calls themselves stand in `appeals`."""

from django.contrib import admin

from consortia import policies  # noqa: F401 - fills in who sees what
from consortia.admin import fact_words, roster_pages, support_pages  # noqa: F401 - fill in what they know
from consortia.admin.programmes import OrganisationAdmin, ProgrammeAdmin, TeamAdmin
from consortia.admin.roster_imports import RosterImportAdmin
from consortia.admin.support import GrantAdmin, SupportExceptionAdmin, SupportLineAdmin, SupportReturnAdmin
from consortia.admin.wording import CallTemplateAdmin
from consortia.models import (
    CallTemplate,
    Grant,
    Organisation,
    Programme,
    RosterImport,
    SupportException,
    SupportLine,
    SupportReturn,
    Team,
)

admin.site.register(Programme, ProgrammeAdmin)
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(RosterImport, RosterImportAdmin)
admin.site.register(Team, TeamAdmin)
admin.site.register(SupportLine, SupportLineAdmin)
admin.site.register(SupportException, SupportExceptionAdmin)
admin.site.register(Grant, GrantAdmin)
admin.site.register(SupportReturn, SupportReturnAdmin)
admin.site.register(CallTemplate, CallTemplateAdmin)
