"""Accounts and the roles they hold."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account, RoleGrant
from core.operation import operation
from core.own_verbs import OPEN_ACCOUNT, SET_PASSWORD
from core.roles import Role


@operation(OPEN_ACCOUNT)
def open_account(*, actor: Actor, now: datetime, username: str, name_ko: str, name_en: str, role: Role) -> Account:
    """Open an account that holds `role` and has no password yet; `duplicate` where the name is taken."""
    if Account.objects.filter(username=username).exists():
        raise Refused(Code.DUPLICATE, f"이미 있는 계정입니다: {username}", username=username)
    account = Account.objects.create(username=username, name_ko=name_ko, name_en=name_en, password=make_password(None))
    RoleGrant.objects.create(account=account, role=role)
    record(OPEN_ACCOUNT, account, at=now, role=role)
    return account


@operation(SET_PASSWORD)
def set_password(*, account: Account, password: str, actor: Actor, now: datetime) -> Account:
    """Give the account a password. The ledger keeps that it was done, never the password or its hash."""
    account.set_password(password)
    account.save(update_fields=["password"])
    record(SET_PASSWORD, account, at=now)
    return account
