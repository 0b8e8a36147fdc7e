from datetime import date

import pytest

from core.actors import Actor
from core.models import Event, NonWorkingDay
from core.operations.days import add_non_working_day
from core.roles import Role
from tests.story import NOW
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
OFFICIAL = Actor("official", frozenset({Role.OFFICIAL}))
DAY = date(2026, 4, 30)


def added(actor: Actor = OFFICIAL, name: str = "임시공휴일", source: str = "관보 제1호") -> NonWorkingDay:
    return add_non_working_day(
        actor=actor, now=NOW, calendar="kr", day=DAY, name_ko=name, name_en="Holiday", source=source
    )


def test_an_added_day_stands_with_its_source():
    with written() as changes:
        day = added()
    day.refresh_from_db()
    assert (day.calendar, day.date, day.name_ko, day.name_en, day.source) == (
        "kr",
        DAY,
        "임시공휴일",
        "Holiday",
        "관보 제1호",
    )
    assert changes == [f"core_{table} I official add_non_working_day" for table in ("nonworkingday", "event")]
    assert Event.objects.get(verb="add_non_working_day").facts == {"date": "2026-04-30", "source": "관보 제1호"}


def test_the_same_day_again_is_returned():
    first = added()
    with unchanged():
        assert added() == first


@pytest.mark.parametrize("other", [{"name": "다른 이름"}, {"source": "관보 제2호"}])
def test_the_same_day_for_another_reason_is_duplicate(other):
    added()
    with refused("duplicate"):
        added(**other)


@pytest.mark.parametrize("source", ["", "  "])
def test_a_day_without_a_source_is_incomplete(source):
    with refused("incomplete"):
        added(source=source)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICIAL, Role.SYSTEM}])
def test_only_officials_add_days(role):
    with refused("not_allowed"):
        added(Actor("somebody", frozenset({role})))
