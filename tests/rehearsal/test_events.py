"""Events: every kind with its fields, who acts, and every refusal of the file (not of the play)."""

from datetime import datetime
from decimal import Decimal

import pytest

from core.errors import Code
from rehearsal.document import Unusable, parse
from rehearsal.event_fields import EVENTS
from rehearsal.scenario import Event, TermException, Terms
from tests.rehearsal import test_events_after
from tests.rehearsal.samples import SAMPLE, built, refusal, with_event

TWO = "by: [official-1, official-2]"
WHERE = "round: stage-1, team: team-a"
CALL = "call: extra-1, round: stage-1, notice_days: 20, eligible: [eliminated, newcomers]"


def event(body: str) -> Event:
    return built(with_event(body)).events[-1]


KINDS = [
    ("do: open_round, round: stage-2, by: official-1", {"round": "stage-2"}),
    (
        f"do: file_document, {WHERE}, kind: technical_report, title: 보고서, by: a-lead",
        {"round": "stage-1", "team": "team-a", "kind": "technical_report", "title": "보고서"},
    ),
    (
        f"do: ask, {WHERE}, id: q-1, text: 가능합니까, by: a-lead",
        {"round": "stage-1", "team": "team-a", "id": "q-1", "text": "가능합니까"},
    ),
    ("do: answer, id: q-1, text: 예, by: official-1", {"id": "q-1", "text": "예"}),
    (
        f"do: declare_conflict, {WHERE}, person: expert-1, kind: none, reason: 확인함, by: official-1",
        {"round": "stage-1", "person": "expert-1", "team": "team-a", "kind": "none", "reason": "확인함"},
    ),
    (
        f"do: record_points, {WHERE}, criterion: nia, points: '9.25', by: official-1",
        {"round": "stage-1", "team": "team-a", "criterion": "nia", "points": Decimal("9.25")},
    ),
    (
        f"do: record_measurements, {WHERE}, criterion: common, values: {{MMLU-Pro: 80.5, b 2: 7}}, by: official-1",
        {
            "round": "stage-1",
            "team": "team-a",
            "criterion": "common",
            "values": {"MMLU-Pro": Decimal("80.5"), "b 2": Decimal(7)},
            "run": None,
        },
    ),
    (
        f"do: submit_sheet, {WHERE}, person: expert-1, points: {{expert: -1}}",
        {"round": "stage-1", "person": "expert-1", "team": "team-a", "points": {"expert": Decimal(-1)}, "comment": ""},
    ),
    (
        f"do: record_responses, {WHERE}, criterion: user, marks: [82, 85.5], batch: 1차, by: official-1",
        {
            "round": "stage-1",
            "team": "team-a",
            "criterion": "user",
            "marks": (Decimal(82), Decimal("85.5")),
            "batch": "1차",
        },
    ),
    (
        f"do: find, gate: originality, {WHERE}, person: expert-1, finding: not_met, reason: 동결, component: encoder",
        {
            "round": "stage-1",
            "gate": "originality",
            "team": "team-a",
            "person": "expert-1",
            "finding": "not_met",
            "reason": "동결",
            "component": "encoder",
        },
    ),
    (
        f"do: decide_gate, gate: originality, {WHERE}, verdict: failed, reason: 과반, {TWO}",
        {"round": "stage-1", "gate": "originality", "team": "team-a", "verdict": "failed", "reason": "과반"},
    ),
    (
        f"do: withdraw, {WHERE}, reason: 사정, by: a-lead",
        {"round": "stage-1", "team": "team-a", "reason": "사정"},
    ),
    (
        f"do: break_tie, round: stage-1, order: [team-b, team-a], reason: 추첨, {TWO}",
        {"round": "stage-1", "order": ("team-b", "team-a"), "reason": "추첨"},
    ),
    (
        f"do: announce, round: stage-1, {TWO}",
        {"round": "stage-1", "disclosure": "outcomes", "delivered": {}},
    ),
    (
        f"do: announce, round: stage-1, disclosure: full, delivered: {{team-a: 2026-01-07T10:00+09:00}}, {TWO}",
        {
            "round": "stage-1",
            "disclosure": "full",
            "delivered": {"team-a": datetime.fromisoformat("2026-01-07T10:00+09:00")},
        },
    ),
    (
        f"do: authorise_call, {CALL}, seats: vacancies, {TWO}",
        {
            "call": "extra-1",
            "round": "stage-1",
            "seats": "vacancies",
            "notice_days": 20,
            "eligible": ("eliminated", "newcomers"),
            "terms": Terms(),
        },
    ),
    ("do: apply, call: extra-1, team: team-z, by: nobody", {"call": "extra-1", "team": "team-z"}),
    ("do: sweep", {}),
]


@pytest.mark.parametrize(("body", "fields"), KINDS, ids=[f"{n}" for n, _ in enumerate(KINDS)])
def test_every_kind_with_its_fields(body: str, fields: dict[str, object]) -> None:
    found = event(body)
    assert found.do == body.split(",", maxsplit=1)[0].removeprefix("do: ")
    assert (found.n, found.line) == (2, SAMPLE.count("\n") + 1)
    assert found.fields == fields


def test_every_kind_is_shown_above() -> None:
    """Those that follow an announcement stand in `test_events_after`."""
    shown = {body.split(",")[0].removeprefix("do: ") for body, _ in (*KINDS, *test_events_after.KINDS)}
    assert shown == set(EVENTS)


def test_terms_of_a_call_with_exceptions() -> None:
    terms = (
        "terms: {gpu: 768, data: 공동구매, exceptions: [{team: team-a, line: gpu, reason: 임대}, "
        "{organisation: org-a, line: data, reason: 보유}]}"
    )
    found = event(f"do: authorise_call, {CALL}, seats: 2, {terms}, {TWO}")
    assert found.fields["seats"] == 2
    assert found.fields["terms"] == Terms(
        "768",
        "공동구매",
        "",
        (TermException("team-a", None, "gpu", "임대"), TermException(None, "org-a", "data", "보유")),
    )


@pytest.mark.parametrize(
    ("body", "by"),
    [
        ("do: open_round, round: stage-1, by: official-1", ("official-1",)),
        ("do: open_round, round: stage-1, by: [official-1]", ("official-1",)),
        (f"do: announce, round: stage-1, {TWO}", ("official-1", "official-2")),
        ("do: announce, round: stage-1, by: [official-1, official-1]", ("official-1", "official-1")),
        (f"do: submit_sheet, {WHERE}, person: expert-1, points: {{expert: 1}}", ("expert-1",)),
        (f"do: submit_sheet, {WHERE}, person: expert-1, points: {{expert: 1}}, by: expert-2", ("expert-2",)),
        ("do: sweep", ()),
    ],
)
def test_who_acts(body: str, by: tuple[str, ...]) -> None:
    assert event(body).by == by


def test_expectations() -> None:
    assert event("do: sweep").expect is None
    assert event("do: sweep, expect: done").expect is None
    for code in Code:
        assert event(f"do: sweep, expect: {code}").expect == code


def test_names_that_do_not_exist_are_left_to_the_play() -> None:
    found = event("do: record_points, round: stage-9, team: team-z, criterion: none, points: 1, by: nobody")
    assert found.fields["team"] == "team-z"


def test_events_may_share_a_time_and_are_numbered() -> None:
    text = SAMPLE + "  - {at: 2026-01-05T00:00Z, do: sweep}\n  - {at: 2026-01-05T09:01+09:00, do: sweep}\n"
    assert [(found.n, found.do) for found in built(text).events] == [(1, "open_round"), (2, "sweep"), (3, "sweep")]


REFUSALS = [
    ("do: sweep, by: official-1", "by", "모르는 키입니다"),
    ("do: sweep, round: stage-1", "round", "모르는 키입니다. 쓸 수 있는 키: at, do, expect"),
    ("do: sweep, expect: refused", "expect", "다음 가운데 하나여야 합니다: done, unknown"),
    ("do: open_round, round: stage-1", "by", "필요한 키가 없습니다"),
    ("do: open_round, round: stage-1, by: ~", "by", "값이 비어 있습니다"),
    ("do: open_round, round: Stage 1, by: official-1", "round", "코드여야 합니다"),
    (f"do: open_round, round: stage-1, {TWO}", "by", "한 사람이어야 합니다"),
    ("do: announce, round: stage-1, by: official-1", "by", "두 사람의 목록이어야 합니다"),
    ("do: announce, round: stage-1, by: [a, b, c]", "by", "두 사람의 목록이어야 합니다"),
    (f"do: announce, round: stage-1, disclosure: some, {TWO}", "disclosure", "다음 가운데 하나여야 합니다: outcomes"),
    (f"do: announce, round: stage-1, delivered: {{team-a: soon}}, {TWO}", "delivered.team-a", "시차를 적은 시각"),
    (f"do: withdraw, {WHERE}, reason: ' ', by: a-lead", "reason", "빈 글일 수 없습니다"),
    (f"do: withdraw, {WHERE}, by: a-lead", "reason", "필요한 키가 없습니다"),
    (f"do: record_points, {WHERE}, criterion: nia, points: many, by: official-1", "points", "숫자여야 합니다"),
    (f"do: record_responses, {WHERE}, criterion: user, marks: [1, x], by: official-1", "marks[2]", "숫자여야 합니다"),
    (f"do: record_responses, {WHERE}, criterion: user, marks: 1, by: official-1", "marks", "목록이 와야 합니다"),
    (
        f"do: submit_sheet, {WHERE}, person: expert-1, points: {{expert: 1, expert: 2}}",
        "points.expert",
        "두 번 나옵니다",
    ),
    (f"do: find, gate: g, {WHERE}, person: expert-1, finding: maybe, reason: 가", "finding", "met, not_met, abstain"),
    (f"do: declare_conflict, {WHERE}, person: expert-1, kind: friend, reason: 가", "kind", "employment, kinship"),
    (f"do: authorise_call, {CALL}, seats: some, {TWO}", "seats", "숫자여야 합니다"),
    (f"do: authorise_call, {CALL}, seats: 1, terms: {{cash: 1}}, {TWO}", "terms.cash", "모르는 키입니다"),
    (
        f"do: authorise_call, {CALL}, seats: 1, terms: {{exceptions: [{{line: gpu, reason: 가}}]}}, {TWO}",
        "terms.exceptions[1]",
        "team과 organisation 가운데 하나만",
    ),
    (f"do: file_document, {WHERE}, kind: k, title: {'가' * 301}, by: a-lead", "title", "300자 이하여야 합니다"),
    ("do: [sweep]", "do", "값 하나가 와야 합니다"),
    ("round: stage-1", "do", "필요한 키가 없습니다"),
]


@pytest.mark.parametrize(
    ("body", "key", "message"), REFUSALS, ids=[f"{case[1]}-{n}" for n, case in enumerate(REFUSALS)]
)
def test_refusals_name_line_and_key(body: str, key: str, message: str) -> None:
    refused = refusal(with_event(body))
    assert (refused.line, refused.key) == (SAMPLE.count("\n") + 1, f"events[2].{key}")
    assert message in refused.message


GROUNDS = (
    "decisive_error, misread_content, clerical_error, procedure_defect, other, panel_choice, rules, method, amounts"
)


@pytest.mark.parametrize(
    ("do", "name", "written", "words"),
    [
        ("declare_conflict", "kind", "x", "employment, kinship, mutual, same_unit, other, none"),
        ("find", "finding", "x", "met, not_met, abstain"),
        ("decide_gate", "verdict", "x", "passed, failed"),
        ("announce", "disclosure", "x", "outcomes, extremes_and_means, totals, full"),
        ("authorise_call", "eligible", "[x]", "eliminated, earlier_applicants, newcomers"),
        ("file_appeal", "ground", "x", GROUNDS),
        ("decide_appeal", "outcome", "x", "upheld, partly_upheld, dismissed"),
    ],
)
def test_the_closed_lists_are_those_of_the_format(do: str, name: str, written: str, words: str) -> None:
    """They are the program's own lists: one that grows there makes another format, which has to be said."""
    field = next(field for field in EVENTS[do].fields if field.name == name)
    with pytest.raises(Unusable, match=f"가운데 하나여야 합니다: {words} \\('x'"):
        field.read(parse(written))


@pytest.mark.parametrize("do", ["appeal", "close_round", "open_call", "dance"])
def test_events_that_cannot_be_played_are_unknown(do: str) -> None:
    refused = refusal(with_event(f"do: {do}, round: stage-1, by: official-1"))
    assert (refused.line, refused.key) == (SAMPLE.count("\n") + 1, "events[2].do")
    assert f"알 수 없는 사건입니다: '{do}'. 쓸 수 있는 사건: open_round" in refused.message


def test_events_stand_in_the_order_of_time() -> None:
    refused = refusal(SAMPLE + "  - {at: 2026-01-05T08:59:59+09:00, do: sweep}\n")
    assert (refused.line, refused.key) == (SAMPLE.count("\n") + 1, "events[2].at")
    assert "앞 사건(2026-01-05T09:00:00+09:00)보다 빠를 수 없습니다" in refused.message


def test_events_are_a_list_of_tables() -> None:
    assert refusal(SAMPLE[: SAMPLE.index("  - {at")] + "  a: 1\n").message == "목록이 와야 합니다"
    assert "표가 와야 합니다" in refusal(SAMPLE + "  - sweep\n").message
