"""Reminders in the panel: everyone his own, officials and auditors all, nobody to write one."""

from datetime import datetime, timedelta

import pytest

from appeals.sweeps import tell
from evaluation.models import Message, Reminder, Round
from evaluation.operations.consenting import record_service_consent
from tests.clicking import listing, said, signed_in, thing
from tests.story import NOW, SYSTEM, Story, told

pytestmark = pytest.mark.django_db
CLOSES = datetime.fromisoformat("2026-01-27T00:00:00+09:00")


@pytest.fixture
def story() -> Story:
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50})
    record_service_consent(story.teams["a"], address="a@example.com", actor=story.actor("a-lead"), now=NOW)
    story.announce()
    tell(actor=SYSTEM, now=CLOSES - timedelta(days=1))
    return story


def test_everyone_reads_what_was_sent_to_himself(story: Story):
    client = signed_in(story, "a-lead")
    assert [each.account.code for each in client.get(listing(Message)).context["cl"].queryset] == ["a-lead"]
    own, other = (Message.objects.get(account=story.people[person]) for person in ("a-lead", "b-lead"))
    assert "팀 a의 이의신청은 2026년 1월 26일(월) 24:00까지 할 수 있습니다." in said(client.get(thing(own)))
    assert client.get(thing(other)).status_code == 404
    assert client.get(listing(Reminder)).status_code == 403


def test_officials_see_what_went_out_and_what_was_mailed(story: Story):
    client = signed_in(story, "official-1")
    shown = said(client.get(listing(Reminder)))
    assert shown.count("시스템으로만") == 4
    assert shown.count("보내기 전") == 1
    mailed = Reminder.objects.exclude(address="").get()
    shown = said(client.get(thing(mailed)))
    assert "a@example.com" in shown
    assert "a-lead" in shown


ENDS = {"ko": "2026년 1월 26일(월) 24:00까지", "en": "until 24:00 on Monday, 26 January 2026"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_end_is_told_as_the_notice_tells_it(story: Story, language: str):
    """Midnight ends the day before: a list that named the next one would give a day that nobody has."""
    for person, subject in (("official-1", Reminder), ("a-lead", Message), ("official-1", Round)):
        client = signed_in(story, person)
        client.cookies["django_language"] = language
        for address in (listing(subject), thing(subject.objects.last())):
            shown = said(client.get(address))
            assert ENDS[language] in shown
            assert "1월 27일" not in shown
            assert "27 January" not in shown


@pytest.mark.parametrize(("person", "status"), [("auditor-1", 200), ("expert-1", 403), ("operator-1", 403)])
def test_who_sees_all_reminders(story: Story, person: str, status: int):
    assert signed_in(story, person).get(listing(Reminder)).status_code == status
