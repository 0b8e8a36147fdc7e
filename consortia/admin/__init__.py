"""Programmes, organisations, teams, calls and applications in the panel."""

from django.contrib import admin

from consortia import policies  # noqa: F401 - fills in who sees what
from consortia.admin.calls import ApplicationAdmin, CallAdmin
from consortia.admin.programmes import OrganisationAdmin, ProgrammeAdmin, TeamAdmin
from consortia.models import Application, Call, Organisation, Programme, Team

admin.site.register(Programme, ProgrammeAdmin)
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(Team, TeamAdmin)
admin.site.register(Call, CallAdmin)
admin.site.register(Application, ApplicationAdmin)
