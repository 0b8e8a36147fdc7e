"""Notices, the stopped clock, consents and reminders: what must never be false; each constraint by its name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.ledger.naming import named
from core.models import Decision
from evaluation.models import ClockStop, Message, Notice, Reminder, ServiceAddress
from evaluation.verbs import RESUME_CLOCK, STOP_CLOCK
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class World:
    """An announced round: d's notice is on paper and on its way, c's clock stands still, b's has been resumed."""

    def __init__(self) -> None:
        story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50})
        self.story: Story = story.announce(on_paper=["d"])
        story.decide(STOP_CLOCK, now=NOW + DAY, teams=["b", "c"])
        story.decide(RESUME_CLOCK, now=NOW + 2 * DAY, teams=["b"])
        self.decision = Decision.objects.latest("pk")
        self.notices = {notice.entry.team.code: notice for notice in Notice.objects.select_related("entry__team")}
        self.standing = ClockStop.objects.get(resumed_at=None)
        self.resumed = ClockStop.objects.get(resumed_at__isnull=False)

    def made(self, model: Any, /, **wrong: Any) -> Any:
        """A valid row but for these fields."""
        valid: dict[Any, dict[str, Any]] = {
            ServiceAddress: {
                "team": self.story.teams["a"],
                "address": "a@example.com",
                "consented_by": self.story.people["a-lead"],
                "consented_at": NOW,
            },
            ClockStop: {
                "notice": self.notices["a"],
                "stopped_at": NOW + DAY,
                "closed_at": NOW + 2 * DAY,
                "days_left": 1,
                "reason": "사유",
                "decision": self.decision,
            },
            Reminder: {
                "kind": "window",
                "subject_kind": "evaluation.notice",
                "subject_id": self.notices["a"].pk,
                "days": 1,
                "until": NOW + DAY,
                "address": "a@example.com",
                "title": "제목",
                "body": "내용",
                "made_at": NOW,
            },
        }
        return model.objects.create(**(valid[model] | wrong))

    def message(self) -> Message:
        return Message.objects.create(reminder=self.made(Reminder), account=self.story.people["a-lead"])

    def changed(self, row: Any, **wrong: Any) -> None:
        type(row).objects.filter(pk=row.pk).update(**wrong)

    def deleted(self, row: Any) -> None:
        type(row).objects.filter(pk=row.pk)._raw_delete("default")

    def arrived(self, **wrong: Any) -> None:
        """d's paper has arrived, but for these fields."""
        valid = {
            "arrived_at": NOW + DAY,
            "window_closes_at": NOW + 11 * DAY,
            "arrival_evidence": "등기",
            "arrival_recorded_by": self.story.people["official-1"],
            "arrival_recorded_at": NOW + 2 * DAY,
        }
        self.changed(self.notices["d"], **(valid | wrong))


Break = Callable[[World], object]

CASES: list[tuple[str, Break]] = [
    ("notice_service_known", lambda w: w.changed(w.notices["a"], service="pigeon")),
    ("notice_electronic_has_address", lambda w: w.changed(w.notices["a"], service="electronic")),
    ("notice_only_paper_is_on_its_way", lambda w: w.changed(w.notices["d"], service="confirmed")),
    ("notice_only_paper_is_on_its_way", lambda w: w.changed(w.notices["d"], window_closes_at=NOW + DAY)),
    ("notice_window_after_arrival", lambda w: w.changed(w.notices["a"], window_closes_at=NOW)),
    ("notice_arrives_once", lambda w: w.changed(w.notices["a"], arrived_at=NOW - DAY)),
    ("notice_arrives_once", lambda w: w.changed(w.notices["a"], arrived_at=None)),
    ("notice_arrival_has_evidence", lambda w: w.arrived(arrival_evidence="")),
    ("notice_arrival_has_evidence", lambda w: w.arrived(arrival_recorded_by=None)),
    ("notice_arrival_has_evidence", lambda w: w.arrived(arrival_recorded_at=None)),
    ("notice_arrival_has_evidence", lambda w: w.arrived(arrival_recorded_at=NOW)),
    ("notice_arrival_has_evidence", lambda w: w.changed(w.notices["a"], arrival_evidence="등기")),
    ("round_announced_has_times", lambda w: w.changed(w.story.round, appeals_close_at=NOW - DAY)),
    ("round_announced_has_times", lambda w: w.changed(w.story.round, announced_at=None)),
    (
        "round_announced_has_times",
        lambda w: w.changed(w.story.round, state="final", appeals_closed_at=NOW + DAY, appeals_close_at=None),
    ),
    ("service_address_append_only", lambda w: w.changed(w.made(ServiceAddress), address="b@example.com")),
    ("service_address_append_only", lambda w: w.deleted(w.made(ServiceAddress))),
    ("clock_stop_one_at_a_time", lambda w: w.made(ClockStop, notice=w.notices["c"])),
    ("clock_stop_before_the_end", lambda w: w.made(ClockStop, closed_at=NOW + DAY)),
    ("clock_stop_leaves_a_day", lambda w: w.made(ClockStop, days_left=0)),
    ("clock_stop_has_reason", lambda w: w.made(ClockStop, reason="")),
    ("clock_stop_resumed_has_decision", lambda w: w.changed(w.standing, resumed_at=NOW + 3 * DAY)),
    (
        "clock_stop_resumed_has_decision",
        lambda w: w.changed(w.standing, resumed_at=NOW + 3 * DAY, resumption=w.decision),
    ),
    (
        "clock_stop_resumed_has_decision",
        lambda w: w.changed(w.standing, resumed_at=NOW, resumption=w.decision, resumption_reason="사유"),
    ),
    (
        "clock_stop_resumed_has_decision",
        lambda w: w.changed(w.standing, resumption=w.decision, resumption_reason="사유"),
    ),
    ("clock_stop_only_resumes", lambda w: w.changed(w.standing, days_left=1)),
    ("clock_stop_only_resumes", lambda w: w.changed(w.standing, reason="다른 사유")),
    ("clock_stop_resumes_once", lambda w: w.changed(w.resumed, resumption_reason="다른 사유")),
    ("clock_stop_stays", lambda w: w.deleted(w.standing)),
    ("reminder_goes_out_once", lambda w: (w.made(Reminder), w.made(Reminder))),
    (
        "reminder_goes_out_once",
        lambda w: [w.made(Reminder, kind="vacancy", until=None, days=0) for _ in range(2)],
    ),
    ("reminder_has_an_end_unless_of_a_vacancy", lambda w: w.made(Reminder, until=None)),
    ("reminder_has_an_end_unless_of_a_vacancy", lambda w: w.made(Reminder, kind="vacancy", days=0)),
    ("reminder_has_an_end_unless_of_a_vacancy", lambda w: w.made(Reminder, kind="vacancy", until=None)),
    ("reminder_kind_known", lambda w: w.made(Reminder, kind="else")),
    ("reminder_before_the_end", lambda w: w.made(Reminder, until=NOW)),
    ("reminder_mailed_to_an_address", lambda w: w.changed(w.made(Reminder, address=""), mailed_at=NOW)),
    ("reminder_mailed_to_an_address", lambda w: w.changed(w.made(Reminder), mailed_at=NOW - DAY)),
    ("reminder_is_only_mailed", lambda w: w.changed(w.made(Reminder), body="다른 내용")),
    ("reminder_mailed_once", lambda w: w.changed(w.made(Reminder, mailed_at=NOW), mailed_at=NOW + DAY)),
    ("reminder_stays", lambda w: w.deleted(w.made(Reminder))),
    (
        "message_one_a_person",
        lambda w: Message.objects.create(reminder=w.message().reminder, account=w.story.people["a-lead"]),
    ),
    ("message_append_only", lambda w: w.changed(w.message(), account=w.story.people["b-lead"])),
    ("message_append_only", lambda w: w.deleted(w.message())),
]


@pytest.mark.parametrize(("name", "act"), CASES, ids=[f"{number}-{name}" for number, (name, _) in enumerate(CASES)])
def test_the_database_refuses(name: str, act: Break):
    world = World()
    with named(actor="test", verb="test"), pytest.raises(DatabaseError) as caught, transaction.atomic():
        act(world)
    assert name in str(caught.value)


def test_valid_rows_are_taken():
    """What the cases above change one thing of is taken without that change."""
    world = World()
    with named(actor="test", verb="test"):
        world.made(ServiceAddress)
        world.made(ClockStop)
        world.message()
        world.arrived()
        resumption = {"resumed_at": NOW + 3 * DAY, "resumption": world.decision, "resumption_reason": "사유"}
        world.changed(world.standing, **resumption)
        world.changed(Reminder.objects.get(), mailed_at=NOW)
