"""An official brings numbers in: uploads, sees what will come of it, confirms; and may watch a long one and stop it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from playwright.sync_api import Browser, expect

from core.actors import machine
from core.operations.accounts import set_password
from evaluation import sweeps
from evaluation.models import Measurement, Response, Upload
from evaluation.operations import uploads
from evaluation.operations.benchmarks import plan_benchmarks
from evaluation.readers.plans import Planned
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import sound_both
from tests.clicking import page, thing
from tests.evaluation.harness_files import content
from tests.evaluation.workbooks import sheet, workbook
from tests.story import NOW, SYSTEM, Story, told

CRITERIA = (
    Rule("bench", Decimal(20), source="measurements", quorum=2, scale=Linear(Fraction(20))),
    Rule("user", Decimal(80), source="responses"),
)
PLAN = (
    Planned("bench", "task-a", "acc", "none", "1.0", 5, 1000),
    Planned("bench", "task-b", "exact_match", "strict-match", "1.0", 5),
)


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    story = told(criteria=CRITERIA)
    plan_benchmarks(story.round, PLAN, actor=story.actor("official-1"), now=NOW)
    set_password(account=story.people["official-1"], password=PASSWORD, actor=SYSTEM, now=NOW)
    return story.open()


def given(name: str, body: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": body}


def test_numbers_are_brought_in_by_files(story: Story, opens: Opens, monkeypatch):
    shown = opens("official-1", width=390, dark=True)
    # A workbook with a fault: what is wrong stands there by its line.
    shown.goto(page("upload_responses", story.round))
    sound_both(shown, "import-upload")
    rows = [["점수", "팀", "항목"], ["20.5", "a", "user"], ["x", "a", "user"], ["3", "팀 없음", "user"]]
    shown.locator("input[type=file]").set_input_files(given("응답.xlsx", workbook(sheet(rows))))
    shown.get_by_role("button", name="사용자 응답 올리기").click()
    expect(shown.get_by_role("cell", name="3번째 줄")).to_be_visible()
    sound_both(shown, "import-refused")
    assert Response.objects.count() == 0

    # Runs: seen, confirmed, recorded.
    shown.goto(page("upload_runs", story.round))
    shown.get_by_label("정예팀").select_option("a")
    both = [given("a-1.json", content(("task-a",))), given("a-2.json", content(("task-b",)))]
    shown.locator("input[type=file]").set_input_files(both)
    shown.get_by_role("button", name="벤치마크 결과 올리기").click()
    expect(shown.get_by_role("cell", name="0.7125")).to_be_visible()
    sound_both(shown, "import-runs")
    shown.get_by_role("link", name="올린 자료 반영").click()
    confirms = shown.get_by_role("button", name="올린 자료 반영")
    expect(confirms).to_be_visible()
    sound_both(shown, "import-confirm")
    confirms.click()
    expect(shown.locator("#s-progress")).to_contain_text("결과 파일 2개를 반영했습니다.")
    assert Measurement.objects.count() == 2

    # A long one: it goes on by itself, and the page finds out.
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    shown.goto(page("upload_responses", story.round))
    table = b"team,criterion,mark\n" + b"a,user,20.5\nb,user,21\n" * 20
    shown.locator("input[type=file]").set_input_files(given("응답.csv", table))
    shown.get_by_role("button", name="사용자 응답 올리기").click()
    expect(shown.locator("#s-progress")).to_contain_text("차례를 기다림")
    upload = Upload.objects.latest("pk")
    sweeps.check_upload(upload.pk, actor=machine("upload"), now=NOW)
    shown.get_by_role("link", name="올린 자료 반영").click()
    confirms.click()
    expect(shown.locator("#s-progress")).to_contain_text("반영 중")
    Upload.objects.filter(pk=upload.pk).update(done=30)
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "37")
    sound_both(shown, "import-going")
    shown.goto(thing(story.round))
    shown.goto(thing(upload))
    assert sweeps.carry_out_upload(upload.pk, now=NOW)
    expect(shown.locator("#s-progress")).to_contain_text("응답 40개를 반영했습니다.")
    sound_both(shown, "import-done")
