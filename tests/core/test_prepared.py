"""Statements that the server keeps planned: the same rows, counted as any other, and planned once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from core.prepared import planned, prepared
from evaluation.models import Round
from tests.story import told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
STATEMENT = "SELECT n * %(factor)s FROM generate_series(1, 3) n WHERE n = ANY(%(chosen)s)"


def run(**given: object) -> list[tuple[int]]:
    with prepared() as cursor:
        cursor.execute(STATEMENT, given)
        return list(cursor.fetchall())


def kept(part: str = "generate_series(1, 3)") -> int:
    """How many statements with this part the server keeps planned for the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [part])
        return int(cursor.fetchone()[0])


def test_it_is_planned_once_whatever_is_given():
    before = kept()
    assert run(factor=2, chosen=[1, 3]) == [(2,), (6,)]
    assert run(factor=5, chosen=[2]) == [(10,)]
    assert kept() - before == 1


def test_a_query_count_sees_it():
    with CaptureQueriesContext(connection) as asked:
        run(factor=2, chosen=[1])
    assert [each["sql"] for each in asked] == [STATEMENT]


OFTEN = '"verb" = $1'


def test_what_django_composes_is_kept_planned_within_the_block_alone():
    before = kept(OFTEN)
    for verb in "abcd":
        assert Event.objects.filter(verb=verb).first() is None
    assert kept(OFTEN) == before
    with planned():
        for verb in "abcd":
            assert Event.objects.filter(verb=verb).first() is None
    assert kept(OFTEN) == before + 1
    with planned():
        assert Event.objects.filter(reason="once").first() is None
    assert kept('"core_event"."reason" = $1') == 0


def test_after_a_fault_everything_is_as_before():
    with pytest.raises(Event.DoesNotExist), planned():
        Event.objects.get(actor="nobody")
    for verb in "abcd":
        assert Event.objects.filter(actor=verb).first() is None
    assert kept('"core_event"."actor" = $1') == 0


def test_an_expert_s_sheet_is_planned_once():
    story = told().open()
    for team in "abcd":
        story.score(team, 60)
    assert kept('INSERT INTO "evaluation_sheet" ') == 1
    with refused("duplicate"):
        story.score("a", 61)


def test_a_column_that_a_migration_adds_disturbs_no_plan():
    entry = told().open().entry("a").pk
    with connection.cursor() as cursor, planned():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for _ in range(4):
            before = Round.objects.shared_by_entry(entry)
        assert kept("FOR SHARE OF r") == 1
        cursor.execute("ALTER TABLE evaluation_round ADD COLUMN added integer")
        assert Round.objects.shared_by_entry(entry) == before
