"""A team hands in a paper with a file on a phone, in time and late; the pages on which it stands are read by axe."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from core.clock import database_now
from core.models import Attachment
from core.operations.accounts import set_password
from evaluation.models import Document
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import faults, visited
from tests.clicking import listing, page, thing
from tests.files import PDF
from tests.later import later_round
from tests.story import NOW, SYSTEM, Story, told

PAPER: dict[str, Any] = {"name": "기술 보고서.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    """Evidence of the first round closes tomorrow."""
    story = told(teams="ab", seats=1, evidence_closes=database_now() + timedelta(days=1)).open()
    for person in ("official-1", "a-lead", "expert-1"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=NOW)
    return story


def test_a_team_hands_in_a_file_on_a_phone_in_the_dark(story: Story, opens: Opens):
    shown = opens("a-lead", width=390, dark=True)
    shown.get_by_role("link", name="자료 제출", exact=True).click()
    expect(shown.get_by_role("region", name="이어지는 일")).to_contain_text("1차 단계평가의 자료 제출 마감")
    assert faults(shown) == []
    shown.get_by_label("종류").fill("기술 보고서")
    shown.get_by_label("제목").fill("독자 모델 기술 보고서")
    shown.get_by_label("첨부 파일").set_input_files({**PAPER, "buffer": b"MZ"})
    shown.get_by_role("button", name="자료 제출").click()
    expect(shown.get_by_text("받지 않는 형식이거나 이름과 내용이 다릅니다: 기술 보고서.pdf")).to_be_visible()
    expect(shown.get_by_label("제목")).to_have_value("독자 모델 기술 보고서")
    assert faults(shown) == []
    shown.get_by_label("첨부 파일").set_input_files(PAPER)
    shown.get_by_role("button", name="자료 제출").click()
    expect(shown.get_by_text("독자 모델 기술 보고서: 접수했습니다.")).to_be_visible()
    expect(shown.get_by_text(Attachment.objects.get().sha256)).to_be_visible()
    assert faults(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    with shown.expect_download() as saved:
        shown.get_by_role("link", name="기술 보고서.pdf").click()
    assert saved.value.path().read_bytes() == PDF


def test_what_comes_late_says_so_before_and_after(story: Story, opens: Opens):
    later_round(story, evidence_closes=NOW)
    shown = opens("a-lead", width=390, dark=True)
    shown.goto(page("file_document", story.teams["a"]))
    expect(shown.get_by_role("note")).to_contain_text("2차 단계평가의 자료 제출 마감이 지났습니다")
    shown.get_by_label("단계평가").select_option(label="2차 단계평가 · 마감 지남")
    shown.get_by_label("종류").fill("소명서")
    shown.get_by_label("제목").fill("소명서")
    shown.get_by_label("첨부 파일").set_input_files(PAPER)
    shown.get_by_role("button", name="자료 제출").click()
    expect(shown.get_by_role("note").first).to_contain_text("평가에 반영하지 않습니다.")
    late = Document.objects.get()
    assert (late.late, late.files.count()) == (True, 1)
    for person in ("a-lead", "official-1"):
        addresses = ["/admin/", listing(Document), thing(late)]
        found = visited(opens(person, width=390, dark=True), addresses, 390)
        assert {address: each for address, each in found.items() if each} == {}
