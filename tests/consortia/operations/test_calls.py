from datetime import UTC, datetime, timedelta

import pytest

from consortia.models import Call
from consortia.operations.calls import close_call, open_call, void_call
from core.actors import Actor, machine
from core.ledger.naming import named
from core.roles import Role
from tests.story import NOW, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
SWEEP = machine("sweep")
# Opened on Thursday 2026-01-15 for 10 days: the tenth is Sunday the 25th, so it closes with Monday the 26th.
CLOSES = datetime(2026, 1, 26, 15, tzinfo=UTC)


@pytest.fixture
def call() -> Call:
    programme = told().programme
    with named(actor="test", verb="test"):
        return Call.objects.create(programme=programme, code="additional-1", notice_days=10, eligible=["newcomers"])


def test_a_call_opens_with_its_seats_and_its_window(call):
    with written() as changes:
        open_call(call, seats=2, actor=SWEEP, now=NOW)
    call.refresh_from_db()
    assert (call.state, call.seats, call.opened_at, call.closes_at) == ("open", 2, NOW, CLOSES)
    assert changes == [
        "consortia_call U system:sweep open_call",
        "core_event I system:sweep open_call",
    ]


@pytest.mark.parametrize(("most", "vacant", "seats"), [(None, 3, 3), (1, 3, 1), (3, 1, 1), (2, 2, 2)])
def test_no_more_seats_open_than_are_vacant_and_authorised(call, most, vacant, seats):
    with named(actor="test", verb="test"):
        Call.objects.filter(pk=call.pk).update(most_seats=most)
    assert open_call(call, seats=vacant, actor=SWEEP, now=NOW).seats == seats


def test_a_call_opens_once(call):
    open_call(call, seats=1, actor=SWEEP, now=NOW)
    with refused("wrong_state"):
        open_call(call, seats=1, actor=SWEEP, now=NOW)


def test_a_call_does_not_open_for_no_seat(call):
    with refused("incomplete"):
        open_call(call, seats=0, actor=SWEEP, now=NOW)


def test_an_open_call_closes_at_the_end_of_its_window(call):
    open_call(call, seats=1, actor=SWEEP, now=NOW)
    with refused("too_early"):
        close_call(call, actor=SWEEP, now=CLOSES - timedelta(microseconds=1))
    with written() as changes:
        close_call(call, actor=SWEEP, now=CLOSES)
    call.refresh_from_db()
    assert call.state == "closed"
    assert changes == ["consortia_call U system:sweep close_call", "core_event I system:sweep close_call"]


def test_closing_again_changes_nothing(call):
    open_call(call, seats=1, actor=SWEEP, now=NOW)
    close_call(call, actor=SWEEP, now=CLOSES)
    with unchanged():
        assert close_call(call, actor=SWEEP, now=CLOSES).state == "closed"


def test_a_call_that_never_opened_does_not_close(call):
    with refused("wrong_state"):
        close_call(call, actor=SWEEP, now=CLOSES)


def test_an_authorised_call_becomes_void_with_its_reason(call):
    with written() as changes:
        void_call(call, reason="공석 없이 확정되었습니다.", actor=SWEEP, now=NOW)
    call.refresh_from_db()
    assert (call.state, call.void_reason) == ("void", "공석 없이 확정되었습니다.")
    assert changes == ["consortia_call U system:sweep void_call", "core_event I system:sweep void_call"]


def test_an_open_call_does_not_become_void(call):
    open_call(call, seats=1, actor=SWEEP, now=NOW)
    with refused("wrong_state"):
        void_call(call, reason="사유", actor=SWEEP, now=NOW)


def test_a_void_call_does_not_open(call):
    void_call(call, reason="사유", actor=SWEEP, now=NOW)
    with refused("wrong_state"):
        open_call(call, seats=1, actor=SWEEP, now=NOW)


def test_a_call_becomes_void_for_a_reason_only(call):
    with refused("incomplete"):
        void_call(call, reason=" ", actor=SWEEP, now=NOW)


@pytest.mark.parametrize("act", [open_call, close_call])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_the_machine_opens_and_closes(call, act, role):
    seats = {"seats": 1} if act is open_call else {}
    with refused("not_allowed"):
        act(call, **seats, actor=Actor("somebody", frozenset({role})), now=NOW)
