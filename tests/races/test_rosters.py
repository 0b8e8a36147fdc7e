"""A long roster: it tells how far it is, and whoever cancels it does not wait; nobody of it remains."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from consortia import sweeps
from consortia.models import RosterImport
from consortia.operations import roster_imports, rosters
from consortia.operations.roster_imports import bring_in_roster, cancel_roster
from consortia.readers.rosters import Kind, Row
from core.clock import database_now
from core.models import Account
from tests.races.together import own_connection
from tests.story import Story, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(roster_imports, "AT_ONCE", 1)
    monkeypatch.setattr(rosters, "STEP", 1)
    return told(teams="ab", seats=1)


def aside(act: Any) -> Any:
    """Done by somebody else, on a connection of his own."""

    def run() -> Any:
        with own_connection():
            return act()

    with ThreadPoolExecutor(1) as person:
        return person.submit(run).result(60)


def confirmed(story: Story, name: str) -> RosterImport:
    rows = [Row(place, f"{name}-{place}", "김", "Kim", "a") for place in (2, 3, 4)]
    facts = {"actor": story.actor("official-1"), "now": database_now()}
    work = bring_in_roster(story.programme, kind=Kind.PEOPLE, rows=rows, **facts)
    assert isinstance(work, RosterImport)
    return work


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_told_to(story, monkeypatch):
    seen, register = [], rosters.register_person

    def looked(*args: Any, **facts: Any) -> Any:
        seen.append(aside(lambda: RosterImport.objects.values_list("phase", "done", "total").latest("id")))
        assert not aside(lambda: sweeps.carry_out_roster(RosterImport.objects.latest("id").pk, now=database_now()))
        return register(*args, **facts)

    def cancelled(*args: Any, **facts: Any) -> Any:
        who = {"actor": story.actor("official-2"), "now": database_now()}
        if not RosterImport.objects.latest("id").cancelled:
            aside(lambda: cancel_roster(RosterImport.objects.latest("id"), **who))
        return register(*args, **facts)

    monkeypatch.setattr(rosters, "register_person", looked)
    assert sweeps.carry_out_roster(confirmed(story, "kim").pk, now=database_now())
    assert seen == [("running", 0, 3), ("running", 1, 3), ("running", 2, 3)]
    monkeypatch.setattr(rosters, "register_person", cancelled)
    assert not sweeps.carry_out_roster(confirmed(story, "lee").pk, now=database_now())
    assert list(RosterImport.objects.order_by("pk").values_list("phase", "rows")) == [("done", []), ("cancelled", [])]
    assert Account.objects.filter(username__startswith="test.kim-").count() == len(seen)
    assert not Account.objects.filter(username__startswith="test.lee-").exists()
