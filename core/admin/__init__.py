"""The officials' panel: its base, and the admins of the kernel's own things."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from core import policies  # noqa: F401 - fills in who sees what
from core.admin import fact_words  # noqa: F401 - calls facts by their names
from core.admin.accounts import AccountAdmin
from core.admin.days import DayAdmin
from core.admin.decisions import DecisionAdmin
from core.admin.records import EventAdmin, LedgerBlockAdmin, LedgerItemAdmin, PulseAdmin
from core.admin.verifications import VerificationAdmin
from core.models import Account, Decision, Event, LedgerBlock, LedgerItem, NonWorkingDay, Pulse, Verification

# One way in, with every factor that is asked for there.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]
# Rights come from roles and verbs; Django's groups give none. What people sign in with is nobody else's to see.
admin.site.unregister((Group, EmailAddress, Authenticator, UserSession))
admin.site.register(Account, AccountAdmin)
admin.site.register(NonWorkingDay, DayAdmin)
admin.site.register(Decision, DecisionAdmin)
admin.site.register(Event, EventAdmin)
admin.site.register(LedgerItem, LedgerItemAdmin)
admin.site.register(LedgerBlock, LedgerBlockAdmin)
admin.site.register(Verification, VerificationAdmin)
admin.site.register(Pulse, PulseAdmin)
