"""What people do at the entrance: signing in, their own password, their second factor, their sessions.

Keys and sessions themselves stand in allauth's tables, which hold secrets and are in no ledger. The record keeps that
something was done, never with what.
"""

from collections.abc import Sequence
from datetime import datetime

from core.actors import Actor
from core.events import record
from core.models import Account
from core.operation import operation
from core.own_verbs import (
    ADD_FACTOR,
    CHANGE_OWN_PASSWORD,
    END_OTHER_SESSIONS,
    REMOVE_FACTOR,
    RENEW_RECOVERY_CODES,
    SIGN_IN,
    USE_RECOVERY_CODE,
)


@operation(SIGN_IN)
def sign_in(*, by: Sequence[str], address: str, browser: str, actor: Actor, now: datetime) -> None:
    """Note that the person has come in, by which means, and from where."""
    record(SIGN_IN, actor.person(), at=now, by=by, address=address, browser=browser)


@operation(CHANGE_OWN_PASSWORD)
def change_own_password(*, password: str, actor: Actor, now: datetime) -> Account:
    """Give oneself another password. The ledger keeps that it was done, never the password or its hash."""
    account = actor.person()
    account.set_password(password)
    account.save(update_fields=["password"])
    record(CHANGE_OWN_PASSWORD, account, at=now)
    return account


@operation(ADD_FACTOR)
def add_factor(*, kind: str, actor: Actor, now: datetime) -> None:
    """Note that the person has set up a means to sign in with: `totp`, `webauthn` or `recovery_codes`."""
    record(ADD_FACTOR, actor.person(), at=now, kind=kind)


@operation(REMOVE_FACTOR)
def remove_factor(*, kind: str, actor: Actor, now: datetime) -> None:
    """Note that the person has given up such a means."""
    record(REMOVE_FACTOR, actor.person(), at=now, kind=kind)


@operation(RENEW_RECOVERY_CODES)
def renew_recovery_codes(*, actor: Actor, now: datetime) -> None:
    """Note that the person has drawn new recovery codes: the ones before are void."""
    record(RENEW_RECOVERY_CODES, actor.person(), at=now)


@operation(USE_RECOVERY_CODE)
def use_recovery_code(*, left: int, actor: Actor, now: datetime) -> None:
    """Note that one of the person's recovery codes has been used up, and how many are left."""
    record(USE_RECOVERY_CODE, actor.person(), at=now, left=left)


@operation(END_OTHER_SESSIONS)
def end_other_sessions(*, ended: int, actor: Actor, now: datetime) -> None:
    """Note that the person has ended sessions of his elsewhere: one, or all of them."""
    record(END_OTHER_SESSIONS, actor.person(), at=now, ended=ended)
