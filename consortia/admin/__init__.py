"""Programmes, organisations and teams in the panel, and the words of calls. Calls themselves stand in `appeals`."""

from django.contrib import admin

from consortia import policies  # noqa: F401 - fills in who sees what
from consortia.admin.programmes import OrganisationAdmin, ProgrammeAdmin, TeamAdmin
from consortia.admin.wording import CallTemplateAdmin
from consortia.models import CallTemplate, Organisation, Programme, Team

admin.site.register(Programme, ProgrammeAdmin)
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(Team, TeamAdmin)
admin.site.register(CallTemplate, CallTemplateAdmin)
