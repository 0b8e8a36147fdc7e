"""Pages in English: Korean stands there only where somebody wrote it."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from core.models import Decision, Event
from core.operations.decisions import prepare
from evaluation.models import CriteriaVersion, Notice, Snapshot
from evaluation.states import Disclosure
from evaluation.verbs import ANNOUNCE
from tests.clicking import listing, page, said, signed_in, thing
from tests.story import Story, told
from tests.wording.reading import korean_of, stored_words

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def left(story: Story, person: str, addresses: list[str]) -> dict[str, list[str]]:
    client, stored = english(signed_in(story, person)), stored_words()
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, (person, address)
        assert '<html lang="en"' in said(answer), address
        found[address] = korean_of(said(answer), stored)
    return {address: words for address, words in found.items() if words}


def test_an_official_s_pages_while_a_round_is_scored():
    story = told().open()
    story.score("a", 90)
    pages = ["/admin/", thing(story.round), thing(story.entry("a")), page("suppose", story.round)]
    pages += [page(verb, story.round) for verb in ("announce", "decide_gate", "write_guidance", "see_robustness")]
    pages += [page("record_points", story.entry("b")), f"/admin/evaluation/entry/{story.entry('a').pk}/figure/expert/"]
    assert left(story, "official-1", pages) == {}


def test_an_official_s_pages_of_a_result():
    story = told(seats=2).open().score_all(TOTALS, failed=["b"])
    arguments = {"disclosure": Disclosure.TOTALS, "delivered": {}, "on_paper": []}
    prepare(ANNOUNCE, story.round, arguments=arguments, actor=story.actor("official-1"), now=story.now)
    waiting = Decision.objects.latest("pk")
    assert left(story, "official-2", [thing(waiting), page("approve", waiting), listing(Decision)]) == {}
    story.announce()
    things = [story.round, Snapshot.objects.get(), Notice.objects.earliest("pk"), CriteriaVersion.objects.get()]
    assert left(story, "official-1", [*map(thing, things), page("correct", story.round), "/admin/"]) == {}


def test_every_list():
    story = told().open().score_all(TOTALS).announce()
    for person in ("official-1", "auditor-1"):
        client = english(signed_in(story, person))
        lists = [listing(model) for model in admin.site._registry]
        seen = [address for address in lists if client.get(address).status_code == 200]
        assert len(seen) > 20
        assert left(story, person, seen) == {}


def test_an_expert_s_and_a_team_s_pages():
    story = told().open()
    assert left(story, "expert-1", ["/admin/", page("submit_sheet", story.entry("a")), thing(story.round)]) == {}
    story.score_all(TOTALS).announce()
    own = Notice.objects.get(entry=story.entry("a"))
    assert left(story, "a-lead", ["/admin/", thing(own), page("file_appeal", own)]) == {}


def test_pages_for_everybody():
    client = english(Client())
    for address in ("/calls/", "/accounts/login/", "/nowhere/"):
        assert korean_of(said(client.get(address)), []) == [], address


def test_korean_until_somebody_chooses():
    client = Client(headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="ko">' in said(client.get("/calls/"))
    answer = client.post("/language/", {"language": "en", "next": "/calls/"})
    assert (answer.status_code, answer["Location"]) == (302, "/calls/")
    shown = client.get("/calls/")
    assert (shown["Content-Language"], '<html lang="en">' in said(shown)) == ("en", True)
    client.post("/language/", {"language": "ko", "next": "/calls/"})
    assert '<html lang="ko">' in said(client.get("/calls/"))


def test_an_unknown_language_and_a_foreign_address_change_nothing():
    client = Client()
    answer = client.post("/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert '<html lang="ko">' in said(client.get("/calls/"))


def test_a_refusal_is_in_the_reader_s_language_and_the_record_in_korean():
    story = told()
    client = english(signed_in(story, "official-1"))
    assert client.post(page("open_round", story.round)).status_code == 302
    assert Event.objects.get(verb="open_round").subject_label == "1차 단계평가"
    again = client.post(page("open_round", story.round))
    assert again.status_code == 400
    assert korean_of(said(again), stored_words()) == []
    answer = client.get("/api/v1/rounds/test.nothing/standings/")
    assert korean_of(answer.json()["detail"], stored_words()) == []
