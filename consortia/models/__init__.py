from consortia.models.call import Application, Call
from consortia.models.organisation import Affiliation, Organisation
from consortia.models.programme import Programme
from consortia.models.team import Membership, Team, TeamPerson

__all__ = [
    "Affiliation",
    "Application",
    "Call",
    "Membership",
    "Organisation",
    "Programme",
    "Team",
    "TeamPerson",
]
