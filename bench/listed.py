"""Tables of 100,000 rows and a million responses in a database of their own, and what the lists over them take."""

import time
from typing import Any

from django.db import connection, transaction
from django.test import Client

from bench.filling import NOW, criteria, enable_triggers
from consortia.operations.programmes import found_programme
from consortia.operations.teams import register_person
from core.actors import machine
from core.roles import Role
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round

ROWS, ROUNDS, RESPONSES = 100_000, 10, 1_000_000


def filled() -> dict[str, Any]:
    """Everything in, and what the addresses of pages need to name."""
    actor = machine("bench")
    programme = found_programme(
        actor=actor, now=NOW, code="lists", name_ko="측정", name_en="Bench", timezone="Asia/Seoul"
    )
    register_person(
        programme, actor=actor, now=NOW, code="official-1", name_ko="담당", name_en="official", role=Role.OFFICIAL
    )
    rounds = [
        draft_round(
            programme,
            RoundDraft(
                code=f"stage-{number}",
                number=number,
                name_ko=f"{number}차",
                name_en=f"Stage {number}",
                starts=NOW.date(),
                ends=NOW.date(),
                seats=4,
                criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in criteria()],
                gates=[Named("originality", "독자성", "Originality")],
                entries=[],
                panel=[],
            ),
            actor=actor,
            now=NOW,
        )
        for number in range(1, ROUNDS + 1)
    ]
    _fill({"programme": programme.pk, "round": rounds[0].pk, "rows": ROWS, "rounds": ROUNDS, "responses": RESPONSES})
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM consortia_supportline")
        (line,) = cursor.fetchone()
    return {"programme": programme.pk, "round": rounds[ROUNDS // 2].pk, "line": line}


def _fill(given: dict[str, int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            cursor.execute(_CHECKS, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for statement in _FILL.split(";"):
            cursor.execute(statement, given)
        enable_triggers(cursor, _TABLES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Reader:
    """An official who reads lists."""

    def __init__(self) -> None:
        from core.models import Account

        self.client = Client()
        self.client.force_login(Account.objects.get(username="lists.official-1"))

    def database_ms(self, address: str) -> float:
        """Milliseconds that the database took for a page, all of its statements together."""
        took = 0.0

        def timed(execute: Any, *given: Any) -> Any:
            nonlocal took
            begun = time.perf_counter()
            try:
                return execute(*given)
            finally:
                took += (time.perf_counter() - begun) * 1000

        with connection.execute_wrapper(timed):
            response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code} {response.headers.get('Location')}"
        return took


# What a list shows need not be consistent: only its size matters here.
_CHECKS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')"
_TABLES = (
    "core_account",
    "core_rolegrant",
    "core_decision",
    "core_event",
    "core_ledgeritem",
    "core_ledgerblock",
    "consortia_team",
    "consortia_organisation",
    "consortia_supportline",
    "consortia_grant",
    "consortia_call",
    "consortia_application",
    "evaluation_entry",
    "evaluation_document",
    "evaluation_enquiry",
    "evaluation_answer",
    "evaluation_conflictdeclaration",
    "evaluation_sheet",
    "evaluation_finding",
    "evaluation_responsebatch",
    "evaluation_response",
    "appeals_appeal",
)
_FILL = """
INSERT INTO core_account (id, password, username, name_ko, name_en, is_active)
SELECT 1000 + n, '', 'lists.expert-' || n, '위원 ' || n, 'Expert ' || n, true FROM generate_series(1, %(rows)s) n;
INSERT INTO core_rolegrant (account_id, role)
SELECT 1000 + n, CASE n %% 10 WHEN 0 THEN 'evaluator' ELSE 'applicant' END FROM generate_series(1, %(rows)s) n;
INSERT INTO consortia_team (id, programme_id, code, name_ko, name_en, applied_before)
SELECT 1000 + n, %(programme)s, 'team-' || n, '팀 ' || n, 'Team ' || n, false FROM generate_series(1, %(rows)s) n;
INSERT INTO consortia_organisation (programme_id, code, name_ko, name_en)
SELECT %(programme)s, 'org-' || n, '기관 ' || n, 'Org ' || n FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_entry (id, round_id, team_id, position, withdrawal_reason)
SELECT 1000 + n, %(round)s + n %% %(rounds)s, 1000 + n, n / %(rounds)s, '' FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_document (round_id, team_id, kind, title, filed_by_id, received_at, late, not_considered_because)
SELECT %(round)s + n %% %(rounds)s, 1000 + n, 'report', 'report-' || n, 1000 + n,
    '2026-01-15 05:00Z'::timestamptz + n * interval '1 second', n %% 1000 = 0, ''
FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_enquiry (id, round_id, team_id, code, text, asked_by_id, asked_at)
SELECT 1000 + n, %(round)s + n %% %(rounds)s, 1000 + n, 'enquiry-' || n, repeat('질의 ', 100), 1000 + n,
    '2026-01-15 05:00Z'::timestamptz + n * interval '1 second' FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_answer (enquiry_id, text, answered_by_id, answered_at)
SELECT 1000 + n, repeat('답변 ', 100), 1001, '2026-01-16 05:00Z' FROM generate_series(1, %(rows)s, 2) n;
INSERT INTO evaluation_conflictdeclaration (round_id, account_id, team_id, kind, reason, declared_by_id, declared_at)
SELECT %(round)s + n %% %(rounds)s, 1000 + n, 1000 + n, CASE n %% 1000 WHEN 0 THEN 'kinship' ELSE 'none' END, '',
    1001, '2026-01-15 05:00Z' FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_sheet (entry_id, account_id, comment, digest, at)
SELECT 1000 + n, 1000 + n, '', repeat('0', 64), '2026-01-15 05:00Z' FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_finding (gate_id, entry_id, account_id, component, finding, reason, at)
SELECT (SELECT min(id) FROM evaluation_gate), 1000 + n, 1000 + n, '', 'met', '', '2026-01-15 05:00Z'
FROM generate_series(1, %(rows)s) n;
INSERT INTO evaluation_responsebatch (id, entry_id, criterion_id, code, size, digest, by_id, at)
SELECT n, 1000 + n, (SELECT min(id) FROM evaluation_criterion), 'batch-' || n, 10, repeat('0', 64), 1001,
    '2026-01-15 05:00Z' FROM generate_series(1, %(responses)s / 10) n;
INSERT INTO evaluation_response (batch_id, mark)
SELECT 1 + n / 10, n %% 11 FROM generate_series(0, %(responses)s - 1) n;
INSERT INTO appeals_appeal (programme_id, code, round_id, entry_id, ground, statement, state, filed_by_id, filed_at,
    decide_by, admission_reason, decision_reason)
SELECT %(programme)s, 'appeal-' || n, %(round)s + n %% %(rounds)s, 1000 + n, 'method', '', CASE n %% 1000 WHEN 0
    THEN 'admitted' ELSE 'filed' END, 1001, '2026-01-15 05:00Z'::timestamptz + n * interval '1 second',
    '2026-03-15 05:00Z', '', '' FROM generate_series(1, %(rows)s) n;
INSERT INTO core_decision (id, verb, subject_kind, subject_id, subject_label, arguments, reason, prepared_against,
    state, prepared_by_id, prepared_at, settled_by_id, settled_at, settled_reason)
SELECT 1000 + n, 'announce', 'evaluation.round', %(round)s, 'subject-' || n, '{}', '', repeat('0', 64),
    CASE n %% 1000 WHEN 0 THEN 'prepared' ELSE 'approved' END, 1001, '2026-01-15 05:00Z', 1002, '2026-01-15 05:00Z', ''
FROM generate_series(1, %(rows)s) n;
INSERT INTO core_event (verb, subject_kind, subject_id, subject_label, actor, mandate, reason, at, facts)
SELECT CASE n %% 1000 WHEN 0 THEN 'open_round' ELSE 'submit_sheet' END, 'evaluation.entry', 1000 + n, 'subject-' || n,
    'lists.expert-' || n, '', '', '2026-01-15 05:00Z', '{}' FROM generate_series(1, %(rows)s) n;
INSERT INTO core_ledgeritem (marker, relation, row_key, change, image, actor, verb, reason, mandate, at)
SELECT md5(n::text)::uuid, CASE n %% 1000 WHEN 0 THEN 'evaluation_document' ELSE 'evaluation_mark' END, n, 'I',
    jsonb_build_object('id', n, 'text', repeat('x', 200)), 'lists.expert-' || n, 'submit_sheet', '', '',
    '2026-01-15 05:00Z' FROM generate_series(1, %(rows)s) n;
INSERT INTO core_ledgerblock (number, marker, previous, items, first_item, last_item, digest, head, sealed_at)
SELECT 100000 + n, md5(n::text)::uuid, repeat('0', 64), 1, n, n, repeat('0', 64), repeat('0', 64), '2026-01-15 05:00Z'
FROM generate_series(1, %(rows)s) n;
INSERT INTO consortia_supportline (programme_id, code, kind, name_ko, name_en, model, unit, number, since)
SELECT %(programme)s, 'line-' || n, 'gpu', 'GPU', 'GPU', 'B200', '장', 512, '2026-01-15' FROM generate_series(1, 4) n;
INSERT INTO consortia_grant (line_id, team_id, number, since, reason, decision_id, at)
SELECT (SELECT min(id) FROM consortia_supportline) + n %% 4, 1000 + n, 512, '2026-01-15', '', 1000 + n,
    '2026-01-15 05:00Z' FROM generate_series(1, %(rows)s) n;
INSERT INTO consortia_call (id, programme_id, code, state, notice_days, eligible, terms, void_reason)
SELECT 1000, %(programme)s, 'call', 'open', 10, '{}', '{}', '';
INSERT INTO consortia_application (call_id, team_id, state, submitted_by_id, submitted_at, summary)
SELECT 1000, 1000 + n, CASE n %% 1000 WHEN 0 THEN 'submitted' ELSE 'declined' END, 1001, '2026-01-15 05:00Z', ''
FROM generate_series(1, %(rows)s) n"""
