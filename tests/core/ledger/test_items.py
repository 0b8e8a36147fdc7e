import json

import pytest
from django.db import DatabaseError, connection, transaction

from core.ledger.naming import named
from core.models import Account
from tests.core.ledger.book import ask, assert_intact, items, write

pytestmark = pytest.mark.usefixtures("book")


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO book_thing (word) VALUES ('b')",
        "UPDATE book_thing SET word = 'b'",
        "DELETE FROM book_thing",
        "INSERT INTO book_mark (thing, points) VALUES (1, 1)",
    ],
)
@pytest.mark.parametrize("names", [("", ""), ("kim", ""), ("", "write")])
def test_a_change_that_names_nobody_is_refused_and_nothing_changed(change: str, names: tuple[str, str]) -> None:
    write("INSERT INTO book_thing (word) VALUES ('a')")
    everything = "SELECT (SELECT array_agg(t::text) FROM book_thing t), (SELECT array_agg(m::text) FROM book_mark m)"
    before = ask(everything), items(), items("book_mark")
    ask("SELECT set_config('simsa.actor', %s, true), set_config('simsa.verb', %s, true)", names)
    with pytest.raises(DatabaseError, match="ledger_write_names_nobody") as refusal, transaction.atomic():
        ask(change)
    assert refusal.value.__cause__.sqlstate == "SL001"  # type: ignore[union-attr]
    assert before == (ask(everything), items(), items("book_mark"))


def test_each_change_of_a_row_is_one_item_with_its_image_and_names() -> None:
    write("INSERT INTO book_thing (word, points) VALUES ('a', 9.20)", actor="kim", verb="begin")
    write("UPDATE book_thing SET points = 9.2", actor="lee", verb="correct")
    write("DELETE FROM book_thing", actor="park", verb="remove")
    kept = items()
    assert [(key, change, actor, verb) for key, change, _, actor, verb in kept] == [
        ("1", "I", "kim", "begin"),
        ("1", "U", "lee", "correct"),
        ("1", "D", "park", "remove"),
    ]
    assert ['"points": 9.20' in kept[0][2], '"points": 9.20' in kept[1][2], '"points": 9.2' in kept[1][2]] == [
        True,
        False,
        True,
    ]
    assert kept[1][2] == kept[2][2]
    assert_intact()


def test_reason_and_mandate_are_kept() -> None:
    with transaction.atomic(), named(actor="system:sweep", verb="open", reason="기한", mandate="decision:12"):
        ask("INSERT INTO book_thing (word) VALUES ('a')")
    assert ask("SELECT reason, mandate FROM core_ledgeritem WHERE relation = 'book_thing'") == [("기한", "decision:12")]


def test_what_is_left_out_is_neither_kept_nor_refused() -> None:
    write("INSERT INTO book_thing (word, secret) VALUES ('a', 'old')")
    ask("UPDATE book_thing SET secret = 'new'")
    assert [(change, "secret" in json.loads(image)) for _, change, image, *_ in items()] == [("I", False)]
    with pytest.raises(DatabaseError, match="ledger_write_names_nobody"), transaction.atomic():
        ask("UPDATE book_thing SET secret = 'newer', word = 'b'")
    assert_intact()


def test_a_login_needs_no_name_but_a_change_of_the_account_does() -> None:
    with transaction.atomic(), named(actor="kim", verb="open_account"):
        account = Account.objects.create(username="lee", name_ko="이", name_en="Lee")
    assert Account.objects.filter(pk=account.pk).update(password="hash", last_login="2026-01-15T00:00:00Z") == 1
    with pytest.raises(DatabaseError, match="ledger_write_names_nobody"), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(name_ko="김")
    assert_intact()


def test_a_key_never_changes() -> None:
    write("INSERT INTO book_thing (word) VALUES ('a')")
    with pytest.raises(DatabaseError, match="ledger_append_only"):
        write("UPDATE book_thing SET id = 7")
    assert_intact()


def test_images_do_not_depend_on_the_session() -> None:
    odd = "SET LOCAL timezone='Asia/Seoul'; SET LOCAL datestyle='SQL, DMY'; SET LOCAL intervalstyle='postgres_verbose';"
    odd += "SET LOCAL bytea_output='escape'; SET LOCAL extra_float_digits=-15;"
    insert = """INSERT INTO book_thing (word, weight, born, lasts, content, day) VALUES
        ('a', 0.1 + 0.2, '2026-01-15 09:00+09'::timestamptz, '1 day 3 min', '\\xff00'::bytea, '2026-01-15'::date)"""
    for settings in ("", odd):
        write(f"{settings} {insert}")
    first, second = (json.loads(image) for _, _, image, *_ in items())
    assert first | {"id": 2} == second
    assert_intact()


def test_a_statement_on_a_bulk_table_is_one_item() -> None:
    write("INSERT INTO book_mark (thing, points) SELECT n, n FROM generate_series(1, 30) AS n")
    write("INSERT INTO book_mark (id, thing, points) VALUES (50, 1, 1), (41, 2, 2), (40, 3, 3)")
    images = [json.loads(image) for _, change, image, *_ in items("book_mark") if change == "B"]
    assert [(image["rows"], image["ids"]) for image in images] == [(30, "{[1,31)}"), (3, "{[40,42),[50,51)}")]
    assert_intact()


def test_a_statement_without_rows_leaves_nothing() -> None:
    ask("INSERT INTO book_mark (thing, points) SELECT 1, 1 WHERE false")
    assert items("book_mark") == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE book_mark SET points = 2",
        "DELETE FROM book_mark",
        "TRUNCATE book_mark",
        "TRUNCATE book_thing",
        "INSERT INTO book_mark (id, thing, points) VALUES (1, 1, 1) ON CONFLICT (id) DO UPDATE SET points = 5",
    ],
)
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_inputs_are_only_added_and_no_counted_table_is_emptied(change: str, role: str) -> None:
    write("INSERT INTO book_mark (thing, points) VALUES (1, 1)")
    with pytest.raises(DatabaseError, match="ledger_append_only") as refusal:
        write(f"SET LOCAL session_replication_role = {role}; {change}")
    assert refusal.value.__cause__.sqlstate == "SL002"  # type: ignore[union-attr]
    assert_intact()


def test_playing_replica_does_not_escape_the_count() -> None:
    with pytest.raises(DatabaseError, match="ledger_write_names_nobody"), transaction.atomic():
        ask("SET LOCAL session_replication_role = replica; INSERT INTO book_thing (word) VALUES ('a')")
    write("SET LOCAL session_replication_role = replica; INSERT INTO book_thing (word) VALUES ('a')")
    assert len(items()) == 1
    assert_intact()


def test_copy_is_counted() -> None:
    with transaction.atomic(), named(actor="kim", verb="load"), connection.cursor() as cursor:
        for table in ("book_thing (word)", "book_mark (thing, points)"):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write("1\n2\n" if "thing (" in table else "1\t1\n2\t2\n")
    assert (len(items()), len(items("book_mark"))) == (2, 1)
    assert_intact()
