"""Plays that are kept: each test finds what the play left, whatever others did, and nobody else finds anything."""

import pytest
from django.db import IntegrityError, connection, transaction

from consortia.models import Programme
from core.ledger.naming import named
from tests import kept
from tests.story import Story, told
from tests.unchanged import rows

pytestmark = pytest.mark.django_db
TURNS = pytest.mark.parametrize("turn", range(4))


@pytest.fixture(scope="module")
def first() -> dict[str, object]:
    return {}


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return str(cursor.fetchone()[0])


def told_apart(story: Story) -> dict[str, object]:
    return {
        "rows": rows(),
        "state": story.round.state,
        "people": {code: person.username for code, person in story.people.items()},
        "entries": [story.entry(team).team == story.teams[team] for team in "abcde"],
    }


@TURNS
def test_each_finds_what_the_play_left(turn: int, first: dict[str, object]) -> None:
    story = told("kept").open()
    found = told_apart(story)
    assert found == first.setdefault("found", found)
    with named(actor="test", verb="test"):
        Programme.objects.update(name_ko="바뀐 이름")
    story.people.clear()


@TURNS
def test_nobody_finds_what_he_did_not_begin_with(turn: int) -> None:
    assert not Programme.objects.exists()
    assert told("kept").round.state == "draft"
    assert [programme.name_ko for programme in Programme.objects.all()] == ["시험 사업"]


@TURNS
def test_whoever_has_written_keeps_what_he_wrote(turn: int) -> None:
    other = told(f"other-{turn}")
    with named(actor="test", verb="test"):
        Programme.objects.update(name_ko="바뀐 이름")
    told("kept")
    assert Programme.objects.get(pk=other.programme.pk).name_ko == "바뀐 이름"
    assert Programme.objects.count() == 2


@TURNS
def test_inside_a_block_of_its_own_a_play_is_undone_with_it(turn: int) -> None:
    with transaction.atomic():
        told("kept")
        transaction.set_rollback(True)
    assert not Programme.objects.exists()


@TURNS
def test_what_is_undone_leaves_the_test_where_it_was(turn: int) -> None:
    before, here = rows(), database()
    with kept.undone():
        told("kept").open()
        assert Programme.objects.exists()
    assert (rows(), database()) == (before, here)
    story = told("kept")
    before, here = rows(), database()
    with kept.undone():
        story.open()
    assert (rows(), database(), story.fresh().state) == (before, here, "draft")


@TURNS
def test_a_play_that_is_refused_is_refused_again(turn: int) -> None:
    with pytest.raises(IntegrityError):
        told("kept", seats=-1)


def test_a_changed_program_plays_for_itself(first: dict[str, object]) -> None:
    here = database()
    with kept.plainly():
        found = told_apart(told("kept").open())
    assert database() == here
    assert found == first.get("found", found)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may change the program."""


@pytest.fixture
def story() -> Story:
    return told("kept")


@TURNS
def test_after_a_fixture_that_changes_the_program_a_test_plays_for_itself(turn: int, changed: None) -> None:
    told("kept").open()
    assert database() == kept.database.NAME


@TURNS
def test_what_a_fixture_played_before_that_is_found(turn: int, story: Story, changed: None) -> None:
    here = database()
    story.open()
    assert database() == here
    assert turn == 0 or here != kept.database.NAME


@TURNS
def test_so_it_is_where_the_test_itself_changes_it(turn: int, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    here = database()
    story.open()
    assert database() == here
    assert turn == 0 or here != kept.database.NAME
