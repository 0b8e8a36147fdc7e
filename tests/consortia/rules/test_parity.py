from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortia.rules.parity import Exempt, Parity, Part, Share, Terms, share
from consortia.rules.periods import Period

STAGE = Period(date(2026, 2, 1), date(2026, 6, 30))
LINE = Terms(512, Period(date(2026, 2, 1), date(2026, 6, 30)))
ALL, DAY = Part(STAGE), date(2026, 4, 1)


def test_a_team_with_the_line_for_the_whole_stage_is_equal():
    assert share(LINE, None, [LINE], ALL, DAY) == Share(512, 512, 76_800, 76_800, Parity.EQUAL, "")


def test_a_team_without_it_lacks_it_all():
    found = share(LINE, None, [], ALL, DAY)
    assert found == Share(0, 512, 0, 76_800, Parity.UNEQUAL, "")
    assert (found.flagged, found.missing) == (True, 76_800)


def test_fewer_days_are_flagged_though_the_number_is_equal_on_the_day():
    short = Terms(512, Period(date(2026, 2, 2), date(2026, 6, 30)))
    found = share(LINE, None, [short], ALL, DAY)
    assert (found.number, found.due_number, found.missing, found.parity) == (512, 512, 512, Parity.UNEQUAL)


def test_another_number_on_the_day_is_flagged_though_the_unit_days_are_equal():
    granted = [
        Terms(1024, Period(date(2026, 2, 1), date(2026, 4, 16))),
        Terms(512, Period(date(2026, 6, 30), date(2026, 6, 30))),
    ]
    found = share(LINE, None, granted, ALL, DAY)
    assert found.number == 1024
    assert found.flagged


def test_an_exception_explains_what_a_team_gets_instead():
    none, half = Exempt(0, "정부에 GPU를 임대"), Exempt(256, "자체 보유")
    assert share(LINE, none, [], ALL, DAY) == Share(0, 0, 0, 0, Parity.EXCEPTED, "정부에 GPU를 임대")
    found = share(LINE, half, [Terms(256, STAGE)], ALL, DAY)
    assert found == Share(256, 256, 38_400, 38_400, Parity.EXCEPTED, "자체 보유")


def test_an_exception_explains_nothing_but_its_own_number():
    found = share(LINE, Exempt(0, "정부에 GPU를 임대"), [LINE], ALL, DAY)
    assert (found.parity, found.missing, found.reason) == (Parity.UNEQUAL, -76_800, "정부에 GPU를 임대")


def test_a_late_start_is_measured_by_its_own_clock():
    late = Period(date(2026, 3, 1), date(2026, 6, 30))
    found = share(LINE, None, [Terms(512, late)], Part(late, late.since), DAY)
    assert found == Share(512, 512, 62_464, 62_464, Parity.EQUAL, "")


@pytest.mark.parametrize(("day", "due"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 512), (date(2026, 7, 1), 0)])
def test_a_newcomer_is_due_the_line_from_its_own_start_while_the_line_lasts(day, due):
    late = Period(date(2026, 3, 1), date(2026, 7, 28))
    assert share(LINE, None, [Terms(512, late)], Part(late, late.since), day).due_number == due


@pytest.mark.parametrize(("day", "parity"), [(DAY, Parity.TO_RETURN), (date(2026, 7, 1), Parity.EQUAL)])
def test_what_a_team_has_that_takes_part_no_longer_is_to_be_returned(day, parity):
    found = share(LINE, None, [LINE], None, day)
    assert (found.due_number, found.parity, found.flagged) == (0, parity, parity is Parity.TO_RETURN)


@given(st.integers(1, 10_000), st.dates(STAGE.since, STAGE.until), st.dates(STAGE.since, STAGE.until))
def test_terms_granted_as_they_are_are_equal_on_every_day(number, day, since):
    terms, own = Terms(number, STAGE), Period(since, STAGE.until)
    assert share(terms, None, [terms], Part(STAGE), day).parity is Parity.EQUAL
    assert share(terms, None, [Terms(number, own)], Part(own, own.since), day).parity is Parity.EQUAL
