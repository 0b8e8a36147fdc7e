"""The entrance in a real browser: every page looked at, and passkeys from a virtual authenticator."""

import os
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from core.models import Event
from core.operations.accounts import set_password
from evaluation.models import Notice
from tests.browser.conftest import PASSWORD, Opens, come_in
from tests.browser.soundness import SIZES, faults, sound_both
from tests.clicking import page, thing
from tests.core.entrance.people import code_of
from tests.story import SYSTEM, Story

FACTORS = "/accounts/2fa/"
STRICT: set[str] = set()
DOCS = {"style-src 'self' 'unsafe-inline"}
PANEL = {"script-src 'self' 'unsafe-eval", *DOCS}
ADD = "/accounts/2fa/webauthn/add/"


def authenticator(shown: Page) -> Any:
    """A device that knows its person by finger or face, and does what is asked without being touched."""
    session = shown.context.new_cdp_session(shown)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return session


def confirmed(shown: Page, address: str) -> None:
    """Go to a page before which the password is asked for again."""
    shown.goto(address)
    if "/reauthenticate/" in shown.url:
        shown.get_by_label("비밀번호", exact=True).fill(PASSWORD)
        shown.get_by_role("button", name="확인").click()
        shown.wait_for_url(f"**{address}")


def registered(shown: Page, *, name: str = "사무실 노트북", alone: bool = True) -> None:
    """A new passkey, with which one comes in `alone` or after the password."""
    confirmed(shown, ADD)
    shown.get_by_label("이름", exact=True).fill(name)
    shown.get_by_label("비밀번호 없이 로그인").set_checked(alone)
    shown.get_by_role("button", name="등록").click()
    shown.wait_for_url("**/recovery-codes/")
    shown.get_by_label("복구 코드를 안전한 곳에 적어 두었습니다").check()


def signed_out(shown: Page) -> None:
    shown.goto(FACTORS)
    shown.get_by_role("button", name="로그아웃").click()
    shown.wait_for_url("**/accounts/login/**")


def test_a_passkey_is_registered_and_opens_the_door_by_itself(story: Story, opens: Opens):
    shown = opens("official-1")
    authenticator(shown)
    registered(shown)
    signed_out(shown)
    shown.get_by_role("button", name="패스키로 로그인").click()
    shown.wait_for_url("**/admin/")
    assert Event.objects.filter(verb="sign_in").order_by("-id")[0].facts["by"] == ["webauthn"]
    assert Authenticator.objects.get(type="webauthn").wrap().name == "사무실 노트북"


def test_a_passkey_is_the_second_factor_after_the_password(story: Story, opens: Opens):
    shown = opens("official-1")
    authenticator(shown)
    registered(shown, alone=False)
    signed_out(shown)
    come_in(shown, "official-1").wait_for_url("**/accounts/2fa/authenticate/")
    shown.get_by_role("button", name="패스키로 확인").click()
    shown.wait_for_url("**/admin/")
    assert Event.objects.filter(verb="sign_in").order_by("-id")[0].facts["by"] == ["password", "webauthn"]


def test_a_key_of_nobody_here_opens_nothing(story: Story, opens: Opens):
    shown = opens("official-1")
    authenticator(shown)
    registered(shown)
    signed_out(shown)
    Authenticator.objects.all().delete()
    shown.get_by_role("button", name="패스키로 로그인").click()
    expect(shown.get_by_text("코드가 맞지 않습니다.")).to_be_visible()
    shown.goto("/admin/")
    assert "/accounts/login/" in shown.url


def test_who_has_no_key_is_told(story: Story, opens: Opens):
    shown = opens(None)
    authenticator(shown)
    shown.get_by_role("button", name="패스키로 로그인").click()
    expect(shown.get_by_role("alert")).to_contain_text("패스키로 확인하지 못했습니다.")


def test_by_keyboard_alone(story: Story, opens: Opens):
    shown = opens(None)
    shown.get_by_label("계정", exact=True).focus()
    shown.keyboard.type("test.official-1")
    shown.keyboard.press("Tab")
    shown.keyboard.type(PASSWORD)
    shown.keyboard.press("Tab")
    expect(shown.get_by_role("button", name="로그인", exact=True)).to_be_focused()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/admin/")


def test_the_panels_menu_leads_to_ones_own_account(story: Story, opens: Opens):
    shown = opens("official-1")
    shown.get_by_role("button", name="test.official-1").click()
    picture(shown, "menu-1280")
    shown.get_by_role("link", name="내 계정").click()
    shown.wait_for_url(f"**{FACTORS}")


@SIZES
def test_a_session_elsewhere_is_ended_by_its_own_button(story: Story, opens: Opens, width: int, dark: bool):
    here, there = opens(None, width=width, dark=dark), opens(None)
    for each in (here, there):
        come_in(each, "official-1").wait_for_url("**/admin/")
    here.goto("/accounts/sessions/")
    assert faults(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= width
    picture(here, f"sessions-two-{width}")
    here.get_by_role("button", name=re.compile("^끝내기 ?: .* 로그인$")).click()
    expect(here.get_by_text("그 로그인을 끝냈습니다.")).to_be_visible()
    there.goto("/admin/")
    assert "/accounts/login/" in there.url


@SIZES
def test_an_operator_takes_away_what_was_lost(story: Story, opens: Opens, width: int, dark: bool):
    lost = story.people["expert-1"]
    Authenticator.objects.create(user=lost, type="totp", data={})
    set_password(account=story.people["operator-1"], password=PASSWORD, actor=SYSTEM, now=story.now)
    shown = opens("operator-1", width=width, dark=dark)
    shown.goto(page("take_away_factors", lost))
    assert faults(shown) == []
    picture(shown, f"take-away-{width}")
    shown.get_by_label("사유").fill("휴대전화 분실, 대면 확인")
    shown.get_by_role("button", name="2단계 인증 해제").click()
    shown.wait_for_url(f"**{thing(lost)}")
    assert not Authenticator.objects.exists()


def picture(shown: Page, name: str) -> None:
    """Kept where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        shown.screenshot(path=f"{folder}/entrance-{name}.png", full_page=True)


def test_every_page_is_korean_and_axe_finds_nothing_serious(story: Story, opens: Opens):
    shown = opens("official-1", width=390, dark=True)
    authenticator(shown)

    def look(name: str) -> None:
        sound_both(shown, f"entrance-{name}")
        foreign = set(re.findall("[A-Za-z]{3,}", shown.locator("main").inner_text()))
        assert name == "sessions" or foreign <= {"official", "Google", "Authenticator"}, foreign

    shown.goto("/accounts/2fa/totp/activate/")
    look("reauthenticate")
    confirmed(shown, "/accounts/2fa/totp/activate/")
    look("activate")
    shown.get_by_label("인증 앱의 코드").fill("000000")
    with shown.expect_navigation():
        shown.get_by_role("button", name="등록").click()
    look("activate-wrong")
    secret = shown.get_by_label("인증 앱에 직접 넣을 키").input_value()
    shown.get_by_label("인증 앱의 코드").fill(code_of(secret))
    shown.get_by_role("button", name="등록").click()
    shown.wait_for_url("**/recovery-codes/")
    look("codes")
    shown.get_by_label("복구 코드를 안전한 곳에 적어 두었습니다").check()
    confirmed(shown, ADD)
    look("add")
    shown.get_by_role("button", name="등록").click()
    shown.wait_for_url(f"**{FACTORS}")
    look("factors")
    key = Authenticator.objects.get(type="webauthn").pk
    pages = {
        "keys": "/accounts/2fa/webauthn/",
        "rename": f"/accounts/2fa/webauthn/keys/{key}/edit/",
        "remove": f"/accounts/2fa/webauthn/keys/{key}/remove/",
        "deactivate": "/accounts/2fa/totp/deactivate/",
        "generate": "/accounts/2fa/recovery-codes/generate/",
        "password": "/accounts/password/",
        "sessions": "/accounts/sessions/",
        "logout": "/accounts/logout/",
        "inactive": "/accounts/inactive/",
        "reauthenticate-code": "/accounts/2fa/reauthenticate/",
        "reauthenticate-key": "/accounts/2fa/webauthn/reauthenticate/",
    }
    for name, address in pages.items():
        shown.goto(address)
        look(name)
    signed_out(shown)
    look("login")
    shown.get_by_label("계정", exact=True).fill("test.official-1")
    shown.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    shown.get_by_role("button", name="로그인", exact=True).click()
    shown.wait_for_url("**/authenticate/")
    look("authenticate")
    shown.goto("/accounts/login/")
    for _ in range(6):
        shown.goto("/accounts/login/")
        if shown.get_by_label("계정", exact=True).count() == 0:
            shown.get_by_role("button", name="취소").click()
        shown.get_by_label("계정", exact=True).fill("test.official-2")
        shown.get_by_label("비밀번호", exact=True).fill("wrong-password")
        shown.get_by_role("button", name="로그인", exact=True).click()
    expect(shown.get_by_role("heading", name="시도가 너무 많습니다")).to_be_visible()
    look("429")


@pytest.mark.parametrize("person", [None, "official-1"])
def test_no_page_goes_against_its_policy_or_asks_another_host(story: Story, opens: Opens, person: str | None):
    """What each page says of itself is checked by the browser; the fixture fails on any word of it."""
    story.judge("a")
    story.announce()
    shown = opens(person)
    pages = {"/calls/": STRICT, "/accounts/login/": STRICT}
    if person is not None:
        notice = Notice.objects.first()
        assert notice is not None
        pages = {
            "/calls/": STRICT,
            FACTORS: STRICT,
            f"/notices/{notice.pk}/": STRICT,
            "/admin/": PANEL,
            thing(story.round): PANEL,
            thing(notice): PANEL,
            page("suppose", story.round): PANEL,
            "/api/v1/docs/": DOCS,
        }
    for address, unsafe in pages.items():
        answer = shown.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, address
        policy = answer.header_value("content-security-policy") or ""
        assert "default-src 'self'" in policy
        assert set(re.findall(r"[a-z]+-src [^;]*unsafe-[a-z]+", policy)) == unsafe, address
