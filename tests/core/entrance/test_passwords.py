"""Coming in with a password: right, wrong, too often, given by somebody else, changed."""

import pytest
from django.conf import LazySettings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from core.actors import actor_of
from core.ledger.naming import named
from core.models import Account, Event, LedgerItem
from core.operations.accounts import set_password
from tests.clicking import said, signed_in
from tests.core.entrance.people import LOGIN, PANEL, PASSWORD, enter, entered, inside, lines, own_password
from tests.story import NOW, Story
from tests.unchanged import unchanged, written

PASSWORD_PAGE = "/accounts/password/"


def test_the_right_password_leads_to_where_one_was_going(story: Story):
    own_password(story, "official-1")
    client = Client(HTTP_USER_AGENT="Browser/1")
    way = client.get("/admin/core/account/", follow=True).redirect_chain
    assert way[-1][0] == f"{LOGIN}?next=%2Fadmin%2Fcore%2Faccount%2F"
    with written() as changes:
        answer = enter(client, "official-1", next="/admin/core/account/")
    assert (answer.status_code, answer.url) == (302, "/admin/core/account/")
    assert client.get(PANEL).status_code == 200
    assert changes == ["core_event I test.official-1 sign_in"]
    line = Event.objects.get(verb="sign_in")
    assert line.facts == {"by": ["password"], "address": "127.0.0.1", "browser": "Browser/1"}


@pytest.mark.parametrize("person", ["official-1", "nobody"])
def test_a_wrong_one_does_not_and_does_not_tell_whether_there_is_such_an_account(story: Story, person: str):
    own_password(story, "official-1")
    client = Client()
    with unchanged():
        answer = enter(client, person, "wrong-password")
    assert "계정이나 비밀번호가 맞지 않습니다." in said(answer)
    assert not inside(client)


def test_an_account_without_a_password_is_not_entered(story: Story):
    client = Client()
    assert "맞지 않습니다" in said(enter(client, "official-1", "x"))
    assert not inside(client)


def test_an_account_out_of_use_or_without_a_role_stays_outside(story: Story):
    with transaction.atomic(), named(actor="test", verb="test"):
        account = own_password(story, "official-1")
        account.is_active = False
        account.save(update_fields=["is_active"])
        Account.objects.create(username="test.nobody", name_ko="아무개", name_en="x", password=make_password(PASSWORD))
    for person, where in (("official-1", LOGIN), ("nobody", "/accounts/inactive/")):
        client = Client()
        with unchanged():
            answer = enter(client, person)
        assert where in (answer.get("Location"), answer.request["PATH_INFO"])
        assert not inside(client)
    assert "맡은 역할이 없는 계정입니다" in said(client.get(where))


def test_nobody_leads_elsewhere(story: Story):
    own_password(story, "official-1")
    answer = enter(Client(), "official-1", next="https://elsewhere.example/")
    assert answer.url == PANEL


def test_the_sixth_wrong_password_in_five_minutes_is_too_many(story: Story):
    own_password(story, "official-1")
    client = Client()
    assert [enter(client, "official-1", "wrong-password").status_code for _ in range(5)] == [200] * 5
    for password in ("wrong-password", PASSWORD):
        with unchanged():
            answer = enter(client, "official-1", password)
        assert answer.status_code == 429
        assert "시도가 너무 많습니다" in said(answer)
        assert "5분 뒤에" in said(answer)
    assert not inside(client)
    own_password(story, "official-2")
    assert enter(Client(), "official-2").status_code == 302, "somebody else is not kept out"


def test_one_address_does_not_try_one_account_after_another(story: Story):
    answers = [enter(Client(), f"nobody-{number}", "wrong-password").status_code for number in range(11)]
    assert answers == [200] * 10 + [429]


def test_the_attempts_are_counted_in_the_database_where_that_is_the_shared_cache(story: Story, settings: LazySettings):
    """What production does without Redis."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared"}}
    call_command("createcachetable", verbosity=0)
    own_password(story, "official-1")
    answers = [enter(Client(), "official-1", "wrong-password").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_one_changes_ones_own_password_and_is_still_in_but_nowhere_else(story: Story):
    account = own_password(story, "expert-1")
    here, elsewhere = entered(story, "expert-1"), entered(story, "expert-1")
    new = {"oldpassword": PASSWORD, "password1": "another-horse-8", "password2": "another-horse-8"}
    with written() as changes:
        answer = here.post(PASSWORD_PAGE, new)
    assert (answer.status_code, answer.url) == (302, PANEL)
    assert changes == ["core_event I test.expert-1 change_own_password"]
    account.refresh_from_db()
    assert account.check_password("another-horse-8")
    assert here.get(PANEL).status_code == 200
    assert elsewhere.get(PANEL).status_code == 302
    assert not LedgerItem.objects.filter(image__icontains="another-horse-8").exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"oldpassword": "wrong"}, "지금 비밀번호가 맞지 않습니다."),
        ({"password2": "other-horse-9"}, "두 비밀번호가 다릅니다."),
        ({"password1": "short-1", "password2": "short-1"}, "너무 짧습니다. 최소 10자 이상"),
        ({"password1": "1234567890", "password2": "1234567890"}, "전부 숫자로 되어 있습니다"),
        ({"password1": "test.expert-1", "password2": "test.expert-1"}, "‘계정’에 적힌 것과 너무 비슷합니다"),
        ({"password1": PASSWORD, "password2": PASSWORD}, "지금 쓰는 비밀번호와 다른 것으로 정해 주십시오."),
    ],
)
def test_a_password_that_is_not_taken(story: Story, wrong: dict[str, str], words: str):
    account = own_password(story, "expert-1")
    client = entered(story, "expert-1")
    new = {"oldpassword": PASSWORD, "password1": "another-horse-8", "password2": "another-horse-8", **wrong}
    with unchanged():
        answer = client.post(PASSWORD_PAGE, new)
    assert words in said(answer)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_password_that_an_operator_gave_is_changed_before_anything_else(story: Story):
    expert, operator = story.people["expert-1"], actor_of(story.people["operator-1"])
    set_password(account=expert, password=PASSWORD, actor=operator, now=NOW)
    client = Client()
    enter(client, "expert-1")
    assert client.get(PANEL).url == PASSWORD_PAGE
    assert client.get("/calls/").status_code == 200
    assert client.get(PASSWORD_PAGE).status_code == 200
    api = client.get("/api/v1/rounds/test.stage-1/sheets/a/")
    assert (api.status_code, api["Content-Type"], api.json()["code"]) == (
        403,
        "application/problem+json",
        "password_is_given",
    )
    new = {"oldpassword": PASSWORD, "password1": "another-horse-8", "password2": "another-horse-8"}
    assert client.post(PASSWORD_PAGE, new).url == PANEL
    assert client.get(PANEL).status_code == 200
    assert enter(again := Client(), "expert-1", "another-horse-8").url == PANEL
    assert again.get(PANEL).status_code == 200


def test_who_has_no_password_cannot_make_one(story: Story):
    client = signed_in(story, "expert-1")
    assert client.get(PASSWORD_PAGE, follow=True).redirect_chain[-1][0] == PANEL
    assert client.post("/accounts/password/none/", {"password1": PASSWORD}).url == PANEL
    assert not story.people["expert-1"].has_usable_password()


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/code/", "confirm-email/"])
def test_nobody_signs_up_or_is_mailed(story: Story, path: str):
    for client in (Client(), signed_in(story, "official-1")):
        assert client.get(f"/accounts/{path}").status_code == 404
    assert lines("sign_in") == []


def test_one_signs_out(story: Story):
    own_password(story, "official-1")
    client = entered(story, "official-1")
    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").url == LOGIN
    assert not inside(client)
