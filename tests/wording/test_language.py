"""Korean until a person chooses; the choice is remembered, and what is stored stays Korean."""

import re

import pytest
from django.test import Client
from django.utils import translation

from appeals.states import Ground
from consortia.models import Programme
from core.errors import Refused
from core.ledger.naming import named
from core.models import Event
from evaluation.models import Round
from evaluation.operations.entries import withdraw
from tests.appeals.after import contested, filed
from tests.clicking import listing, thing
from tests.story import NOW, told

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-US,en;q=0.9"}


def test_a_browser_in_english_gets_korean():
    answer = Client().get("/calls/", **ENGLISH)
    assert answer.headers["Content-Language"] == "ko"
    assert "Cookie" in answer.headers["Vary"]
    assert "Accept-Language" not in answer.headers["Vary"]
    assert '<html lang="ko">' in answer.content.decode()


def test_the_switch_is_remembered_and_leads_back():
    client = Client()
    page = client.get("/calls/").content.decode()
    assert '<button type="submit" name="language" value="en" lang="en">English</button>' in page
    assert 'value="ko" lang="ko" aria-current="true">한국어</button>' in page
    answer = client.post("/language/", {"language": "en", "next": "/calls/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/calls/")
    answer = client.get("/calls/")
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="en">' in answer.content.decode()
    assert "Additional call" in answer.content.decode()
    client.post("/language/", {"language": "ko", "next": "/calls/"})
    assert client.get("/calls/").headers["Content-Language"] == "ko"


@pytest.mark.parametrize("chosen", ["de", "", "en'", "x" * 600])
def test_a_language_that_is_not_offered_is_korean(chosen: str):
    client = Client()
    client.cookies["django_language"] = chosen
    assert client.get("/calls/").headers["Content-Language"] == "ko"


def test_the_switch_leads_nowhere_else():
    answer = Client().post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_every_page_says_in_whose_time_its_times_are():
    story = told()
    with named(actor="test", verb="test"):
        Programme.objects.update(timezone="Asia/Tokyo")
    client = Client()
    client.force_login(story.people["official-1"])
    pages = ("/calls/", "/admin/", listing(Round), thing(story.round))
    said = {address: client.get(address).content.decode() for address in pages}
    zones = {address: re.search("시각은 모두 (.*) 기준입니다", page)[1] for address, page in said.items()}
    assert zones == dict.fromkeys(said, "KST") | {thing(story.round): "JST"}
    client.cookies["django_language"] = "en"
    assert "All times are in KST." in client.get("/admin/").content.decode()


def test_signing_in_and_the_panel_have_the_switch():
    story = told()
    assert 'class="s-languages"' in Client().get("/accounts/login/").content.decode()
    client = Client()
    client.force_login(story.people["official-1"])
    page = client.get("/admin/").content.decode()
    assert page.count('class="s-languages"') == 1


@pytest.mark.parametrize(
    ("headers", "title"),
    [({}, "찾을 수 없습니다"), ({"HTTP_ACCEPT_LANGUAGE": "en"}, "Not found")],
)
def test_the_api_speaks_english_when_asked(headers: dict[str, str], title: str):
    story = told()
    client = Client()
    client.force_login(story.people["official-1"])
    answer = client.get("/api/v1/rounds/none/standings/", **headers)
    assert (answer.status_code, answer.json()["title"]) == (404, title)


def test_a_refusal_is_told_in_the_readers_language():
    story = told()
    entry = story.entry("a")
    with translation.override("en"), pytest.raises(Refused) as caught:
        withdraw(entry, reason=" ", actor=story.actor("official-1"), now=NOW)
    with translation.override("en"):
        assert str(caught.value) == "Fill in: Reason"
    with translation.override("ko"):
        assert str(caught.value) == "적어야 합니다: 사유"


def test_whoever_reads_english_stores_korean():
    story = contested()
    with translation.override("en"):
        row = filed(story, statement="A point is wrong")
        assert translation.get_language() == "en"
        assert str(row) == "Objection appeal-1"
        assert str(Ground.DECISIVE_ERROR.label) == "Error that decided the result"
    line = Event.objects.filter(verb="file_appeal").get()
    assert line.subject_label == "이의신청 appeal-1"
