"""Who sees the kernel's own rows. An operator runs the machine: accounts, calendar and pulse, nothing with scores."""

from core.models import Account, Decision, Event, LedgerBlock, LedgerItem, NonWorkingDay, Pulse
from core.roles import Role
from core.sight import seen

seen(Account, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(NonWorkingDay, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(Pulse, Role.OFFICIAL, Role.AUDITOR, Role.OPERATOR)
seen(Decision, Role.OFFICIAL, Role.AUDITOR)
# Facts and images hold marks.
seen(Event, Role.OFFICIAL, Role.AUDITOR)
seen(LedgerItem, Role.OFFICIAL, Role.AUDITOR)
seen(LedgerBlock, Role.OFFICIAL, Role.AUDITOR)
