"""The first account of an installation: by the console, once."""

import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.models import Account
from tests.core.entrance.people import PANEL, enter
from tests.story import told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-7"


def typed(monkeypatch: pytest.MonkeyPatch, username: str, password: str = PASSWORD) -> str:
    monkeypatch.setattr(sys, "stdin", StringIO(f"{password}\n"))
    told = StringIO()
    call_command("open_first_operator", username, "첫 운영자", stdout=told)
    return told.getvalue()


def test_the_first_operator_can_sign_in_at_once(monkeypatch: pytest.MonkeyPatch):
    with written() as changes:
        assert typed(monkeypatch, "test.first") == "test.first 계정을 열었습니다.\n"
    account = Account.objects.get(username="test.first")
    assert (list(account.roles()), account.check_password(PASSWORD)) == (["operator"], True)
    assert changes == [
        *(f"core_{table} I system:command open_account" for table in ("account", "rolegrant", "event")),
        "core_event I system:command set_password",
    ]
    client = Client()
    assert enter(client, "first", PASSWORD).url == PANEL
    assert client.get(PANEL).status_code == 200


@pytest.mark.parametrize(
    ("username", "password", "words"),
    [
        ("Test First", PASSWORD, "계정은 소문자, 숫자"),
        ("test.first", "short-1", "너무 짧습니다"),
        ("test.first", "", "너무 짧습니다"),
    ],
)
def test_what_cannot_be_one_opens_nothing(monkeypatch: pytest.MonkeyPatch, username: str, password: str, words: str):
    with unchanged(), pytest.raises(CommandError, match=words):
        typed(monkeypatch, username, password)


def test_the_second_is_opened_by_the_first(monkeypatch: pytest.MonkeyPatch):
    told()
    with unchanged(), pytest.raises(CommandError, match="시스템 운영자가 이미 있습니다"):
        typed(monkeypatch, "test.second")
