from core.models.account import Account, RoleGrant
from core.models.attachment import Attachment
from core.models.day import NonWorkingDay
from core.models.decision import Decision
from core.models.event import Event
from core.models.ledger import LedgerBlock, LedgerItem
from core.models.pulse import Pulse
from core.models.verification import Verification
from core.models.work import OVER, Work, WorkPhase

__all__ = [
    "OVER",
    "Account",
    "Attachment",
    "Decision",
    "Event",
    "LedgerBlock",
    "LedgerItem",
    "NonWorkingDay",
    "Pulse",
    "RoleGrant",
    "Verification",
    "Work",
    "WorkPhase",
]
