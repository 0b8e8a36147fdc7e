"""Who sees programmes, teams, calls and support: those who decide and those who audit."""

from django.db.models import Q

from consortia.models import (
    Application,
    ApplicationDraft,
    Call,
    CallGuide,
    CallNotice,
    CallTemplate,
    DraftPaper,
    Grant,
    Organisation,
    Programme,
    RosterImport,
    SupportException,
    SupportLine,
    SupportReturn,
    Team,
)
from core.attachments.carriers import carries
from core.roles import Role
from core.sight import seen

for _model in (Programme, Organisation, Call, Application, SupportLine, SupportException, Grant, SupportReturn):
    seen(_model, Role.OFFICIAL, Role.AUDITOR)
# A team's people find their own team, to which their consent to electronic service belongs.
seen(Team, Role.OFFICIAL, Role.AUDITOR, own={Role.APPLICANT: lambda account, now: Q(people__account=account)})
seen(RosterImport, Role.OFFICIAL, Role.AUDITOR)
seen(CallGuide, Role.OFFICIAL, Role.AUDITOR)
seen(CallTemplate, Role.OFFICIAL, Role.AUDITOR)
# A notice is for everybody. A draft is the team's own until it is handed in: officials see what was.
seen(CallNotice, *(role for role in Role if role is not Role.SYSTEM))
seen(
    ApplicationDraft,
    Role.AUDITOR,
    own={Role.APPLICANT: lambda account, now: Q(team__people__account=account)},
)
seen(
    DraftPaper,
    Role.AUDITOR,
    own={Role.APPLICANT: lambda account, now: Q(draft__team__people__account=account)},
)
carries(DraftPaper)
