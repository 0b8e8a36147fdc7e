"""Accounts and the roles they hold."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.models import Account, RoleGrant
from core.operation import operation
from core.own_verbs import OPEN_ACCOUNT, RESUME_ACCOUNT, SET_PASSWORD, SUSPEND_ACCOUNT, TAKE_AWAY_FACTORS
from core.roles import Role
from core.text import stated


@operation(OPEN_ACCOUNT)
def open_account(*, actor: Actor, now: datetime, username: str, name_ko: str, name_en: str, role: Role) -> Account:
    """Open an account that holds `role` and has no password yet; `duplicate` where the name is taken."""
    if Account.objects.filter(username=username).exists():
        raise Refused(
            Code.DUPLICATE, format_lazy(_("이미 있는 계정입니다: {username}"), username=username), username=username
        )
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


def require_factors(account: Account) -> None:
    """Refuse with `wrong_state` where the account has nothing to sign in with but its password."""
    if not Authenticator.objects.filter(user=account).exists():
        raise Refused(Code.WRONG_STATE, _("이 계정에는 2단계 인증이 설정되어 있지 않습니다."))


@operation(TAKE_AWAY_FACTORS)
def take_away_factors(*, account: Account, reason: str, actor: Actor, now: datetime) -> Account:
    """Void every second factor, passkey and recovery code of somebody who has lost them, and end their sessions.

    The reason says how the operator knew the person. Nobody does it for himself: whoever still signs in gives up a
    factor on his own pages.
    """
    require_factors(account)
    if account == actor.account:
        raise Refused(Code.SAME_PERSON, _("본인의 2단계 인증은 본인 화면에서 지웁니다."))
    kinds = list(Authenticator.objects.filter(user=account).order_by("pk").values_list("type", flat=True))
    Authenticator.objects.filter(user=account).delete()
    _end_sessions(account)
    record(TAKE_AWAY_FACTORS, account, at=now, kinds=kinds)
    return account


def require_in_use(account: Account, in_use: bool) -> None:
    """Refuse with `wrong_state` an account that is suspended where it must be in use, or the other way."""
    if account.is_active != in_use:
        raise Refused(
            Code.WRONG_STATE,
            _("사용을 중지한 계정입니다.") if in_use else _("사용 중인 계정입니다."),
            in_use=not in_use,
        )


@operation(SUSPEND_ACCOUNT)
def suspend_account(*, account: Account, reason: str, actor: Actor, now: datetime) -> Account:
    """Let an account act no more, and end its sessions: somebody has left, or somebody else has got hold of it.

    What was done with it stays. Nobody suspends his own, so that one operator always remains.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require_in_use(account, True)
    stated(reason, _("사유"))
    if account == actor.account:
        raise Refused(Code.SAME_PERSON, _("본인의 계정은 다른 운영자가 중지합니다."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    _end_sessions(account)
    record(SUSPEND_ACCOUNT, account, at=now)
    return account


@operation(RESUME_ACCOUNT)
def resume_account(*, account: Account, reason: str, actor: Actor, now: datetime) -> Account:
    """Let a suspended account act again, with the roles and the password that it had."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    require_in_use(account, False)
    stated(reason, _("사유"))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(RESUME_ACCOUNT, account, at=now)
    return account


def _end_sessions(account: Account) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()
