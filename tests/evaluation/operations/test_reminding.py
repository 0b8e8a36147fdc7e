"""Reminders: three days and one day before a window or an appeal's term ends, once, whatever rings and how often."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from appeals.operations.filing import file_appeal
from appeals.operations.reviewing import admit_appeal
from appeals.operations.waiving import waive_appeal
from appeals.states import Ground
from appeals.sweeps import tell
from core.actors import machine
from core.sight import visible
from evaluation.models import Message, Reminder
from evaluation.operations.consenting import record_service_consent, withdraw_service_consent
from evaluation.operations.reminding import mail_reminder
from evaluation.queries.reminders import to_be_mailed
from evaluation.verbs import CORRECT, RESUME_CLOCK, STOP_CLOCK
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db

CLOSES = datetime.fromisoformat("2026-01-27T00:00:00+09:00")
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def story() -> Story:
    made = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50})
    record_service_consent(made.teams["a"], address="team-a@example.com", actor=made.actor("a-lead"), now=NOW)
    return made.announce()


def swept(now: datetime) -> int:
    return len(tell(actor=SYSTEM, now=now))


def about() -> list[tuple[str, int]]:
    return sorted(Reminder.objects.values_list("kind", "days"))


def test_three_days_and_one_day_before_each_once(story: Story):
    assert swept(CLOSES - 3 * DAY - INSTANT) == 0
    assert swept(CLOSES - 3 * DAY) == 5
    with unchanged():
        assert swept(CLOSES - 1 * DAY - INSTANT) == 0
    assert swept(CLOSES - 1 * DAY) == 5
    with unchanged():
        assert swept(CLOSES - INSTANT) == 0
        assert swept(CLOSES) == 0
    assert about() == [("window", 1)] * 5 + [("window", 3)] * 5


def test_what_it_says_and_to_whom(story: Story):
    swept(CLOSES - 1 * DAY)
    messages = Message.objects.select_related("reminder").order_by("account__username")
    assert [each.account.code for each in messages] == ["a-lead", "b-lead", "c-lead", "d-lead", "e-lead"]
    reminder = messages[3].reminder
    assert reminder.title == "[심사] 1차 단계평가 이의신청 마감이 다가옵니다"
    assert reminder.body == (
        "1차 단계평가 결과에 대한 팀 d의 이의신청은 2026년 1월 26일(월) 24:00까지 할 수 있습니다. "
        "그 뒤에 낸 것은 받지 않습니다."
    )
    for person, seen in (("d-lead", ["d-lead"]), ("expert-1", []), ("official-1", []), ("operator-1", [])):
        mine = visible(Message.objects.all(), story.actor(person), NOW)
        assert [each.account.code for each in mine] == seen
    assert visible(Message.objects.all(), story.actor("auditor-1"), NOW).count() == 5


def test_one_that_was_missed_is_not_made_good(story: Story):
    assert swept(CLOSES - timedelta(hours=5)) == 5
    assert about() == [("window", 1)] * 5


def test_who_has_waived_is_not_reminded(story: Story):
    waive_appeal(story.entry("d"), actor=story.actor("d-lead"), now=NOW + DAY)
    swept(CLOSES - DAY)
    assert not Message.objects.filter(account=story.people["d-lead"]).exists()
    assert Message.objects.count() == 4


def test_a_stopped_clock_has_no_end_and_a_new_end_is_told_anew(story: Story):
    assert swept(CLOSES - 3 * DAY) == 5
    story.decide(STOP_CLOCK, now=CLOSES - 2 * DAY, teams=["d"])
    assert swept(CLOSES - DAY) == 4
    story.decide(RESUME_CLOCK, now=CLOSES + 3 * DAY, teams=["d"])
    end = story.fresh().appeals_close_at
    assert end == datetime.fromisoformat("2026-02-03T00:00:00+09:00")
    swept(end - DAY)
    told_d = Reminder.objects.filter(messages__account=story.people["d-lead"]).order_by("pk")
    assert list(told_d.values_list("days", "until")) == [(3, CLOSES), (1, end)]


def test_of_two_notices_only_the_newer_is_told_of(story: Story):
    correction = {"set_points": {"team": "b", "criterion": "bench", "points": "0"}}
    story.decide(CORRECT, now=NOW + 5 * DAY, corrections=[correction])
    end = story.fresh().appeals_close_at
    assert end == datetime.fromisoformat("2026-01-31T00:00:00+09:00")
    assert swept(CLOSES - DAY) == 3
    assert swept(end - DAY) == 2


def test_a_period_shorter_than_that_has_no_such_moment():
    story = told(appeal_days=1).open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    assert story.round.appeals_close_at == datetime.fromisoformat("2026-01-17T00:00:00+09:00")
    assert swept(NOW) == 0
    assert swept(datetime.fromisoformat("2026-01-16T00:00:00+09:00")) == 5


def test_officials_are_told_when_an_appeal_is_to_be_decided(story: Story):
    facts = {
        "code": "appeal-1",
        "ground": Ground.OTHER,
        "statement": "다시 보아 주십시오",
        "actor": story.actor("d-lead"),
    }
    appeal = file_appeal(story.entry("d"), now=NOW + DAY, **facts)
    assert appeal.decide_by == datetime.fromisoformat("2026-02-20T00:00:00+09:00")
    swept(appeal.decide_by - 3 * DAY)
    assert swept(appeal.decide_by - 3 * DAY) == 0
    reminder = Reminder.objects.get(kind="decision")
    assert reminder.body == "팀 d의 이의신청 appeal-1: 2026년 2월 19일(목) 24:00까지 결정하여야 합니다."
    assert sorted(each.account.code for each in reminder.messages.all()) == ["official-1", "official-2", "official-3"]
    admit_appeal(appeal, admitted=False, reason="이유 없음", actor=story.actor("official-1"), now=NOW + 2 * DAY)
    assert swept(appeal.decide_by - DAY) == 0


def test_mail_goes_out_once_and_only_where_a_team_has_agreed(story: Story, django_capture_on_commit_callbacks):
    now = CLOSES - DAY
    with django_capture_on_commit_callbacks() as rung:
        swept(now)
    (reminder,) = to_be_mailed(now)
    # Rung when it was made, and by the sweep for whatever has not gone: once in one transaction.
    assert [(bell.task, bell.ids) for bell in rung] == [("evaluation.tasks.mail_reminder", (reminder,))]
    with refused("not_allowed"):
        mail_reminder(reminder, actor=story.actor("official-1"), now=now)
    assert mail_reminder(reminder, actor=machine("mail"), now=now)
    with unchanged():
        assert not mail_reminder(reminder, actor=machine("mail"), now=now)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["team-a@example.com"], "[심사] 1차 단계평가 이의신청 마감이 다가옵니다")
    ]
    assert "2026년 1월 26일(월) 24:00까지" in mail.outbox[0].body
    assert to_be_mailed(now) == []


def test_nothing_is_mailed_too_late_or_to_nobody(story: Story):
    swept(CLOSES - DAY)
    (reminder,) = to_be_mailed(CLOSES - INSTANT)
    assert to_be_mailed(CLOSES) == []
    with unchanged():
        assert not mail_reminder(reminder, actor=machine("mail"), now=CLOSES)
        assert not mail_reminder(0, actor=machine("mail"), now=NOW)
        without = Reminder.objects.filter(address="").first()
        assert not mail_reminder(without.pk, actor=machine("mail"), now=CLOSES - DAY)
    assert mail.outbox == []


def test_consent_taken_back_is_heeded(story: Story):
    withdraw_service_consent(story.teams["a"], actor=story.actor("a-lead"), now=NOW + DAY)
    swept(CLOSES - DAY)
    assert to_be_mailed(CLOSES - DAY) == []


def test_with_nothing_due_the_queries_do_not_grow(story: Story):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        swept(NOW)
    several = len(queries)
    other = told("other").open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    assert other.round.state == "announced"
    with CaptureQueriesContext(connection) as queries:
        swept(NOW)
    assert len(queries) == several
