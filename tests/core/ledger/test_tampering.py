"""200 random forgeries by a superuser with the triggers off, each found by the verifier."""

import os
from collections.abc import Iterator
from random import Random

import psycopg
import pytest
from django.db import connection as django_connection
from django.db import transaction
from django.utils import timezone

from core.ledger.naming import named
from core.ledger.verifier import BLOCKS, ITEMS, Connection, verify
from core.models import Account, Decision, Event, RoleGrant
from tests.core.ledger.book import FULL_THING, write
from tests.core.ledger.forger import KINDS, Target, forgeries, tamper, targets, unguarded

TRIES = 200
SEED = int(os.environ.get("TAMPER_SEED", "20260115"))


@pytest.fixture
def played(committed_book: None) -> Iterator[Connection]:
    """Rows in many tables, with changes and deletions behind them; as a connection of the superuser's own."""
    with transaction.atomic(), named(actor="kim", verb="open_account"):
        people = [Account.objects.create(username=f"p{n}", name_ko=f"사람{n}", name_en=f"Person {n}") for n in range(4)]
        for person in people:
            RoleGrant.objects.create(account=person, role="official")
    with transaction.atomic(), named(actor="kim", verb="announce", reason="발표", mandate="decision:1"):
        now = timezone.now()
        facts = {"subject_kind": "core.account", "subject_id": people[0].pk, "subject_label": "사람0"}
        Decision.objects.create(verb="announce", prepared_by=people[0], prepared_at=now, prepared_against="a", **facts)
        for number in range(3):
            Event.objects.create(verb="announce", actor="kim", at=now, facts={"n": number}, **facts)
    write(FULL_THING)
    write("UPDATE book_thing SET points = points + 0.50 WHERE id < 5", actor="lee", verb="correct")
    write("DELETE FROM book_thing WHERE id = 12")
    for rows in (20, 1, 7):
        write(
            "INSERT INTO book_mark (thing, points, at) SELECT n, n * 0.10, now() FROM generate_series(1, %s) n", [rows]
        )
    known = django_connection.get_connection_params()
    with psycopg.connect(**{name: known[name] for name in known if name != "cursor_factory"}) as superuser:
        yield superuser


def attempt(superuser: Connection, chance: Random, kind: str, target: Target) -> str:
    """The forgery of that kind if the table's constraints let it through, else of another kind or row."""
    for _ in range(50):
        try:
            with superuser.transaction():
                return tamper(superuser, chance, kind, target)
        except psycopg.Error:
            kind = chance.choice(list(KINDS))
    raise AssertionError(f"no forgery of {target.name} was possible")


def test_every_forgery_is_found(played: Connection) -> None:
    chance = Random(SEED)
    everything = targets(played)
    assert verify(played).damage is None
    missed, kinds = [], set()
    for kind, target in forgeries(chance, everything, TRIES):
        with played.transaction(force_rollback=True):
            done = attempt(played, chance, kind, target)
            kinds.add(done.split()[0])
            if verify(played).damage is None:
                missed.append(done)
    assert (missed, kinds) == ([], set(KINDS)), f"TAMPER_SEED={SEED}"
    assert {ITEMS, BLOCKS, "book_thing", "book_mark", "core_account", "core_event"} <= {t.name for t in everything}
    assert verify(played).damage is None


def test_every_column_that_counts_is_watched(played: Connection) -> None:
    chance = Random(SEED)
    missed = []
    for target in targets(played):
        for column in target.columns:
            one = Target(target.name, target.key, {column: target.columns[column]})
            with played.transaction(force_rollback=True):
                try:
                    with played.transaction():
                        tamper(played, chance, "change", one)
                except psycopg.Error:
                    continue
                if verify(played).damage is None:
                    missed.append((target.name, column))
    assert missed == []


@pytest.mark.parametrize("kept", ["items", "nothing"])
def test_a_chain_whose_end_is_cut_off_is_found(played: Connection, kept: str) -> None:
    """Without its items the last change is undone in the ledger, and the live rows tell."""
    ((marker, number, head),) = played.execute(
        "SELECT marker, number, head FROM core_ledgerblock ORDER BY number DESC LIMIT 1"
    )
    with played.transaction(force_rollback=True):
        with unguarded(played, BLOCKS):
            played.execute("DELETE FROM core_ledgerblock WHERE marker = %s", [marker])
        if kept == "nothing":
            with unguarded(played, ITEMS):
                played.execute("DELETE FROM core_ledgeritem WHERE marker = %s", [marker])
        assert verify(played).damage is not None
        damage = verify(played, [(number, head)]).damage
        assert damage is not None
        assert (damage.row_key, damage.what) == (str(number), "anchor_broken")
