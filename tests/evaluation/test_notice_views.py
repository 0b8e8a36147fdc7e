"""The notice as page and paper: who may read it, that the reading is recorded, and what neither ever says."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from appeals.operations.waiving import waive_appeal
from core.models import Event
from evaluation.models import Notice
from tests.clicking import said, thing
from tests.evaluation.test_notices import leaks, scored, secrets
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

WAYS = ("/notices/{}/", "/notices/{}.pdf")
ROLES = {
    "official-1": 200,
    "auditor-1": 200,
    "b-lead": 200,
    "a-lead": 404,
    "x-lead": 404,
    "expert-1": 404,
    "reviewer-1": 404,
    "operator-1": 404,
}


@pytest.fixture
def story() -> Story:
    # The doors take the time from the database, and what has not arrived by then is not the team's to read.
    return scored(told(seats=3)).announce(disclosure="full", delivered={"e": (NOW + timedelta(days=36500)).isoformat()})


def notice_of(story: Story, team: str) -> Notice:
    return Notice.objects.get(entry__team__code=team)


def read(story: Story, person: str, way: str, team: str):
    asking = Client()
    asking.force_login(story.people[person])
    return asking.get(way.format(notice_of(story, team).pk))


def readings() -> list[tuple[str, str]]:
    return list(Event.objects.filter(verb="see_notice").order_by("id").values_list("actor", "subject_label"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("person", "status"), ROLES.items())
def test_who_may_read(story: Story, person: str, status: int, way: str):
    answer = read(story, person, way, "b")
    assert answer.status_code == status
    assert readings() == ([(f"test.{person}", "팀 b 통지")] if status == 200 else [])


@pytest.mark.parametrize("way", WAYS)
def test_nobody_reads_without_signing_in(story: Story, way: str):
    answer = Client().get(way.format(notice_of(story, "b").pk))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/login/")
    assert readings() == []


@pytest.mark.parametrize("way", WAYS)
def test_what_has_not_arrived_is_not_the_teams_to_read(story: Story, way: str):
    with unchanged():
        assert read(story, "e-lead", way, "e").status_code == 404
    assert read(story, "official-1", way, "e").status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_one_that_is_not_there(story: Story, way: str):
    asking = Client()
    asking.force_login(story.people["official-1"])
    assert asking.get(way.format(0)).status_code == 404


def test_a_paper_is_left_to_the_browsers_own_viewer_and_a_page_is_not(story: Story):
    page, paper = (read(story, "official-1", way, "b") for way in ("/notices/{}/", "/notices/{}.pdf"))
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "Content-Security-Policy" not in paper


def test_reading_changes_nothing_by_post(story: Story):
    asking = Client()
    asking.force_login(story.people["b-lead"])
    with unchanged():
        assert asking.post(f"/notices/{notice_of(story, 'b').pk}/").status_code == 405


def test_the_page_says_it_all(story: Story):
    answer = read(story, "b-lead", WAYS[0], "b")
    page = answer.content.decode()
    for words in (
        "요건 미충족",
        "82.4점",
        "2위",
        "과반 의견",
        "2026년 1월 26일(월) 24:00까지",
        "official-1",
        "행정심판",
    ):
        assert words in page
    assert f'<a href="{thing(notice_of(story, "b"))}">심사 시스템의 이의신청 화면</a> 또는 담당자에게' in page
    assert answer["Cache-Control"] == "private, no-store"


def test_the_paper_says_the_same_and_is_the_same_each_time(story: Story):
    first, again = (read(story, who, WAYS[1], "b").content for who in ("b-lead", "official-1"))
    assert first == again
    paper = words_of(first)
    for words in (
        "요건 미충족",
        "82.4점",
        "2위",
        "과반 의견",
        "2026년 1월 26일(월) 24:00까지",
        "official-1",
        "행정심판",
    ):
        assert words in paper


@pytest.mark.parametrize("team", list("abcd"))
def test_neither_holds_anything_of_other_teams_or_an_experts_name(story: Story, team: str):
    words = secrets(story, team)
    page, paper = (read(story, f"{team}-lead", way, team).content for way in WAYS)
    assert leaks(page.decode(), words) == set()
    assert leaks(words_of(paper), words) == set()


def words_of(paper: bytes) -> str:
    made = PdfReader(BytesIO(paper))
    told_in = [page.extract_text() for page in made.pages] + [str(made.metadata), str(made.xmp_metadata)]
    return "\n".join(told_in)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("첫 화면", "송달과 도달", "통지서 내려받기(PDF)")),
        ("en", ("Home", "Service and arrival", "Download the notice (PDF)")),
    ],
)
def test_the_page_leads_back_in_the_reader_s_language(story: Story, language: str, words: tuple[str, str, str]):
    asking, notice = Client(), notice_of(story, "b")
    asking.force_login(story.people["b-lead"])
    asking.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    shown = said(asking.get(f"/notices/{notice.pk}/"))
    for address, name in zip(("/admin/", thing(notice), f"/notices/{notice.pk}.pdf"), words, strict=True):
        assert f'<a href="{address}">{name}</a>' in shown
        assert asking.get(address).status_code == 200
    assert '<html lang="ko">' in shown
    assert "<dt>받는 팀</dt><dd>팀 b</dd>" in shown


def test_page_and_paper_say_that_a_team_has_waived_in_place_of_a_window(story: Story):
    waive_appeal(story.entry("b"), actor=story.actor("b-lead"), now=NOW + timedelta(days=1))
    page = read(story, "b-lead", WAYS[0], "b").content.decode()
    paper = PdfReader(BytesIO(read(story, "b-lead", WAYS[1], "b").content))
    pages = [page, "".join(each.extract_text() for each in paper.pages)]
    for shown in pages:
        words = re.sub(r"\s", "", shown)
        assert "2026년1월16일(금)14:00에이의신청을포기하여" in words
        assert "이의신청을할수있습니다" not in words
        assert "2026년1월26일(월)24:00까지" not in words
