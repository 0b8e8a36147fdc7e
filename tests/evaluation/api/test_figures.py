"""GET of one figure: who may, what it is made of, what is left out and why, and whether the published one differs."""

from decimal import Decimal

import pytest
from django.core.cache import cache

from consortia.models import Programme
from core.ledger.naming import named
from core.models import Event
from evaluation.operations.entries import withdraw
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from tests.evaluation.api.test_standings import ROLES, client
from tests.story import Story, told
from tests.unchanged import unchanged

CRITERIA = (
    Rule("bench", Decimal(40), source="direct"),
    Rule("expert", Decimal(60), source="sheets", aggregate="trimmed_mean"),
)


def address(criterion: str = "expert", team: str = "a", code: str = "test.stage-1") -> str:
    return f"/api/v1/rounds/{code}/entries/{team}/criteria/{criterion}/"


def readings() -> list[object]:
    return list(Event.objects.filter(verb="see_marks").order_by("id").values_list("actor", "facts"))


@pytest.fixture
def judged(db: None) -> Story:
    cache.clear()
    story = told(criteria=CRITERIA).open()
    for person, mark in (("expert-1", 10), ("expert-2", 20), ("expert-3", 33)):
        submit_sheet(
            story.entry("b"),
            person=story.people[person],
            points={story.criterion("expert"): Decimal(mark)},
            actor=story.actor(person),
            now=story.now,
        )
    return story


@pytest.mark.parametrize(("person", "status"), ROLES.items())
def test_who_may_read(story: Story, person: str, status: int):
    answer = client(story, person).get(address())
    assert answer.status_code == status
    assert len(readings()) == (status == 200)


def test_a_leaf_with_its_values_and_steps(judged: Story):
    body = client(judged, "auditor-1").get(address(team="b")).json()
    assert {key: body[key] for key in ("score", "count", "needed", "snapshot", "published", "differs", "pages")} == {
        "score": "20.0",
        "count": 3,
        "needed": 3,
        "snapshot": None,
        "published": None,
        "differs": False,
        "pages": 1,
    }
    assert body["criterion"] == {"code": "expert", "name": {"ko": "expert", "en": "expert"}, "points": "60"}
    assert [(each["kind"], each["figure"], each["exact"]) for each in body["steps"]] == [
        ("aggregate", "20", "20"),
        ("scale", "20", "20"),
        ("round", "20.0", "20"),
    ]
    assert "최고 1개와 최저 1개를 뺀 1개의 합 20 ÷ 1" in body["steps"][0]["words"]
    assert [(each["figure"], each["by"], each["left_out"]) for each in body["values"]] == [
        ("10", "expert-1", "최저점 제외"),
        ("20", "expert-2", ""),
        ("33", "expert-3", "최고점 제외"),
    ]
    assert readings() == [("test.auditor-1", {"criterion": "expert"})]


@pytest.mark.parametrize("page", ["0", "-1", "abc", "2", "1000000", ""])
def test_a_page_that_is_none_is_said_to_be_none(judged: Story, page: str):
    with unchanged():
        answer = client(judged, "auditor-1").get(f"{address(team='b')}?page={page}")
    assert (answer.status_code, answer.json()["code"]) == (400, "out_of_range")
    assert answer.json()["facts"] == {"page": page}


def test_many_values_come_page_by_page_each_of_them_once(judged: Story, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("evaluation.queries.explain.AT_ONCE", 2)
    asking = client(judged, "auditor-1")
    first, last = (asking.get(f"{address(team='b')}?page={page}").json() for page in (1, 2))
    assert (first["pages"], last["pages"], first["count"]) == (2, 2, 3)
    assert [[each["figure"] for each in page["values"]] for page in (first, last)] == [["10", "20"], ["33"]]


def test_an_invented_figure_bears_the_mark(story: Story):
    with named(actor="test", verb="test"):
        Programme.objects.update(illustrative=True, label_ko="예시", label_en="Illustrative")
    body = client(story, "official-1").get(address()).json()
    assert (body["illustrative"], body["caption"]) == (True, {"ko": "예시", "en": "Illustrative"})


def test_the_total_is_what_stands_under_it(story: Story):
    body = client(story, "official-1").get(address("total")).json()
    assert (body["criterion"], body["score"], body["values"]) == (None, "90.2", [])
    assert [(each["code"], each["score"]) for each in body["below"]] == [
        ("bench", "40.0"),
        ("expert", "35.0"),
        ("user", "15.2"),
    ]
    assert body["steps"][0]["words"].startswith("40.0 + 35.0 + 15.2 (")


def published_otherwise(story: Story) -> None:
    """A snapshot in which team e has another figure: inputs and snapshots are both kept from changing."""
    made = story.round.snapshots.get()
    (row,) = made.rows.filter(entry=story.entry("e"))
    made.pk, made.number = None, 2
    row.pk, row.snapshot, row.scores = None, made, row.scores | {"bench": "39.0"}
    with named(actor="test", verb="test"):
        made.save(force_insert=True)
        row.snapshot_id = made.pk
        row.save(force_insert=True)


def test_it_says_whether_another_figure_was_published(story: Story):
    story.announce()
    asking = client(story, "official-1")
    body = asking.get(address("bench", "e")).json()
    assert (body["snapshot"], body["published"], body["score"], body["differs"]) == (1, "40.0", "40.0", False)
    published_otherwise(story)
    body = asking.get(address("bench", "e")).json()
    assert (body["snapshot"], body["published"], body["score"], body["differs"]) == (2, "39.0", "40.0", True)
    shown = asking.get(f"/admin/evaluation/entry/{story.entry('e').pk}/figure/bench/").content.decode()
    assert "발표한 점수와 다릅니다." in shown


def test_where_nothing_is_computed_no_value_is_trimmed(judged: Story):
    """Of three values the highest and lowest are left out; two are too few, and a team that withdrew has no score."""
    for person, mark in (("expert-1", 10), ("expert-2", 20)):
        submit_sheet(
            judged.entry("c"),
            person=judged.people[person],
            points={judged.criterion("expert"): Decimal(mark)},
            actor=judged.actor(person),
            now=judged.now,
        )
    reading = client(judged, "auditor-1")
    body = reading.get(address(team="c")).json()
    assert (body["score"], body["count"], body["needed"], body["steps"]) == (None, 2, 3, [])
    assert [(each["figure"], each["left_out"]) for each in body["values"]] == [("10", ""), ("20", "")]
    shown = reading.get(f"/admin/evaluation/entry/{judged.entry('c').pk}/figure/expert/").content.decode()
    assert "<h3>값 2개 · 평가표 <small>" in shown
    assert shown.count("<td>계산 전</td>") == 2
    withdraw(judged.entry("b"), reason="사정", actor=judged.actor("b-lead"), now=judged.now)
    body = reading.get(address(team="b")).json()
    assert (body["score"], body["reason"]) == (None, "withdrawn")
    assert [each["left_out"] for each in body["values"]] == ["참여 철회"] * 3


@pytest.mark.parametrize("wrong", [{"criterion": "nothing"}, {"team": "nobody"}, {"team": "x"}, {"code": "stage-9"}])
def test_what_is_not_there(story: Story, wrong: dict[str, str]):
    with unchanged():
        answer = client(story, "official-1").get(address(**wrong))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


def test_it_asks_as_often_for_three_marks_as_for_one(judged: Story, django_assert_num_queries):
    asking = client(judged, "official-1")
    submit_sheet(
        judged.entry("c"),
        person=judged.people["expert-1"],
        points={judged.criterion("expert"): Decimal(9)},
        actor=judged.actor("expert-1"),
        now=judged.now,
    )
    for team in "cb":
        with django_assert_num_queries(20):
            assert asking.get(address(team=team)).status_code == 200
