"""Who sees programmes, teams and calls: those who decide and those who audit."""

from consortia.models import Application, Call, Organisation, Programme, Team
from core.roles import Role
from core.sight import seen

for _model in (Programme, Organisation, Team, Call, Application):
    seen(_model, Role.OFFICIAL, Role.AUDITOR)
