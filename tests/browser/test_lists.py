"""Lists as an official sees them: empty, leafed through, found nothing; and a roster brought in from a table."""

import pytest
from playwright.sync_api import Browser, expect

from consortia.models import Organisation
from consortia.operations.teams import register_organisation
from core.operations.accounts import set_password
from evaluation.models import Document
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.test_applying import sound
from tests.clicking import listing, page
from tests.story import NOW, SYSTEM, Story, told

TABLE = "코드,기관명,영문 기관명\nkaist,한국과학기술원,KAIST\norg-a,org-a,org-a\n"


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


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_lists_and_rosters(story: Story, opens: Opens, width: int, dark: bool):
    shown = opens("official-1", width=width, dark=dark)
    shown.goto(listing(Document))
    expect(shown.locator("main")).to_contain_text("팀이 낸 자료입니다.")
    sound(shown, width, "list-empty")
    shown.goto(f"{listing(Organisation)}?q=more-")
    shown.get_by_role("link", name="다음").press("Enter")
    expect(shown.locator(".s-pages")).to_contain_text("2쪽")
    sound(shown, width, "list-second-page")
    shown.get_by_role("link", name="이전").press("Enter")
    expect(shown.locator(".s-pages")).to_contain_text("1쪽")
    shown.goto(f"{listing(Organisation)}?q=zzz")
    sound(shown, width, "list-nothing-found")
    shown.get_by_role("link", name="모두 보기").click()
    expect(shown.locator("#result_list")).to_be_visible()

    shown.goto(page("import_roster", story.programme))
    sound(shown, width, "roster-form")
    shown.get_by_label("명단").select_option("organisations")
    shown.locator("input[type=file]").set_input_files(given(f"{TABLE}Bad,이름,Name\n"))
    shown.get_by_role("button", name="미리 보기").click()
    expect(shown.get_by_role("alert")).to_contain_text("받을 수 없는 줄")
    sound(shown, width, "roster-refused")
    shown.locator("input[type=file]").set_input_files(given(TABLE))
    shown.get_by_role("button", name="미리 보기").click()
    expect(shown.locator("#s-roster")).to_contain_text("새로 등록할 줄 1개")
    sound(shown, width, "roster-looked-at")
    shown.get_by_role("button", name="명단 가져오기").click()
    expect(shown.locator("main")).to_contain_text("1줄을 등록했습니다.")
    assert Organisation.objects.get(code="kaist").name_ko == "한국과학기술원"
