"""What allauth tells of second factors, handed to the operations that keep a line of it.

allauth changes its tables within its own views and has no other place to call from; nothing else here is a receiver.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.dispatch import receiver

from core.actors import actor_of
from core.clock import database_now
from core.operations.entrance import add_factor, remove_factor, renew_recovery_codes, use_recovery_code

RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES


@receiver(authenticator_added)
def added(user: Any, authenticator: Any, **_: Any) -> None:
    """A session that was opened elsewhere by the password alone does not outlive the first factor."""
    add_factor(kind=authenticator.type, actor=actor_of(user), now=database_now())
    if authenticator.type != RECOVERY_CODES:
        others = [each for each in UserSession.objects.filter(user=user) if not each.is_current()]
        get_adapter().end_sessions(others)


@receiver(authenticator_removed)
def removed(user: Any, authenticator: Any, **_: Any) -> None:
    remove_factor(kind=authenticator.type, actor=actor_of(user), now=database_now())


@receiver(authenticator_reset)
def renewed(user: Any, **_: Any) -> None:
    renew_recovery_codes(actor=actor_of(user), now=database_now())


@receiver(authenticator_used)
def used(user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type == RECOVERY_CODES:
        authenticator.refresh_from_db()  # the code was struck out in another copy of the row
        left = len(authenticator.wrap().get_unused_codes())
        use_recovery_code(left=left, actor=actor_of(user), now=database_now())
