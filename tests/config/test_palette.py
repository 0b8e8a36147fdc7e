"""Finding by a few letters: steps that may follow now, and things by name, never what is not the person's to see."""

import re

import pytest
from django.core.cache import cache

from tests.clicking import page, said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


@pytest.fixture(autouse=True)
def nothing_found_before() -> None:
    cache.clear()


def found(story: Story, person: str, term: str) -> list[str]:
    answer = signed_in(story, person).get("/admin/search/", {"s": term, "extended": 1})
    assert answer.status_code == 200
    return re.findall(r'href="([^"]+)"\s+data-title', said(answer))


def test_a_step_is_found_by_its_words_where_it_may_follow():
    story = told()
    assert page("open_round", story.round) in found(story, "official-1", "개시")
    story.open()
    cache.clear()
    assert page("open_round", story.round) not in found(story, "official-1", "개시")
    assert page("announce", story.round) in found(story, "official-1", "결과 발표")


def test_a_step_is_no_way_for_whoever_may_not_take_it():
    story = told().open()
    for person in ("auditor-1", "expert-1", "operator-1", "a-lead", "reviewer-1"):
        assert found(story, person, "기안") == [], person


def test_things_are_found_by_their_names_by_whoever_may_see_them():
    story = told().open()
    team, round = thing(story.entry("b")), thing(story.round)
    for person in ("official-1", "auditor-1", "expert-1"):
        assert team in found(story, person, "팀 b"), person
        assert round in found(story, person, "1차"), person
    for person in ("operator-1", "a-lead"):
        assert found(story, person, "팀 b") == found(story, person, "1차") == [], person


def test_the_menu_is_found_too():
    story = told()
    assert "/admin/core/decision/" in found(story, "official-1", "결재")
    assert "/admin/core/decision/" not in found(story, "expert-1", "결재")
