"""Accounts and the calendar: operators open accounts and give passwords, officials add days."""

import datetime

import pytest
from django.test import Client

from core.models import Account, Event, LedgerItem, NonWorkingDay
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

NEW = {"username": "test.new", "name_ko": "새 사람", "name_en": "New", "role": "auditor"}
DAY = {"calendar": "kr", "day": "2027-06-04", "name_ko": "임시공휴일", "name_en": "Extra", "source": "국무회의 의결"}


@pytest.fixture
def story() -> Story:
    return told()


def test_an_operator_opens_an_account(story: Story):
    answer = press(story, "operator-1", "open_account", Account, **NEW)
    account = Account.objects.get(username="test.new")
    assert answer["Location"] == thing(account)
    assert (account.name_ko, list(account.roles()), account.has_usable_password()) == ("새 사람", ["auditor"], False)
    with unchanged():
        again = press(story, "operator-1", "open_account", Account, **NEW)
    assert "이미 있는 계정입니다: test.new" in said(again)


def test_a_name_that_cannot_be_one_is_told(story: Story):
    with unchanged():
        answer = press(story, "operator-1", "open_account", Account, **{**NEW, "username": "Test New"})
    assert "소문자나 숫자로 시작하고" in said(answer)


@pytest.mark.parametrize(
    ("person", "open_account", "set_password"),
    [("official-1", 200, 403), ("auditor-1", 403, 403), ("expert-1", 403, 404), ("operator-1", 200, 200)],
)
def test_who_may(story: Story, person: str, open_account: int, set_password: int):
    client = signed_in(story, person)
    assert client.get(page("open_account", Account)).status_code == open_account
    assert client.get(page("set_password", story.people["expert-2"])).status_code == set_password


def test_a_password_is_given_and_kept_nowhere_else(story: Story):
    expert = story.people["expert-1"]
    given = {"password": "correct-horse-7", "again": "correct-horse-7"}
    assert press(story, "operator-1", "set_password", expert, **given).status_code == 302
    expert.refresh_from_db()
    assert expert.check_password("correct-horse-7")
    assert not LedgerItem.objects.filter(image__icontains="correct-horse-7").exists()
    assert Event.objects.get(verb="set_password").actor == "test.operator-1"
    client = Client()
    answer = client.post("/accounts/login/", {"login": "test.expert-1", "password": "correct-horse-7"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"password": "correct-horse-7", "again": "other"}, "두 비밀번호가 다릅니다."),
        ({"password": "", "again": ""}, "필수"),
    ],
)
def test_a_password_that_is_not_one(story: Story, given: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "operator-1", "set_password", story.people["expert-1"], **given)
    assert answer.status_code == 400
    assert words in said(answer)


def test_no_page_shows_a_hash(story: Story):
    shown = said(signed_in(story, "operator-1").get(thing(story.people["expert-1"])))
    assert story.people["expert-1"].password not in shown


def test_a_password_is_not_changed_outside_an_operation(story: Story):
    answer = signed_in(story, "official-1").get("/admin/password_change/")
    assert answer["Location"] == "/accounts/password/"


def test_an_official_adds_a_day(story: Story):
    assert press(story, "official-1", "add_non_working_day", NonWorkingDay, **DAY).status_code == 302
    day = NonWorkingDay.objects.get(name_ko="임시공휴일", calendar="kr", date=datetime.date(2027, 6, 4))
    assert day.source == "국무회의 의결"
    with unchanged():
        other = press(story, "official-1", "add_non_working_day", NonWorkingDay, **{**DAY, "name_ko": "다른 이름"})
        blank = press(story, "official-1", "add_non_working_day", NonWorkingDay, **{**DAY, "source": ""})
        assert press(story, "operator-1", "add_non_working_day", NonWorkingDay, **DAY).status_code == 403
    assert "이미 있는 공휴일입니다" in said(other)
    assert blank.status_code == 400
    assert "2027년 6월 4일" in said(signed_in(story, "operator-1").get(listing(NonWorkingDay), {"q": "임시"}))
