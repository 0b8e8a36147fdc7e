from consortia.models.application import ApplicationDraft, ApplicationPaper, ApplicationReceipt, DraftPaper
from consortia.models.call import Application, Call
from consortia.models.grant import Grant, SupportReturn
from consortia.models.guide import CallGuide, CallNotice, CallTemplate
from consortia.models.organisation import Affiliation, Organisation
from consortia.models.programme import Programme
from consortia.models.receipt import Receipt
from consortia.models.roster import ROSTERS, RosterImport
from consortia.models.support import SupportException, SupportLine
from consortia.models.team import Membership, Team, TeamPerson

__all__ = [
    "ROSTERS",
    "Affiliation",
    "Application",
    "ApplicationDraft",
    "ApplicationPaper",
    "ApplicationReceipt",
    "Call",
    "CallGuide",
    "CallNotice",
    "CallTemplate",
    "DraftPaper",
    "Grant",
    "Membership",
    "Organisation",
    "Programme",
    "Receipt",
    "RosterImport",
    "SupportException",
    "SupportLine",
    "SupportReturn",
    "Team",
    "TeamPerson",
]
