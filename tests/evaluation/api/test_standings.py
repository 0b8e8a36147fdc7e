"""GET /api/v1/rounds/{code}/standings/: who may read it, what it says, and that the reading is recorded."""

import pytest
from django.core.cache import cache
from django.test import Client

from core.models import Event
from tests.story import Story, told

ADDRESS = "/api/v1/rounds/test.stage-1/standings/"
ROLES = {
    "official-1": 200,
    "auditor-1": 200,
    "expert-1": 403,
    "reviewer-1": 403,
    "a-lead": 403,
    "operator-1": 403,
}


def client(story: Story, person: str) -> Client:
    asking = Client()
    asking.force_login(story.people[person])
    return asking


def readings() -> list[tuple[str, object]]:
    return list(Event.objects.filter(verb="see_standings").order_by("id").values_list("actor", "facts"))


@pytest.mark.parametrize(("person", "status"), ROLES.items())
def test_who_may_read(story: Story, person: str, status: int):
    answer = client(story, person).get(ADDRESS)
    assert answer.status_code == status
    assert len(readings()) == (status == 200)
    if status == 403:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "not_allowed"


@pytest.mark.parametrize("person", [person for person, status in ROLES.items() if status == 403])
def test_without_the_right_nobody_learns_which_codes_exist(story: Story, person: str):
    asking = client(story, person)
    unknown = asking.get("/api/v1/rounds/test.stage-9/standings/")
    assert (unknown.status_code, unknown.json()) == (403, asking.get(ADDRESS).json())


def test_nobody_reads_without_signing_in(story: Story):
    answer = Client().get(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")
    assert readings() == []


def test_a_password_with_the_request_signs_nobody_in(story: Story):
    answer = Client().get(ADDRESS, headers={"Authorization": "Basic b2ZmaWNpYWwtMTpzZWNyZXQ="})
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_read_only(story: Story, method: str):
    answer = getattr(client(story, "official-1"), method)(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_before_the_announcement(story: Story):
    body = client(story, "official-1").get(ADDRESS).json()
    assert {name: body[name] for name in ("programme", "round", "state", "snapshot", "digest", "advanced")} == {
        "programme": "test",
        "round": "stage-1",
        "state": "scoring",
        "snapshot": None,
        "digest": None,
        "advanced": 2,
    }
    assert body["rows"][0] == {
        "team": "a",
        "name": "팀 a",
        "rank": 1,
        "total": "90.2",
        "scores": {"bench": "40.0", "expert": "35.0", "user": "15.2"},
        "gates": {"originality": "passed"},
        "outcome": "advanced",
        "reason": "",
    }
    assert body["means"] == {"bench": "40.00", "expert": "26.00", "user": "4.04", "total": "70.04"}
    assert readings() == [("test.official-1", {"snapshot": None})]


def test_after_the_announcement_it_names_its_snapshot(story: Story):
    story.announce()
    body = client(story, "auditor-1").get(ADDRESS).json()
    snapshot = story.round.snapshots.get()
    assert (body["state"], body["snapshot"], body["digest"]) == ("announced", 1, snapshot.digest)
    assert [row["rank"] for row in body["rows"]] == [1, 2, 3, 4, 5]
    assert readings() == [("test.auditor-1", {"snapshot": 1})]


def test_an_incomplete_entry_has_no_rank_and_a_reason(db: None):
    story = told().open()
    row = client(story, "official-1").get(ADDRESS).json()["rows"][0]
    assert (row["rank"], row["total"], row["reason"], row["scores"]["bench"]) == (None, None, "incomplete", None)


def test_invented_figures_are_marked(story: Story):
    body = client(story, "official-1").get(ADDRESS).json()
    assert (body["illustrative"], body["caption"]) == (False, {"ko": "", "en": ""})


def test_a_reader_who_has_it_already_gets_304_and_is_recorded(story: Story):
    asking = client(story, "official-1")
    first = asking.get(ADDRESS)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    again = asking.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(readings()) == 2
    story.announce()
    assert asking.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "code", ["stage-9", "test.stage-9", "other.stage-1", "test.", ".stage-1", "a.b.c", "%00", "1차"]
)
def test_unknown_rounds(story: Story, code: str):
    answer = client(story, "official-1").get(f"/api/v1/rounds/{code}/standings/")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")
    assert answer["Content-Type"] == "application/problem+json"
    assert readings() == []


def test_the_code_alone_is_enough_while_one_programme_has_it(story: Story):
    asking, bare = client(story, "official-1"), "/api/v1/rounds/stage-1/standings/"
    assert asking.get(bare).json()["programme"] == "test"
    told("second")
    answer = asking.get(bare)
    assert (answer.status_code, answer.json()["code"]) == (409, "incomplete")
    assert answer.json()["facts"] == {"addresses": ["second.stage-1", "test.stage-1"]}
    assert asking.get("/api/v1/rounds/second.stage-1/standings/").json()["programme"] == "second"


def test_a_client_that_polls_is_told_to_wait(story: Story):
    asking = client(story, "auditor-1")
    statuses = [asking.get(ADDRESS).status_code for _ in range(60)]
    assert set(statuses) == {200}
    answer = asking.get(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
    assert int(answer["Retry-After"]) > 0
    assert client(story, "official-1").get(ADDRESS).status_code == 200


@pytest.mark.parametrize("teams", ["a", "abc"])
@pytest.mark.parametrize(("announced", "queries"), [(False, 18), (True, 12)])
def test_queries_do_not_grow_with_the_entries(
    db: None, django_assert_num_queries, teams: str, announced: bool, queries: int
):
    cache.clear()
    story = told(teams=list(teams), seats=1).open().score_all({team: 90 - number for number, team in enumerate(teams)})
    if announced:
        story.announce()
    asking = client(story, "official-1")
    with django_assert_num_queries(queries):
        assert len(asking.get(ADDRESS).json()["rows"]) == len(teams)
