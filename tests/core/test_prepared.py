"""Statements that the server keeps planned: the same rows, counted as any other, and planned once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.prepared import prepared

pytestmark = pytest.mark.django_db
STATEMENT = "SELECT n * %(factor)s FROM generate_series(1, 3) n WHERE n = ANY(%(chosen)s)"


def run(**given: object) -> list[tuple[int]]:
    with prepared() as cursor:
        cursor.execute(STATEMENT, given)
        return list(cursor.fetchall())


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%generate_series(1, 3)%'")
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
