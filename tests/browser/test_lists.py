"""Lists as an official sees them: empty, leafed through, found nothing; and a roster brought in from a table."""

import pytest
from playwright.sync_api import Browser, expect

from consortia.models import Organisation, RosterImport
from consortia.operations import roster_imports
from consortia.operations.teams import register_organisation
from consortia.sweeps import carry_out_roster
from core.clock import database_now
from core.operations.accounts import set_password
from evaluation.models import Document, Verdict
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import sound_both
from tests.clicking import listing, page, thing
from tests.story import NOW, SYSTEM, Story, told

HEAD = "코드,기관명,영문 기관명"
TABLE = f"{HEAD}\nkaist,한국과학기술원,KAIST\norg-a,org-a,org-a\n"


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    story = told()
    set_password(account=story.people["official-1"], password=PASSWORD, actor=SYSTEM, now=NOW)
    for number in range(60):
        names = {"code": f"more-{number}", "name_ko": f"기관 {number}", "name_en": f"Organisation {number}"}
        register_organisation(story.programme, **names, actor=SYSTEM, now=NOW)
    return story


def given(content: str) -> dict[str, object]:
    return {"name": "명단.csv", "mimeType": "text/csv", "buffer": content.encode()}


def test_lists_and_rosters(story: Story, opens: Opens, monkeypatch):
    shown = opens("official-1", width=390, dark=True)
    shown.goto(listing(Document))
    expect(shown.locator("main")).to_contain_text("팀이 낸 자료입니다.")
    sound_both(shown, "list-empty")
    shown.goto(f"{listing(Organisation)}?q=more-")
    shown.get_by_role("link", name="다음").press("Enter")
    expect(shown.locator(".s-pages")).to_contain_text("2쪽")
    sound_both(shown, "list-second-page")
    shown.get_by_role("link", name="이전").press("Enter")
    expect(shown.locator(".s-pages")).to_contain_text("1쪽")
    shown.goto(f"{listing(Organisation)}?q=zzz")
    sound_both(shown, "list-nothing-found")
    shown.get_by_role("link", name="모두 보기").click()
    expect(shown.locator("#result_list")).to_be_visible()

    shown.goto(page("import_roster", story.programme))
    sound_both(shown, "roster-form")
    shown.get_by_label("명단").select_option("organisations")
    shown.locator("input[type=file]").set_input_files(given(f"{TABLE}Bad,이름,Name\n"))
    shown.get_by_role("button", name="미리 보기").click()
    expect(shown.get_by_role("alert")).to_contain_text("받을 수 없는 줄")
    sound_both(shown, "roster-refused")
    shown.locator("input[type=file]").set_input_files(given(TABLE))
    shown.get_by_role("button", name="미리 보기").click()
    expect(shown.locator("#s-roster")).to_contain_text("새로 등록할 줄 1개")
    sound_both(shown, "roster-looked-at")
    shown.get_by_role("button", name="명단 가져오기").click()
    expect(shown.locator("main")).to_contain_text("1줄을 등록했습니다.")
    assert Organisation.objects.get(code="kaist").name_ko == "한국과학기술원"

    # A long one goes on by itself, and its page finds out.
    monkeypatch.setattr(roster_imports, "AT_ONCE", 10)
    shown.goto(page("import_roster", story.programme))
    shown.get_by_label("명단").select_option("organisations")
    lines = "".join(f"long-{number},긴 명단 {number},Long {number}\n" for number in range(40))
    shown.locator("input[type=file]").set_input_files(given(f"{HEAD}\n{lines}"))
    shown.get_by_role("button", name="미리 보기").click()
    shown.get_by_role("button", name="명단 가져오기").click()
    expect(shown.locator("#s-progress")).to_contain_text("차례를 기다림")
    work = RosterImport.objects.get()
    RosterImport.objects.filter(pk=work.pk).update(phase="running", done=10)
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "25")
    shown.goto(listing(RosterImport))
    shown.goto(thing(work))
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "25")
    sound_both(shown, "roster-going")
    assert carry_out_roster(work.pk, now=database_now())
    expect(shown.locator("#s-progress")).to_contain_text("40줄을 등록했습니다.")
    sound_both(shown, "roster-done")


def test_a_filter_whose_choices_are_called_alike(story: Story, opens: Opens):
    for each in (story, told("other")):
        each.open()
        each.judge("a")
    shown = opens("official-1", width=390, dark=True)
    shown.goto(listing(Verdict))
    sound_both(shown, "list-of-two-programmes")
    shown.get_by_role("button", name="걸러 보기").click()
    expect(shown.get_by_role("link", name="독자성 · 1차 단계평가 · 시험 사업")).to_have_count(2)
    shown.get_by_role("link", name="충족", exact=True).hover()
    sound_both(shown, "list-filter")
