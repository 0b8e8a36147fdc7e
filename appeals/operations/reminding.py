"""Telling officials in time that an appeal is to be decided."""

from datetime import datetime

from appeals.models import Appeal
from core.actors import Actor
from core.calendar.words import window_words
from evaluation.models import Reminder
from evaluation.operations.reminding import remind
from evaluation.queries.reminders import officials_of
from evaluation.states import ReminderKind


def remind_of_decision(appeal: Appeal, *, days: int, actor: Actor, now: datetime) -> Reminder:
    """Tell the programme's officials by when an appeal is to be decided."""
    words = window_words(appeal.decide_by, appeal.programme.zone)
    return remind(
        appeal,
        kind=ReminderKind.DECISION,
        days=days,
        until=appeal.decide_by,
        people=officials_of(appeal.programme),
        title=f"[심사] {appeal} 결정 기한 {days}일 전",
        body=f"{appeal.entry.team}의 {appeal}은(는) {words} 결정하여야 합니다.",
        actor=actor,
        now=now,
    )
