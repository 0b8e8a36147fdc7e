"""Telling people in time that a period nears its end: in the system, and by mail where a team has agreed to it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import send_mail
from django.db import models

from core.actors import Actor
from core.calendar.words import window_words
from core.events import record
from core.jobs import ring
from core.models import Account
from core.operation import operation
from evaluation import jobs
from evaluation.models import Message, Notice, Reminder
from evaluation.queries.reminders import people_of
from evaluation.queries.service import consented_address
from evaluation.states import ReminderKind
from evaluation.verbs import MAIL_REMINDER, REMIND


@operation(REMIND)
def remind(
    subject: models.Model,
    *,
    kind: ReminderKind,
    days: int,
    until: datetime | None,
    people: Sequence[Account],
    address: str = "",
    title: str,
    body: str,
    actor: Actor,
    now: datetime,
) -> Reminder:
    """Tell these people once that `until` comes in `days` days, or of what has no end; again returns what stands.

    The caller holds the subject. Each of the people gets a message in the system; where there is an address, a job is
    rung after commit that mails it, and the sweep finds what was not mailed.
    """
    standing = Reminder.objects.filter(
        kind=kind, subject_kind=subject._meta.label_lower, subject_id=subject.pk, days=days, until=until
    ).first()
    if standing is not None:
        return standing
    reminder = Reminder.objects.create(
        kind=kind,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        days=days,
        until=until,
        address=address,
        title=title,
        body=body,
        made_at=now,
    )
    Message.objects.bulk_create(Message(reminder=reminder, account=person) for person in people)
    record(REMIND, subject, at=now, days=days, until=until, people=[person.username for person in people])
    if address:
        ring(jobs.MAIL_REMINDER, reminder.pk)
    return reminder


def remind_of_window(notice: Notice, *, days: int, actor: Actor, now: datetime) -> Reminder | None:
    """Tell a team when its window to object ends; nothing where the window has no end."""
    if notice.window_closes_at is None:
        return None
    entry, round = notice.entry, notice.announcement.round
    words = window_words(notice.window_closes_at, round.programme.zone)
    consent = consented_address(entry.team)
    return remind(
        notice,
        kind=ReminderKind.WINDOW,
        days=days,
        until=notice.window_closes_at,
        people=people_of(entry.team),
        address=consent.address if consent else "",
        title=f"[심사] {round} 이의신청 마감이 다가옵니다",
        body=f"{round} 결과에 대한 {entry.team}의 이의신청은 {words} 할 수 있습니다. 그 뒤에 낸 것은 받지 않습니다.",
        actor=actor,
        now=now,
    )


@operation(MAIL_REMINDER)
def mail_reminder(reminder_id: int, *, actor: Actor, now: datetime) -> bool:
    """Mail a reminder, once; whether it was mailed now.

    Safe to run twice, or in two workers at once: the row is held, and says when it was mailed. Nothing is sent that is
    gone, has no address, or whose time is over. The mail goes last: should the commit fail after it, the team is told
    twice rather than never.
    """
    reminder = Reminder.objects.select_for_update().filter(pk=reminder_id, mailed_at=None, until__gt=now).first()
    if reminder is None or not reminder.address:
        return False
    reminder.mailed_at = now
    reminder.save(update_fields=["mailed_at"])
    record(MAIL_REMINDER, reminder, at=now, address=reminder.address)
    send_mail(reminder.title, reminder.body, None, [reminder.address])
    return True
