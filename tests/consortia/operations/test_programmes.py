from datetime import date

import pytest

from consortia.operations.programmes import found_programme
from consortia.queries import non_working_days
from core.actors import Actor
from core.models import Event, NonWorkingDay
from core.roles import Role
from tests.story import NOW
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
OFFICIAL = Actor("official", frozenset({Role.OFFICIAL}))
GIVEN = {"code": "demo", "name_ko": "시범 사업", "name_en": "Demo", "timezone": "Asia/Seoul"}


def test_a_founded_programme_has_what_was_given():
    programme = found_programme(
        actor=OFFICIAL, now=NOW, **GIVEN, legal_basis="고시", illustrative=True, label_ko="예시", label_en="Example"
    )
    programme.refresh_from_db()
    assert (programme.code, programme.name_ko, programme.name_en) == ("demo", "시범 사업", "Demo")
    assert (programme.timezone, programme.legal_basis) == ("Asia/Seoul", "고시")
    assert (programme.illustrative, programme.label_ko, programme.label_en) == (True, "예시", "Example")


def test_its_own_holidays_hold_for_it_alone():
    days = [date(2026, 4, 2), date(2026, 4, 1), date(2026, 4, 1)]
    first = found_programme(actor=OFFICIAL, now=NOW, **GIVEN, holidays=days)
    other = found_programme(actor=OFFICIAL, now=NOW, **(GIVEN | {"code": "other"}))
    assert {date(2026, 4, 1), date(2026, 4, 2)} <= non_working_days(first)
    assert not {date(2026, 4, 1), date(2026, 4, 2)} & non_working_days(other)
    assert date(2026, 1, 1) in non_working_days(other)


def test_founding_writes_the_programme_its_days_and_one_line():
    with written() as changes:
        found_programme(actor=OFFICIAL, now=NOW, **GIVEN, holidays=[date(2026, 4, 1)])
    assert changes == [
        f"{table} I official found_programme" for table in ("consortia_programme", "core_nonworkingday", "core_event")
    ]
    assert Event.objects.get(verb="found_programme").facts == {"code": "demo", "holidays": ["2026-04-01"]}


def test_a_taken_code_is_duplicate():
    found_programme(actor=OFFICIAL, now=NOW, **GIVEN)
    with refused("duplicate"):
        found_programme(actor=OFFICIAL, now=NOW, **(GIVEN | {"name_ko": "다른 사업"}))


def test_the_name_of_the_country_s_calendar_cannot_be_a_programme_s():
    """Else the programme's own holidays would become everybody's."""
    with refused("duplicate"):
        found_programme(
            actor=OFFICIAL, now=NOW, **(GIVEN | {"code": NonWorkingDay.COUNTRY}), holidays=[date(2026, 4, 1)]
        )


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OFFICIAL, Role.SYSTEM}])
def test_only_officials_found_programmes(role):
    with refused("not_allowed"):
        found_programme(actor=Actor("somebody", frozenset({role})), now=NOW, **GIVEN)
