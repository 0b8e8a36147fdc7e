"""The test database after a test that committed: as the migrations left it, guards and all."""

import pytest
from django.db import connection

GUARDED = """
CREATE TABLE guarded (id int);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER refuse BEFORE TRUNCATE ON guarded EXECUTE FUNCTION refuse();
ALTER TABLE guarded ENABLE ALWAYS TRIGGER refuse;
INSERT INTO guarded VALUES (1);
"""


def tables() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        )
        return cursor.fetchall()


@pytest.fixture(scope="module")
def first() -> dict[str, object]:
    return {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committing_test_finds_what_the_migrations_left(turn: int, first: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('guarded')")
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT count(*) FROM django_migrations")
        found = {"migrations": cursor.fetchone(), "triggers": tables()}
        first.setdefault("found", found)
        assert found == first["found"]
        cursor.execute(GUARDED)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_a_test_forgot_does_not_stop_the_restoring() -> None:
    forgotten = connection.copy()
    forgotten.ensure_connection()
    connection.ensure_connection()
