"""People at the entrance without a browser: passwords, codes, and what the record says of them."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from core.actors import actor_of
from core.models import Account, Event
from core.operations.accounts import set_password
from core.operations.entrance import change_own_password
from tests.story import NOW, SYSTEM, Story

PASSWORD = "open-sesame-7"
LOGIN = "/accounts/login/"
PANEL = "/admin/"


def own_password(story: Story, person: str) -> Account:
    """The person with a password that nobody else gave."""
    account = story.people[person]
    set_password(account=account, password=PASSWORD, actor=SYSTEM, now=NOW)
    change_own_password(password=PASSWORD, actor=actor_of(account), now=NOW)
    account.refresh_from_db()
    return account


def enter(client: Client, person: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Send the login form."""
    return client.post(LOGIN, {"login": f"test.{person}", "password": password, **more})


def inside(client: Client) -> bool:
    """Whether the client has signed in."""
    return "_auth_user_id" in client.session


def entered(story: Story, person: str) -> Client:
    """A client that came in with the password."""
    client = Client()
    assert inside(client) or enter(client, person).status_code == 302
    assert inside(client)
    return client


def confirm(client: Client) -> None:
    """Say the password again, as whoever changes what he signs in with must."""
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def code_of(secret: str, step: int = 0) -> str:
    """What the authenticator app shows now; `step` half-minutes later or earlier."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def with_app(client: Client) -> str:
    """Set up an authenticator app; returns its secret."""
    confirm(client)
    secret: str = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/recovery-codes/")
    return secret


def recovery_codes(account: Account) -> list[str]:
    """The recovery codes that are left."""
    row = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


def lines(*verbs: str) -> list[tuple[str, str]]:
    """The record's lines of these verbs: who, and what."""
    return list(Event.objects.filter(verb__in=verbs).order_by("id").values_list("actor", "verb"))
