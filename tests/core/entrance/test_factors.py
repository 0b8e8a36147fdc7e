"""Second factors: set up, asked for, used up, lost; and the roles that must have one."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import LazySettings
from django.test import Client

from core.entrance.adapters import FactorAdapter
from core.models import Event
from tests.clicking import page, press, said, signed_in
from tests.core.entrance.people import (
    PANEL,
    code_of,
    confirm,
    enter,
    entered,
    inside,
    lines,
    own_password,
    recovery_codes,
    with_app,
)
from tests.story import Story
from tests.unchanged import unchanged, written

FACTORS = "/accounts/2fa/"
ASKED = "/accounts/2fa/authenticate/"
API = "/api/v1/rounds/test.stage-1/standings/"

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_app_is_set_up_after_the_password_was_said_again(story: Story):
    own_password(story, "official-1")
    client = entered(story, "official-1")
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    with written() as changes:
        secret = with_app(client)
    assert changes == ["core_event I test.official-1 add_factor"] * 2
    assert [line.facts for line in Event.objects.filter(verb="add_factor").order_by("id")] == [
        {"kind": "totp"},
        {"kind": "recovery_codes"},
    ]
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept, "a copy of the database makes no codes"


def test_secrets_outlive_the_sites_key_where_the_old_one_is_named(settings: LazySettings):
    sealed = FactorAdapter().encrypt("secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert FactorAdapter().decrypt(sealed) == "secret"


def test_a_wrong_code_sets_up_nothing(story: Story):
    own_password(story, "official-1")
    client = entered(story, "official-1")
    confirm(client)
    client.get("/accounts/2fa/totp/activate/")
    with unchanged():
        answer = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "코드가 맞지 않습니다." in said(answer)
    assert not Authenticator.objects.exists()


def test_the_app_is_asked_for_at_the_next_sign_in(story: Story):
    own_password(story, "official-1")
    secret = with_app(entered(story, "official-1"))
    client = Client()
    assert enter(client, "official-1").url == ASKED
    assert not inside(client)
    assert client.get(PANEL).status_code == 302
    assert "인증 앱에 보이는 코드" in said(client.get(ASKED))
    assert "코드가 맞지 않습니다." in said(client.post(ASKED, {"code": "000000"}))
    assert not inside(client)
    assert client.post(ASKED, {"code": code_of(secret, 1)}).url == PANEL
    assert client.get(PANEL).status_code == 200
    assert Event.objects.filter(verb="sign_in").order_by("-id")[0].facts["by"] == ["password", "totp"]


def test_a_code_is_good_for_one_sign_in(story: Story):
    own_password(story, "official-1")
    secret = with_app(entered(story, "official-1"))
    code = code_of(secret, 1)
    for client, expected in ((Client(), True), (Client(), False)):
        enter(client, "official-1")
        client.post(ASKED, {"code": code})
        assert inside(client) is expected


def test_codes_are_not_tried_out(story: Story):
    own_password(story, "official-1")
    secret = with_app(entered(story, "official-1"))
    client = Client()
    enter(client, "official-1")
    for _ in range(5):
        assert "코드가 맞지 않습니다." in said(client.post(ASKED, {"code": "000000"}))
    assert "여러 번 틀려 잠시 막았습니다." in said(client.post(ASKED, {"code": code_of(secret, 1)}))
    assert not inside(client)


def test_a_recovery_code_works_once(story: Story):
    account = own_password(story, "official-1")
    with_app(entered(story, "official-1"))
    code = recovery_codes(account)[0]
    for client, expected in ((Client(), True), (Client(), False)):
        enter(client, "official-1")
        client.post(ASKED, {"code": code})
        assert inside(client) is expected
    assert lines("use_recovery_code") == [("test.official-1", "use_recovery_code")]
    assert Event.objects.get(verb="use_recovery_code").facts == {"left": 9}


def test_recovery_codes_are_shown_once_and_drawn_anew(story: Story):
    account = own_password(story, "official-1")
    client = entered(story, "official-1")
    with_app(client)
    old = recovery_codes(account)
    assert old[0] in said(client.get("/accounts/2fa/recovery-codes/"))
    assert old[0] not in said(client.get("/accounts/2fa/recovery-codes/"))
    assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 403
    assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    assert lines("renew_recovery_codes") == [("test.official-1", "renew_recovery_codes")]
    assert set(old).isdisjoint(recovery_codes(account))


def test_an_app_is_given_up_with_its_codes(story: Story):
    own_password(story, "expert-1")
    client = entered(story, "expert-1")
    with_app(client)
    with written() as changes:
        assert client.post("/accounts/2fa/totp/deactivate/").url == FACTORS
    assert changes == ["core_event I test.expert-1 remove_factor"] * 2
    assert not Authenticator.objects.exists()
    assert enter(Client(), "expert-1").url == PANEL


def test_the_first_factor_ends_sessions_that_were_opened_without(story: Story):
    own_password(story, "official-1")
    here, elsewhere = entered(story, "official-1"), entered(story, "official-1")
    with_app(here)
    assert here.get(PANEL).status_code == 200
    assert elsewhere.get(PANEL).status_code == 302
    assert Event.objects.get(verb="end_other_sessions").facts == {"ended": 1}


def test_a_role_that_must_have_one_sets_it_up_before_anything_else(story: Story, settings: LazySettings):
    settings.SECOND_FACTOR_ROLES = frozenset({"official"})
    own_password(story, "official-1")
    own_password(story, "auditor-1")
    client = entered(story, "official-1")
    for path in (PANEL, "/admin/core/event/", page("authorise_call", story.round), "/notices/1/", "/attachments/1/"):
        assert client.get(path).url == FACTORS, path
    assert "이 역할은 2단계 인증을 먼저 설정해야 합니다." in said(client.get(FACTORS))
    with unchanged():
        answer = client.get(API)
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "권한이 없습니다",
        "status": 403,
        "detail": "이 역할은 2단계 인증을 먼저 설정해야 합니다.",
        "code": "second_factor_missing",
    }
    assert client.get("/calls/").status_code == 200
    assert entered(story, "auditor-1").get(PANEL).status_code == 200, "other roles need none"
    with_app(client)
    assert client.get(PANEL).status_code == 200
    assert client.get(API).status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get(PANEL).url == FACTORS


def test_recovery_codes_alone_are_no_second_factor(story: Story, settings: LazySettings):
    settings.SECOND_FACTOR_ROLES = frozenset({"official"})
    Authenticator.objects.create(user=story.people["official-1"], type="recovery_codes", data={})
    assert signed_in(story, "official-1").get(PANEL).url == FACTORS


def test_an_operator_takes_away_what_somebody_has_lost(story: Story):
    account = own_password(story, "official-1")
    client = entered(story, "official-1")
    with_app(client)
    given = {"reason": "휴대전화 분실, 대면 확인"}
    with written() as changes:
        assert press(story, "operator-1", "take_away_factors", account, **given).status_code == 302
    assert changes == ["core_event I test.operator-1 take_away_factors"]
    line = Event.objects.get(verb="take_away_factors")
    assert (line.reason, line.facts) == (given["reason"], {"kinds": ["totp", "recovery_codes"]})
    assert not Authenticator.objects.exists()
    assert client.get(PANEL).status_code == 302
    assert enter(Client(), "official-1").url == PANEL
    with unchanged():
        again = press(story, "operator-1", "take_away_factors", account, **given)
    assert "2단계 인증이 설정되어 있지 않습니다" in said(again)


@pytest.mark.parametrize("person", ["official-2", "auditor-1", "operator-1", "official-1"])
def test_nobody_else_takes_them_away_and_no_operator_his_own(story: Story, person: str):
    target = "operator-1" if person == "operator-1" else "official-1"
    account = own_password(story, target)
    with_app(entered(story, target))
    with unchanged():
        answer = press(story, person, "take_away_factors", account, reason="분실")
    assert answer.status_code == (400 if person == "operator-1" else 403)
    assert Authenticator.objects.count() == 2


def test_only_ones_own_keys_are_found(story: Story):
    key = Authenticator.objects.create(user=story.people["official-2"], type="webauthn", data={"name": "열쇠"})
    own_password(story, "official-1")
    client = entered(story, "official-1")
    confirm(client)
    for act in ("edit", "remove"):
        for send in (client.get, client.post):
            assert send(f"/accounts/2fa/webauthn/keys/{key.pk}/{act}/").status_code == 404
