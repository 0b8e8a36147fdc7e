"""Telling people what waits for them: an appeal that is to be decided, a vacancy for which no call is authorised."""

from datetime import datetime

from appeals.models import Appeal
from appeals.queries.calls import left_by
from appeals.queries.reviewers import reviewing
from core.actors import Actor
from core.calendar.words import window_words
from evaluation.models import Reminder, Vacancy
from evaluation.operations.reminding import remind
from evaluation.queries.reminders import officials_of
from evaluation.states import ReminderKind


def remind_of_decision(appeal: Appeal, *, days: int, actor: Actor, now: datetime) -> Reminder:
    """Tell the programme's officials, and those who review it, by when an appeal is to be decided."""
    people = dict.fromkeys([*officials_of(appeal.programme), *reviewing(appeal)])
    words = window_words(appeal.decide_by, appeal.programme.zone)
    return remind(
        appeal,
        kind=ReminderKind.DECISION,
        days=days,
        until=appeal.decide_by,
        people=list(people),
        title=f"[심사] {appeal} 결정 기한이 다가옵니다",
        body=f"{appeal.entry.team}의 {appeal}: {words} 결정하여야 합니다.",
        actor=actor,
        now=now,
    )


def remind_of_vacancy(vacancy: Vacancy, *, actor: Actor, now: datetime) -> Reminder:
    """Tell the programme's officials that seats are empty and no call has been authorised for them.

    Once when the vacancy is counted, and once more after each call that ended without filling it.
    """
    left = vacancy.seats - vacancy.filled
    return remind(
        left_by(vacancy) or vacancy,
        kind=ReminderKind.VACANCY,
        days=0,
        until=None,
        people=officials_of(vacancy.round.programme),
        title=f"[심사] {vacancy.round} 공석 {left}개: 승인한 추가 공모가 없습니다",
        body=f"{vacancy.round} 결과가 확정되어 자리 {left}개가 비었으나 승인한 추가 공모가 없습니다. "
        "추가 공모를 승인하면 다음 정기 처리에서 공모가 열립니다.",
        actor=actor,
        now=now,
    )
