import ast
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from core.ledger import verifier
from core.ledger.naming import head
from core.ledger.verifier import BLOCKS, ITEMS, SENTENCES, Damage
from tests.core.ledger.book import FULL_THING, ask, verdict, write
from tests.core.ledger.forger import unguarded

ITEM = """INSERT INTO core_ledgeritem
    SELECT max(id) + 1, gen_random_uuid(), 'book_thing', '1', 'U', '{}', 'a', 'v', '', '', now() FROM core_ledgeritem"""
COUNT_NOTHING = """
    DROP TRIGGER ledger_count ON book_thing;
    CREATE TRIGGER ledger_count AFTER INSERT OR UPDATE OR DELETE ON book_thing
        FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_count_row('id', 'secret');
    ALTER TABLE book_thing ENABLE ALWAYS TRIGGER ledger_count"""
FORGERIES = [
    ("book_thing", "UPDATE book_thing SET word = 'forged' WHERE id = 2", "2", "row_changed"),
    ("book_thing", "UPDATE book_thing SET points = 3.000 WHERE id = 2", "2", "row_changed"),
    ("book_thing", "DELETE FROM book_thing WHERE id = 2", "2", "row_missing"),
    ("book_thing", "INSERT INTO book_thing (id, word) VALUES (99, 'forged')", "99", "row_unrecorded"),
    ("book_mark", "UPDATE book_mark SET points = 4.0 WHERE id = 2", "{[1,4)}", "rows_changed"),
    ("book_mark", "DELETE FROM book_mark WHERE id = 4", "{[4,7)}", "rows_changed"),
    ("book_mark", "INSERT INTO book_mark (id, thing, points) VALUES (99, 1, 1)", "99", "row_unrecorded"),
    (ITEMS, "UPDATE core_ledgeritem SET actor = 'forged' WHERE id = 1", "1", "items_changed"),
    (ITEMS, "DELETE FROM core_ledgeritem WHERE id = 1", "1", "items_changed"),
    (ITEMS, ITEM, None, "item_unsealed"),
    (BLOCKS, "DELETE FROM core_ledgerblock WHERE number = 2", "2", "block_missing"),
    (BLOCKS, "UPDATE core_ledgerblock SET previous = head WHERE number = 2", "2", "chain_broken"),
    (BLOCKS, "UPDATE core_ledgerblock SET digest = head WHERE number = 2", "2", "items_changed"),
    (BLOCKS, "UPDATE core_ledgerblock SET sealed_at = 'infinity' WHERE number = 2", "2", "head_wrong"),
]


@pytest.fixture
def played(book: None) -> None:
    write(FULL_THING)
    for _ in range(2):
        write("INSERT INTO book_mark (thing, points) SELECT n, n * 2 FROM generate_series(1, 3) AS n")
        ask("SET CONSTRAINTS ALL IMMEDIATE")
        ask("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(("table", "forgery", "row_key", "what"), FORGERIES)
def test_damage_is_named(table: str, forgery: str, row_key: str | None, what: str) -> None:
    if row_key is None:
        ((row_key,),) = ask("SELECT (max(id) + 1)::text FROM core_ledgeritem")
    with unguarded(connection.connection, table):
        ask(forgery)
    relation = BLOCKS if what in {"block_missing", "chain_broken", "items_changed", "head_wrong"} else table
    assert verdict().damage == Damage(relation, row_key, what)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    ("table", "weakened"),
    [
        ("book_thing", "DISABLE TRIGGER ledger_count"),
        ("book_thing", "ENABLE TRIGGER ledger_count"),
        ("book_thing", "DISABLE TRIGGER ledger_refuse_key"),
        ("book_mark", "DISABLE TRIGGER ledger_refuse_change"),
        ("book_mark", "DISABLE TRIGGER ledger_refuse_truncate"),
        (ITEMS, "DISABLE TRIGGER ledger_seal"),
        (ITEMS, "DISABLE TRIGGER ledger_refuse_change"),
        (BLOCKS, "ENABLE REPLICA TRIGGER ledger_refuse_insert"),
    ],
)
def test_a_guard_that_is_off_is_damage(table: str, weakened: str) -> None:
    verdict()
    ask(f"ALTER TABLE {table} {weakened}")
    assert verdict().damage == Damage(table, "", "guard_missing")


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    ("taken", "what"),
    [
        ("DROP TRIGGER ledger_count ON book_thing", "guard_missing"),
        (COUNT_NOTHING, "guard_missing"),
        ("DROP TABLE book_thing", "table_missing"),
    ],
)
def test_a_table_taken_from_the_count_is_damage(taken: str, what: str) -> None:
    verdict()
    ask(taken)
    assert verdict().damage == Damage("book_thing", "", what)


@pytest.mark.usefixtures("played")
def test_a_trigger_that_leaves_out_more_is_seen_in_the_images() -> None:
    verdict()
    ask("SELECT ledger_uninstall('book_thing'), ledger_guard('book_thing', false)")
    ask("""CREATE TRIGGER ledger_count AFTER INSERT OR UPDATE OR DELETE ON book_thing
        FOR EACH ROW EXECUTE FUNCTION ledger_count_row('id', 'secret', 'points');
        ALTER TABLE book_thing ENABLE ALWAYS TRIGGER ledger_count;
        CREATE TRIGGER ledger_refuse_key BEFORE UPDATE ON book_thing
        FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION ledger_refuse();
        ALTER TABLE book_thing ENABLE ALWAYS TRIGGER ledger_refuse_key""")
    damage = verdict().damage
    assert damage is not None
    assert (damage.relation, damage.what) == ("book_thing", "row_changed")


@pytest.mark.usefixtures("played")
def test_the_verdict_counts_what_it_followed() -> None:
    found = verdict()
    ((records,),) = ask("SELECT count(*) FROM core_ledgeritem")
    assert (found.damage, found.records, (found.blocks, found.head)) == (None, records, head())


@pytest.mark.usefixtures("played")
def test_a_chain_hashed_anew_is_found_by_its_anchor() -> None:
    number, kept = head()
    assert verifier.verify(connection.connection, [(number, kept)]).damage is None
    for anchor in [(number, "f" * 64), (number + 1, kept)]:
        damage = verifier.verify(connection.connection, [anchor]).damage
        assert damage == Damage(BLOCKS, str(anchor[0]), "anchor_broken")


@pytest.mark.usefixtures("played")
def test_verification_leaves_the_session_as_it_was() -> None:
    settings = "SELECT name, setting FROM pg_settings ORDER BY name"
    before = ask(settings)
    verdict()
    assert ask(settings) == before


def test_every_damage_has_its_sentence_in_both_languages() -> None:
    for what in SENTENCES:
        korean, english = Damage("core_account", "7", what).sentences
        assert any("가" <= letter <= "힣" for letter in korean)
        assert english.endswith(".")
        assert "{" not in korean + english


def test_the_verifier_needs_only_the_standard_library_and_psycopg() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names | {"psycopg"}


@pytest.mark.usefixtures("committed_book")
def test_an_auditor_runs_the_file_alone(tmp_path: Path) -> None:
    write(FULL_THING)
    known = connection.get_connection_params()
    address = make_conninfo(
        **{name: known[name] for name in ("host", "port", "user", "password", "dbname") if name in known}
    )
    alone = tmp_path / "verifier.py"
    alone.write_text(Path(verifier.__file__).read_text(encoding="utf-8"), encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, str(alone), address, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    number, kept = head()
    assert run("--anchor", f"{number}:{kept}") == (0, verifier.report(verdict()) + "\n")
    with unguarded(connection.connection, "book_thing"):
        ask("UPDATE book_thing SET points = 99 WHERE id = 3")
    code, said = run()
    assert code == 1
    assert "book_thing 3" in said


@pytest.mark.usefixtures("played")
def test_the_command_says_intact_or_names_the_damage() -> None:
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    number, kept = head()
    assert f"blocks {number}, head {kept}" in out.getvalue()
    with unguarded(connection.connection, "book_thing"):
        ask("UPDATE book_thing SET points = 99 WHERE id = 3")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_ledger", json=True, stdout=out)
    said = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert (said["intact"], said["damage"]) == (
        False,
        {"relation": "book_thing", "row_key": "3", "what": "row_changed"},
    )
