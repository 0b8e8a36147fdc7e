"""The nightly second opinion on the calendar: it warns, and changes nothing."""

import logging
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from core.models import NonWorkingDay, Pulse
from core.operations.days import add_non_working_day
from core.sweeps import check_calendar
from core.tasks import check_calendar as task
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def add_day(calendar: str, day: date) -> None:
    add_non_working_day(
        actor=SYSTEM, now=NOW, calendar=calendar, day=day, name_ko="임시공휴일", name_en="Extra", source="국무회의"
    )


def test_the_seeded_calendar_agrees(caplog):
    assert check_calendar(now=NOW) == []
    assert caplog.records == []


def test_a_day_that_the_library_does_not_know_is_warned_of(caplog):
    add_day(NonWorkingDay.COUNTRY, date(2026, 8, 14))
    with caplog.at_level(logging.WARNING, logger="core.sweeps"):
        found = check_calendar(now=NOW)

    assert found == ["2026-08-14 임시공휴일: 행에만 있습니다"]
    assert caplog.messages == ["the calendar: 2026-08-14 임시공휴일: 행에만 있습니다"]


def test_years_without_rows_are_warned_of():
    found = check_calendar(now=datetime(2030, 12, 31, tzinfo=UTC))

    assert "2031-03-01 삼일절: 행에는 없고 라이브러리에는 있습니다" in found


def test_a_programmes_own_day_is_nobodys_business():
    add_day("test", date(2026, 8, 14))

    assert check_calendar(now=NOW) == []


def test_what_was_found_stands_in_its_pulse():
    add_day(NonWorkingDay.COUNTRY, date(2026, 8, 14))
    check_calendar(now=NOW)

    pulse = Pulse.objects.get(name="check_calendar")
    assert (pulse.finished_at, pulse.found) == (
        NOW,
        {"disagreements": ["2026-08-14 임시공휴일: 행에만 있습니다"]},
    )


def test_it_adds_no_day_by_itself():
    before = NonWorkingDay.objects.count()
    check_calendar(now=datetime(2030, 12, 31, tzinfo=UTC))

    assert NonWorkingDay.objects.count() == before


def test_beat_rings_for_it_every_night():
    assert settings.CELERY_BEAT_SCHEDULE["check_calendar"]["task"] == task.name
