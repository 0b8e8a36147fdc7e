"""The mark 예시: one line on every page, of the page's own programme or of those that there are."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import strip_tags

from consortia.models import Programme
from consortia.operations.programmes import found_programme
from core.ledger.naming import named
from tests.clicking import listing, said, signed_in, thing
from tests.story import NOW, SYSTEM, Story, told

pytestmark = pytest.mark.django_db

ONE = "연습 1 — 지어낸 점수입니다"
EVERY = "예시 지어낸 자료가 있는 사업: 연습 1, 연습 2 외 1개"


@pytest.fixture
def story() -> Story:
    return told()


def illustrative(number: int) -> Programme:
    words = {"name_ko": f"연습 {number}", "name_en": f"Exercise {number}", "timezone": "Asia/Seoul"}
    labels = {"label_ko": "예시: 지어낸 점수입니다", "label_en": "Illustrative: invented figures"}
    made: Programme = found_programme(
        actor=SYSTEM, now=NOW, code=f"exercise-{number}", **words, **labels, illustrative=True
    )
    return made


def marks(client: Client, address: str) -> list[str]:
    found = re.findall(r'<p class="s-mark">(.*?)</p>', said(client.get(address)), re.DOTALL)
    return [" ".join(strip_tags(each).split()) for each in found]


def test_a_page_of_no_programme_has_one_line_whatever_the_number(story: Story):
    official = signed_in(story, "official-1")
    seen = {}
    for number in range(4):
        if number:
            illustrative(number)
        for address in ("/admin/", listing(Programme)):
            seen.setdefault(number, []).append(marks(official, address))
    assert seen == {
        0: [[], []],
        1: [[f"예시 {ONE}"]] * 2,
        2: [["예시 지어낸 자료가 있는 사업: 연습 1, 연습 2"]] * 2,
        3: [[EVERY]] * 2,
    }


def test_a_page_of_one_programme_bears_its_own_mark_or_none(story: Story):
    official = signed_in(story, "official-1")
    programmes = [illustrative(number) for number in (1, 2)]
    assert marks(official, thing(programmes[0])) == [f"예시 {ONE}"]
    assert marks(official, thing(story.round)) == []


def test_in_english(story: Story):
    official = signed_in(story, "official-1")
    official.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    programme = illustrative(1)
    assert marks(official, thing(programme)) == ["Illustrative Exercise 1 — invented figures"]
    for number in (2, 3):
        illustrative(number)
    assert marks(official, "/admin/") == [
        "Illustrative Programmes with invented figures: Exercise 1, Exercise 2 and 1 more"
    ]


def test_who_sees_one_programme_alone_is_told_of_that_one():
    exercise = told("exercise-0")
    with named(actor="test", verb="test"):
        Programme.objects.filter(pk=exercise.programme.pk).update(illustrative=True)
    real = told()
    for number in (1, 2):
        illustrative(number)
    own = {person: marks(signed_in(exercise, person), "/admin/") for person in ("a-lead", "expert-1", "official-1")}
    every = "예시 지어낸 자료가 있는 사업: 시험 사업, 연습 1 외 1개"
    assert own == {"a-lead": ["예시 시험 사업"], "expert-1": ["예시 시험 사업"], "official-1": [every]}
    assert marks(signed_in(real, "a-lead"), "/admin/") == [every]


def test_no_page_asks_more_for_it(story: Story, django_assert_num_queries):
    official = signed_in(story, "official-1")
    official.get(listing(Programme))
    for number in (1, 2, 3):
        illustrative(number)
        with django_assert_num_queries(6):
            official.get(listing(Programme))
