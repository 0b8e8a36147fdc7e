"""A roster too long for a request: registered by a job, all or nothing, watched and cancelled meanwhile."""

import json

import pytest
from django.db import connection

from consortia import sweeps, tasks
from consortia.models import Organisation, RosterImport
from consortia.operations import roster_imports, rosters
from consortia.operations.roster_imports import bring_in_roster, cancel_roster, carry_out_roster
from consortia.operations.rosters import import_roster
from consortia.operations.teams import register_organisation
from consortia.readers.rosters import MOST_ROWS, Kind, Row
from core.clock import database_now
from core.models import Account, Event
from core.sweeps import LOST, PATIENCE
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
IMPORTS = 7
ROWS = [Row(place, f"kim-{place}", f"김 {place}", f"Kim {place}", "a") for place in range(2, 7)]


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1)


@pytest.fixture(autouse=True)
def _four_new_lines_are_many(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_imports, "AT_ONCE", 3)


def confirmed(story: Story, rows: list[Row] = ROWS) -> RosterImport:
    work = bring_in_roster(
        story.programme, kind=Kind.PEOPLE, rows=rows, actor=story.actor("official-1"), now=database_now()
    )
    assert isinstance(work, RosterImport)
    return work


def people() -> int:
    return Account.objects.filter(username__startswith="test.kim-").count()


def test_a_long_roster_is_registered_by_a_job_that_its_page_tells_of(story, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(story, "official-1", "import_roster", story.programme, kind="people", looked_at=json.dumps(ROWS))
    work = RosterImport.objects.get()
    assert (answer["Location"], people(), bells.jobs()) == (thing(work), 0, ["consortia.tasks.carry_out_roster"])
    client = signed_in(story, "official-1")
    assert 'hx-trigger="every 2s"' in said(client.get(thing(work)))
    tasks.carry_out_roster(work.pk)
    refreshed = client.get(thing(work), headers={"HX-Request": "true"})
    assert (refreshed["HX-Refresh"], "5줄을 등록했습니다." in said(refreshed)) == ("true", True)
    work.refresh_from_db()
    assert (work.phase, work.done, work.total, work.rows, people()) == ("done", 5, 5, [], 5)
    made = Event.objects.get(verb="register_person", subject_label__contains="김 2")
    assert (made.actor, made.mandate) == ("test.official-1", f"roster_import:{work.pk}")
    with unchanged():
        assert not sweeps.carry_out_roster(work.pk, now=database_now())


def test_a_short_one_and_one_of_which_little_is_new_are_registered_at_once(story):
    press(story, "official-1", "import_roster", story.programme, kind="people", looked_at=json.dumps(ROWS[:3]))
    press(story, "official-1", "import_roster", story.programme, kind="people", looked_at=json.dumps(ROWS))
    assert (people(), RosterImport.objects.exists()) == (5, False)


def test_what_cannot_be_taken_is_refused_before_a_job_is_asked_for(story):
    with refused("inadmissible"):
        confirmed(story, [*ROWS, Row(7, "Bad Code", "이", "Lee", "a")])


def test_asking_again_while_it_is_under_way_asks_for_nothing_more(story):
    work = confirmed(story)
    with unchanged():
        assert confirmed(story) == work


def test_what_has_become_inadmissible_meanwhile_keeps_all_out_and_is_told(story):
    work = confirmed(story)
    other = Row(2, "kim-4", "다른 사람", "Somebody", "b")
    import_roster(story.programme, kind=Kind.PEOPLE, rows=[other], actor=story.actor("official-2"), now=NOW)
    assert not sweeps.carry_out_roster(work.pk, now=database_now())
    work.refresh_from_db()
    assert (work.phase, work.rows, people()) == ("refused", [], 1)
    assert "다른 내용으로 이미 등록된 코드입니다: kim-4" in said(signed_in(story, "official-1").get(thing(work)))


def test_one_that_waits_is_cancelled_at_once(story):
    work = confirmed(story)
    assert press(story, "official-2", "cancel_roster", work)["Location"] == thing(work)
    work.refresh_from_db()
    assert (work.phase, work.rows, work.said) == ("cancelled", [], "담당 공무원이 취소했습니다.")
    with unchanged():
        assert not carry_out_roster(work, actor=story.actor("official-1"), now=database_now())
    with refused("wrong_state"):
        cancel_roster(work, actor=story.actor("official-1"), now=database_now())


def test_one_that_was_told_to_stop_registers_nobody(story):
    work = confirmed(story)
    RosterImport.objects.filter(pk=work.pk).update(cancelled=True)
    assert not sweeps.carry_out_roster(work.pk, now=database_now())
    work.refresh_from_db()
    assert (work.phase, work.rows, people()) == ("cancelled", [], 0)


def test_a_lost_ring_is_rung_again_and_what_never_ends_is_given_up(story, bells, django_capture_on_commit_callbacks):
    work = confirmed(story)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sweeps.resume_rosters(work.at)
        sweeps.resume_rosters(work.at + 2 * LOST)
    assert bells.jobs() == ["consortia.tasks.carry_out_roster"]
    sweeps.resume_rosters(work.at + 2 * PATIENCE)
    work.refresh_from_db()
    assert (work.phase, work.rows, people()) == ("refused", [], 0)


def test_progress_is_told_on_the_way(story, monkeypatch):
    monkeypatch.setattr(rosters, "STEP", 2)
    heard: list[int] = []
    facts = {"actor": story.actor("official-1"), "now": NOW}
    register_organisation(story.programme, code="org-2", name_ko="기관", name_en="Org", actor=SYSTEM, now=NOW)
    rows = [Row(place, f"org-{place}", "기관", "Org") for place in range(2, 8)]
    import_roster(story.programme, kind=Kind.ORGANISATIONS, rows=rows, progress=heard.append, **facts)
    assert heard == [1, 3, 5]
    assert Organisation.objects.filter(name_ko="기관").count() == len(rows)


def test_the_longest_roster_is_registered_whole(story):
    rows = [Row(place, f"kim-{place}", f"김 {place}", f"Kim {place}", "b") for place in range(2, MOST_ROWS + 2)]
    work = confirmed(story, rows)
    assert sweeps.carry_out_roster(work.pk, now=database_now())
    assert people() == MOST_ROWS


@pytest.mark.parametrize("person", ["auditor-1", "expert-1", "reviewer-1", "a-lead", "operator-1"])
def test_others_cancel_nothing(story, person):
    work = confirmed(story)
    with unchanged():
        assert press(story, person, "cancel_roster", work).status_code in {403, 404}
    assert signed_in(story, person).get(thing(work)).status_code == (200 if person == "auditor-1" else 404)
    assert signed_in(story, "official-1").get(page("cancel_roster", work)).status_code == 200


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(story, django_assert_num_queries, times):
    for number in range(times):
        confirmed(story, [row._replace(code=f"{row.code}-{number}") for row in ROWS])
    client = signed_in(story, "official-1")
    client.get(listing(RosterImport))
    with django_assert_num_queries(IMPORTS):
        assert said(client.get(listing(RosterImport))).count("명단 가져오기 ") >= times
