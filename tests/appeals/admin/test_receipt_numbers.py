"""The number on a receipt stands in the list, and finds what was received."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from appeals.models import Appeal, AppealReceipt
from appeals.operations.reviewing import assign_reviewers
from tests.appeals.after import admitted, contested, filed
from tests.clicking import listing, said, signed_in
from tests.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture
def story(now: datetime) -> Story:
    story = contested(now=now)
    for code, team in (("appeal-b", "b"), ("appeal-c", "c")):
        filed(story, team, code=code, now=now)
    return story


def number(code: str) -> str:
    return AppealReceipt.objects.get(appeal__code=code).number


def found(story: Story, person: str, text: str) -> str:
    return said(signed_in(story, person).get(listing(Appeal), {"q": text}))


def test_the_number_stands_in_the_list_and_finds_one(story: Story):
    shown = found(story, "official-1", "")
    assert number("appeal-b") in shown
    assert number("appeal-c") in shown
    for text in (number("appeal-b"), f" {number('appeal-b')} ", number("appeal-b").replace("-0001", "-1")):
        only = found(story, "official-1", text)
        assert "appeal-b" in only
        assert "appeal-c" not in only


@pytest.mark.parametrize("text", ["1999-이의-0001", "2026-응모-0001", "2026-이의-", "2026-이의-0001x"])
def test_what_is_no_such_number_finds_nothing(story: Story, text: str):
    assert "appeal-b" not in found(story, "official-1", text)


def test_a_team_finds_its_own_and_no_other(story: Story):
    assert "appeal-b" in found(story, "b-lead", number("appeal-b"))
    assert "appeal-c" not in found(story, "b-lead", number("appeal-c"))


def test_who_sees_no_receipts_sees_no_numbers(story: Story, now: datetime):
    appeal = admitted(Appeal.objects.get(code="appeal-b"), story, now=now)
    people = [story.people["expert-6"]]
    assign_reviewers(appeal, people=people, actor=story.actor("official-1"), now=now)
    shown = found(story, "expert-6", "")
    assert "appeal-b" in shown
    assert "접수번호" not in shown
    assert "appeal-b" not in found(story, "expert-6", number("appeal-b"))
