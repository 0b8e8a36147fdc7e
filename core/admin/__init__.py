"""The officials' panel: its base, and the admins of the kernel's own things."""

from django.contrib import admin
from django.contrib.auth.models import Group

from core import policies  # noqa: F401 - fills in who sees what
from core.admin.accounts import AccountAdmin
from core.admin.days import DayAdmin
from core.admin.decisions import DecisionAdmin
from core.admin.records import EventAdmin, LedgerBlockAdmin, LedgerItemAdmin, PulseAdmin
from core.models import Account, Decision, Event, LedgerBlock, LedgerItem, NonWorkingDay, Pulse

# Rights come from roles and verbs; Django's groups give none.
admin.site.unregister(Group)
admin.site.register(Account, AccountAdmin)
admin.site.register(NonWorkingDay, DayAdmin)
admin.site.register(Decision, DecisionAdmin)
admin.site.register(Event, EventAdmin)
admin.site.register(LedgerItem, LedgerItemAdmin)
admin.site.register(LedgerBlock, LedgerBlockAdmin)
admin.site.register(Pulse, PulseAdmin)
