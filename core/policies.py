"""Who sees the kernel's own rows. An operator runs the machine: accounts, calendar and pulse, nothing with scores."""

from core.models import (
    Account,
    Attachment,
    Decision,
    Event,
    LedgerBlock,
    LedgerItem,
    NonWorkingDay,
    Pulse,
    Verification,
)
from core.roles import Role
from core.sight import seen

seen(Account, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(NonWorkingDay, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(Pulse, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(Decision, Role.OFFICIAL, Role.AUDITOR)
# A file is read through the paper that carries it (core.attachments.carriers): a draft's is no official's yet.
seen(Attachment, Role.AUDITOR)
# Facts and images hold marks.
seen(Event, Role.OFFICIAL, Role.AUDITOR)
seen(LedgerItem, Role.OFFICIAL, Role.AUDITOR)
seen(LedgerBlock, Role.OFFICIAL, Role.AUDITOR)
# It names rows of the ledger; that the night's was made, and whether all is well, stands in the pulse.
seen(Verification, Role.OFFICIAL, Role.AUDITOR)
