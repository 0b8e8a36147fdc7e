"""Who sees programmes, teams, calls and support: those who decide and those who audit."""

from consortia.models import (
    Application,
    Call,
    Grant,
    Organisation,
    Programme,
    SupportException,
    SupportLine,
    SupportReturn,
    Team,
)
from core.roles import Role
from core.sight import seen

for _model in (Programme, Organisation, Team, Call, Application, SupportLine, SupportException, Grant, SupportReturn):
    seen(_model, Role.OFFICIAL, Role.AUDITOR)
