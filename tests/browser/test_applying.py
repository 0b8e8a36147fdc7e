"""A team's person answers a call on a phone; the public reads it without signing in; officials look at the picture."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, expect

from consortia.models import Application, ApplicationDraft, Call
from core.ledger.naming import named
from core.operations.accounts import set_password
from evaluation.models import Round
from tests.appeals.live import AGREEMENT, PLAN, answered_by, taking
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import sound, sound_both
from tests.clicking import page as address
from tests.clicking import thing
from tests.files import PDF
from tests.later import later_round
from tests.selection import selected
from tests.story import SYSTEM, Story

TERMS = {
    "gpu": "B200 768장",
    "exceptions": [{"team": "x", "organisation": None, "line": "gpu", "reason": "GPU를 빌려주는 기업"}],
}


def with_passwords(story: Story, *people: str) -> Story:
    for person in people:
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=story.now)
    return story


@pytest.fixture
def live(chromium: Browser, transactional_db: None) -> tuple[Story, Call]:
    story, call = taking(terms=TERMS)
    with transaction.atomic(), named(actor="test", verb="test"):
        story.programme.illustrative = True
        story.programme.save(update_fields=["illustrative"])
    return with_passwords(story, "x-lead", "official-1"), call


def file(name: str) -> dict[str, Any]:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF + name.encode()}


def test_a_team_drafts_hands_in_and_takes_back_on_a_phone(live: tuple[Story, Call], opens: Opens):
    _story, call = live
    page = opens("x-lead", width=390)
    page.goto(thing(call))
    sound(page, 390, "call-of-a-team")
    page.get_by_role("link", name="응모 초안 저장").click()
    page.get_by_label("응모 요지").fill("독자 모델을 처음부터 학습합니다.")
    page.get_by_label(PLAN).set_input_files(file(PLAN))
    expect(page.get_by_label("그 밖의 서류의 종류")).to_have_value("")
    sound(page, 390, "draft-form")
    page.get_by_role("button", name="응모 초안 저장").click()
    expect(page.get_by_text("초안을 저장했습니다.")).to_be_visible()
    expect(page.get_by_role("link", name=f"{PLAN}.pdf", exact=True)).to_be_visible()
    page.get_by_text("지금은 할 수 없는 일 1가지").click()
    expect(page.get_by_text("빠진 서류가 있습니다: 협약서")).to_be_visible()
    sound(page, 390, "draft")

    page.get_by_role("link", name="고치거나 서류 더 넣기").click()
    expect(page.get_by_label("응모 요지")).to_have_value("독자 모델을 처음부터 학습합니다.")
    page.get_by_label(AGREEMENT).set_input_files(file(AGREEMENT))
    page.get_by_role("button", name="응모 초안 저장").click()
    page.get_by_role("link", name="응모 초안 제출").click()
    page.get_by_role("button", name="응모 초안 제출").click()
    expect(page.get_by_role("heading", name="접수증")).to_be_visible()
    application = Application.objects.get()
    expect(page.get_by_text(application.papers.first().attachment.sha256)).to_be_visible()
    sound(page, 390, "receipt")

    page.get_by_role("link", name="응모 보기").click()
    expect(page.get_by_role("link", name="응모 철회")).to_be_visible()
    sound(page, 390, "application-of-a-team")
    page.get_by_role("link", name="응모 철회").click()
    page.get_by_role("button", name="응모 철회").click()
    expect(page.get_by_text("철회했습니다.")).to_be_visible()
    assert not Application.objects.exists()
    assert ApplicationDraft.objects.get().papers.count() == 2


def test_the_public_pages_are_sound(live: tuple[Story, Call], opens: Opens):
    _story, call = live
    page = opens(None, width=390, dark=True)
    page.goto("/calls/")
    sound_both(page, "public-calls")
    page.get_by_role("link", name="추가 공모 additional-1").click()
    expect(page.get_by_text("24:00까지").first).to_be_visible()
    sound_both(page, "public-call")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="본문으로 바로 가기")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.locator("main").count() == 1
    assert page.locator("html").get_attribute("lang") == "ko"
    assert call.code in page.url


def test_the_officials_pages_are_sound(chromium: Browser, transactional_db: None, opens: Opens):
    story, call = answered_by("x", "y", voters={"x": "123", "y": "1"})
    with_passwords(story, "official-1", "expert-1")
    page = opens("official-1", width=390, dark=True)
    one = Application.objects.filter(call=call).earliest("pk")
    for name, url in (
        ("call", thing(call)),
        ("application", thing(one)),
        ("select", address("select", call)),
        ("screen", address("screen_application", one)),
        ("vacancy", thing(story.round.vacancies)),
        ("template", address("set_call_template", story.programme)),
    ):
        page.goto(url)
        sound_both(page, name)
    expert = opens("expert-1", width=390, dark=True)
    sound_both(expert, "expert-home")


def test_the_picture_of_development_is_sound(chromium: Browser, transactional_db: None, opens: Opens):
    story = with_passwords(selected("y"), "official-1")
    round: Round = later_round(story, entries=[story.teams["a"], story.teams["b"]])
    page = opens("official-1", width=390, dark=True)
    page.goto(f"{address('admit_to_round', round)}?starts=2026-03-01")
    sound_both(page, "admit")
    page.get_by_label("개발 시작일").fill("2026-04-01")
    page.get_by_role("button", name="그림 다시 그리기").click()
    expect(page.get_by_text("59일 모자랍니다.")).to_be_visible()
    page.goto(address("authorise_call", story.round))
    page.get_by_label("공모 코드").fill("additional-2")
    page.get_by_label("공고 기간(일)", exact=False).first.fill("20")
    page.locator("[name=reason]").fill("사유")
    page.get_by_role("button", name="공고문 미리 보기").click()
    expect(page.get_by_role("heading", name="공고문 미리 보기")).to_be_visible()
    sound_both(page, "authorise")
