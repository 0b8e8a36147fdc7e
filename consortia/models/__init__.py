from consortia.models.call import Application, Call
from consortia.models.grant import Grant, SupportReturn
from consortia.models.organisation import Affiliation, Organisation
from consortia.models.programme import Programme
from consortia.models.support import SupportException, SupportLine
from consortia.models.team import Membership, Team, TeamPerson

__all__ = [
    "Affiliation",
    "Application",
    "Call",
    "Grant",
    "Membership",
    "Organisation",
    "Programme",
    "SupportException",
    "SupportLine",
    "SupportReturn",
    "Team",
    "TeamPerson",
]
