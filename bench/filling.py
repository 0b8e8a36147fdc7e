"""A round of a given size in a database of its own: 15 leaves, filled by SQL with every trigger out of the way.

Five leaves are scored by sheets (a mean without the highest and the lowest), five by responses (a mean on a linear
scale), three by measurements (one of them a share of the best) and two by points entered directly.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import psycopg
from psycopg import sql

NAME = "simsa_bench"
NOW = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Size:
    """How many entries, experts, and responses in all."""

    name: str
    entries: int
    experts: int
    responses: int


SIZES = {
    "S": Size("S", 20, 5, 2_000),
    "M": Size("M", 100, 20, 10_000),
    "L": Size("L", 1_000, 50, 1_000_000),
    "XL": Size("XL", 10_000, 20, 1_000_000),
}


def own_database(url: str) -> str:
    """A new, empty database on the server, and its address."""
    with psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{NAME}" + (f"?{query}" if query else "")


def start(url: str) -> None:
    """Django on that database, migrated."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def criteria() -> list[Any]:
    """Fifteen leaves of together 100 points."""
    from evaluation.rules.criteria import Criterion as Rule
    from evaluation.rules.scales import Linear, ShareOfBest

    sheets = [Rule(f"s{n}", Decimal(7), source="sheets", aggregate="trimmed_mean") for n in range(5)]
    panel = [Rule(f"r{n}", Decimal(5), source="responses", scale=Linear(Fraction(1, 2))) for n in range(5)]
    runs = [Rule(f"m{n}", Decimal(8), source="measurements") for n in range(2)]
    best = [Rule("best", Decimal(8), source="measurements", scale=ShareOfBest())]
    direct = [Rule(f"d{n}", Decimal(8), source="direct") for n in range(2)]
    return [*sheets, *panel, *runs, *best, *direct]


def filled(size: Size) -> Any:
    """The round, being scored, with everything in it."""
    from django.db import connection, transaction

    from consortia.operations.programmes import found_programme
    from core.actors import machine
    from core.ledger.naming import named
    from evaluation.models import Round
    from evaluation.operations.drafting import CriterionDraft, RoundDraft, draft_round

    actor = machine("bench")
    programme = found_programme(
        actor=actor, now=NOW, code=size.name.lower(), name_ko="측정", name_en="Bench", timezone="Asia/Seoul"
    )
    draft = RoundDraft(
        code="round",
        number=1,
        name_ko="단계",
        name_en="Round",
        starts=date(2026, 1, 1),
        ends=date(2026, 2, 1),
        seats=size.entries // 4,
        criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in criteria()],
        entries=[],
        panel=[],
    )
    round = draft_round(programme, draft, actor=actor, now=NOW)
    with transaction.atomic(), named(actor="system:bench", verb="fill"):
        Round.objects.filter(pk=round.pk).update(state="scoring", opened_at=NOW)
        round.criteria_versions.update(state="in_force")
    given = {"round": round.pk, "programme": programme.pk, "code": size.name.lower(), **vars(size)}
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in _FILL.split(";"):
            cursor.execute(statement, given)
        enable_triggers(cursor, _TABLES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return Round.objects.get(pk=round.pk)


def enable_triggers(cursor: Any, tables: Sequence[str]) -> None:
    """As they were before all were disabled: the ledger's own fire always."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        for trigger in _always(cursor, table):
            cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')


def _always(cursor: Any, table: str) -> list[str]:
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'ledger%%'", [table])
    return [name for (name,) in cursor.fetchall()]


_TABLES = (
    "core_account",
    "consortia_team",
    "evaluation_entry",
    "evaluation_panelist",
    "evaluation_sheet",
    "evaluation_mark",
    "evaluation_responsebatch",
    "evaluation_response",
    "evaluation_measurementrun",
    "evaluation_measurement",
    "evaluation_directpoints",
    "evaluation_verdict",
)

_FILL = """
INSERT INTO core_account (password, username, name_ko, name_en, is_active)
SELECT '', %(code)s || '.expert-' || n, 'expert', 'expert', true FROM generate_series(1, %(experts)s + 16) n;
INSERT INTO core_account (password, username, name_ko, name_en, is_active)
VALUES ('', %(code)s || '.official-1', 'official', 'official', true);
INSERT INTO consortia_team (programme_id, code, name_ko, name_en, applied_before)
SELECT %(programme)s, 't-' || n, 'team', 'team', false FROM generate_series(1, %(entries)s) n;
INSERT INTO evaluation_entry (round_id, team_id, position, withdrawal_reason)
SELECT %(round)s, id, row_number() OVER (ORDER BY id), '' FROM consortia_team WHERE programme_id = %(programme)s;
INSERT INTO evaluation_panelist (round_id, account_id)
SELECT %(round)s, id FROM core_account WHERE username LIKE %(code)s || '.expert-%%';
INSERT INTO evaluation_sheet (entry_id, account_id, comment, digest, at)
SELECT e.id, a.id, '', encode(sha256((e.id || ' ' || a.id)::bytea), 'hex'), '2026-01-15 05:00Z'
FROM evaluation_entry e CROSS JOIN (SELECT id FROM core_account WHERE username LIKE %(code)s || '.expert-%%'
    ORDER BY id LIMIT %(experts)s) a WHERE e.round_id = %(round)s;
INSERT INTO evaluation_mark (sheet_id, criterion_id, points)
SELECT s.id, c.id, ((s.id * 7919 + c.id * 104729) %% 71) * 0.1 FROM evaluation_sheet s
JOIN evaluation_entry e ON e.id = s.entry_id AND e.round_id = %(round)s
JOIN evaluation_criterion c ON c.round_id = %(round)s AND c.source = 'sheets';
INSERT INTO evaluation_responsebatch (entry_id, criterion_id, size, digest, by_id, at)
SELECT e.id, c.id, greatest(1, %(responses)s / 5 / %(entries)s), encode(sha256((e.id || ' ' || c.id)::bytea), 'hex'),
    (SELECT max(id) FROM core_account), '2026-01-15 05:00Z'
FROM evaluation_entry e JOIN evaluation_criterion c ON c.round_id = e.round_id AND c.source = 'responses'
WHERE e.round_id = %(round)s;
INSERT INTO evaluation_response (batch_id, mark)
SELECT b.id, (b.id * 31 + n * 17) %% 11 FROM evaluation_responsebatch b
JOIN evaluation_entry e ON e.id = b.entry_id AND e.round_id = %(round)s CROSS JOIN LATERAL generate_series(1, b.size) n;
INSERT INTO evaluation_measurementrun (entry_id, criterion_id, by_id, at)
SELECT e.id, c.id, (SELECT max(id) FROM core_account), '2026-01-15 05:00Z'
FROM evaluation_entry e JOIN evaluation_criterion c ON c.round_id = e.round_id AND c.source = 'measurements'
WHERE e.round_id = %(round)s;
INSERT INTO evaluation_measurement (run_id, entry_id, criterion_id, name, value)
SELECT r.id, r.entry_id, r.criterion_id, 'bench-' || n, ((r.id * 13 + n * 7) %% 81) * 0.1
FROM evaluation_measurementrun r JOIN evaluation_entry e ON e.id = r.entry_id AND e.round_id = %(round)s
CROSS JOIN generate_series(1, 3) n;
INSERT INTO evaluation_directpoints (entry_id, criterion_id, points, by_id, at)
SELECT e.id, c.id, ((e.id * 29 + c.id) %% 81) * 0.1, (SELECT max(id) FROM core_account), '2026-01-15 05:00Z'
FROM evaluation_entry e JOIN evaluation_criterion c ON c.round_id = e.round_id AND c.source = 'direct'
WHERE e.round_id = %(round)s"""
