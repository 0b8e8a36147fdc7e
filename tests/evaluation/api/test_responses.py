"""POST /api/v1/rounds/{code}/responses/: batches with a key, all or nothing, and figures exactly as they were sent."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from core.ledger.naming import named
from evaluation.models import Response, ResponseBatch, ResponseImport, Round
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

ADDRESS = "/api/v1/rounds/test.stage-1/responses/"
ROWS = [
    {"team": "a", "criterion": "user", "mark": "20.50"},
    {"team": "b", "criterion": "user", "mark": 20},
    {"team": "a", "criterion": "user", "mark": "21"},
]


@pytest.fixture
def story(db: None) -> Story:
    cache.clear()  # Requests are counted there, by account.
    return told().open()


def sent(story: Story, body: Any, key: str | None = "batch-1", person: str = "official-1", **more: Any) -> HttpResponse:
    asking = Client()
    asking.force_login(story.people[person])
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if key is None else {"Idempotency-Key": key}
    return asking.post(ADDRESS, content, content_type="application/json", headers=headers, **more)


def test_a_batch_is_brought_in_once(story: Story):
    answer = sent(story, ROWS)
    body = answer.json()
    assert (answer.status_code, body["key"], body["size"]) == (201, "batch-1", 3)
    assert sorted(ResponseBatch.objects.values_list("entry__team__code", "code", "size")) == [
        ("a", "batch-1", 2),
        ("b", "batch-1", 1),
    ]
    with unchanged():
        again = sent(story, ROWS)
    assert (again.status_code, again.json()) == (200, body)


def test_the_same_key_with_other_rows_is_duplicate(story: Story):
    sent(story, ROWS)
    with unchanged():
        answer = sent(story, ROWS[:2])
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")


def test_the_same_rows_are_known_after_the_announcement_too_and_others_are_not_taken(story: Story):
    body = sent(story, ROWS).json()
    with named(actor="test", verb="test"):
        Round.objects.update(state="announced", announced_at=NOW, appeals_close_at=NOW)
    with unchanged():
        again = sent(story, ROWS)
        assert (again.status_code, again.json()) == (200, body)
        for rows, key in ((ROWS[:2], "batch-1"), (ROWS, "batch-2")):
            answer = sent(story, rows, key)
            assert (answer.status_code, answer.json()["code"]) == (409, "locked")


def test_the_same_rows_and_one_at_fault_are_not_the_same(story: Story):
    sent(story, ROWS)
    with unchanged():
        answer = sent(story, [*ROWS, {"team": "a", "criterion": "user", "mark": "NaN"}])
    assert (answer.status_code, answer.json()["facts"]["count"]) == (400, 1)


def test_the_first_hundred_faults_are_named_and_all_are_counted(story: Story):
    answer = sent(story, [{"team": "없는 팀", "criterion": "user", "mark": 1}] * 150)
    facts = answer.json()["facts"]
    assert (facts["count"], len(facts["faults"])) == (150, 100)


def test_figures_are_taken_as_they_are_written(story: Story):
    """0.1 as a JSON number too: it never passes through a binary float."""
    body = b'[{"team":"a","criterion":"user","mark":0.1000000000000000055},{"team":"a","criterion":"user","mark":9.10}]'
    assert sent(story, body).status_code == 201
    marks = Response.objects.order_by("pk").values_list("mark", flat=True)
    assert [str(mark) for mark in marks] == ["0.1000000000000000055", "9.10"]


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        (b"", "빈 파일입니다."),
        (b"[]", "한 번에 1개에서 10000개까지"),
        (b"{}", "목록이어야 합니다"),
        (b"[1]", "[0]: 이름과 값의 묶음"),
        (b'[{"team":"a","criterion":"user"', "끝이 잘렸습니다"),
        (b'[{"team":"a","team":"b","criterion":"user","mark":1}]', "[0].team: 같은 이름이 두 번"),
        (b'[{"team":"a","criterion":"user","mark":NaN}]', "[0].mark: 숫자가 아닙니다: NaN"),
        (b'[{"team":"a","criterion":"user","mark":-Infinity}]', "[0].mark: 숫자가 아닙니다"),
        (b'[{"team":"a","criterion":"user","mark":1e400}]', "[0].mark: 40자리를 넘는"),
        (b'[{"team":"a","criterion":"user","mark":-0.0}]', "[0].mark: 음수 0"),
        (b'[{"team":"a","criterion":"user","mark":-1}]', "[0].mark: 0보다 작을 수 없습니다"),
        (b'[{"team":"a","criterion":"user","mark":' + b"1" * 41 + b"}]", "[0].mark: 40자리를 넘는"),
        (b'[{"team":"a","criterion":"user","mark":true}]', "[0].mark: 숫자로 적어야 합니다."),
        (b'[{"team":"a","criterion":"user","mark":{"a":1}}]', "[0].mark: 숫자로 적어야 합니다."),
        (b'[{"team":"a","criterion":"user","mark":[1]}]', "[0].mark: 숫자로 적어야 합니다."),
        (b'[{"team":"a","criterion":"user","mark":null}]', "[0].mark: 숫자로 적어야 합니다."),
        (b'[{"team":"a","criterion":"user","mark":"1_0"}]', "[0].mark: 숫자가 아닙니다: 1_0"),
        (b'[{"team":7,"criterion":"user","mark":1}]', "[0].team: 글로 적어야 합니다"),
        (b'[{"team":"z","criterion":"user","mark":1}]', "[0].team: 이 단계에 없는 팀"),
        (b'[{"team":"a","criterion":"bench","mark":1}]', "[0].criterion: 사용자 응답을 받는"),
        (b'[{"team":"a\\u0000","criterion":"user","mark":1}]', "[0].team: 저장할 수 없는 글자"),
        (b'[{"team":"a","criterion":"user","mark":1,"x":1}]', "[0].x: 모르는 이름"),
        (b"[" * 5000, "깊이"),
        ('[{"team":"가"}]'.encode("cp949"), "CP949"),
        (b'[{"team":"a","criterion":"user","mark":26}]', "0점에서 25점 사이"),
    ],
)
def test_a_bad_value_is_400_with_its_place(story: Story, body: bytes, told_of: str):
    with unchanged():
        answer = sent(story, body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert told_of in answer.json()["detail"]


@pytest.mark.parametrize("key", [None, "", "가", "a b", "x" * 65])
def test_without_a_key_nothing_is_taken(story: Story, key: str | None):
    with unchanged():
        answer = sent(story, ROWS, key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


def test_a_byte_order_mark_is_no_fault(story: Story):
    assert sent(story, b"\xef\xbb\xbf" + json.dumps(ROWS).encode()).status_code == 201


def test_too_much_at_once_is_400(story: Story):
    with unchanged():
        assert sent(story, b" " * (2 * 1024 * 1024 + 1)).status_code == 400


def test_a_round_that_is_not_being_scored_takes_nothing(db: None):
    cache.clear()
    story = told()
    with unchanged():
        answer = sent(story, ROWS)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize("person", ["auditor-1", "expert-1", "reviewer-1", "a-lead", "operator-1"])
def test_only_officials_send(story: Story, person: str):
    with unchanged():
        answer = sent(story, ROWS, person=person)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not ResponseImport.objects.exists()
