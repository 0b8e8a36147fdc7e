"""/api/v1/rounds/{code}/sheets/{team}/: an evaluator's own sheet, kept and handed in; nobody else's."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from evaluation.api import sheets
from evaluation.models import Sheet, SheetDraft
from evaluation.operations.entries import withdraw
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from tests.sheeted import clears
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

DRAFT = "/api/v1/rounds/test.stage-1/sheets/{}/"
SUBMIT = "/api/v1/rounds/test.stage-1/sheets/{}/submit/"


@pytest.fixture
def story(db: None) -> Story:
    """Whoever judges has said that nothing ties him to either team."""
    cache.clear()
    story = told(teams="ab", seats=1).open()
    for person in ("expert-1", "expert-2", "expert-4"):
        clears(story, person, *("b" if person == "expert-4" else "ab"))
    return story


def asked(story: Story, who: str, method: str, address: str, body: Any = b"", *, team: str = "a") -> HttpResponse:
    """`body` is sent as it stands where it is bytes, else as JSON."""
    client = Client()
    if who:
        client.force_login(story.people[who])
    sent = body if isinstance(body, bytes) else json.dumps(body)
    return client.generic(method.upper(), address.format(team), sent, content_type="application/json")


WRONG = [
    ({"comment": 5}, "comment", "따옴표로 묶은 글자로 적어야 합니다."),
    ({"points": {"expert": 5}}, "points.expert", "점수는 따옴표로 묶은 글자로 적어야 합니다."),
]


@pytest.mark.parametrize(("body", "field", "words"), WRONG)
@pytest.mark.parametrize("way", [("put", DRAFT), ("post", SUBMIT)])
def test_what_is_no_text_is_refused(story, way, body, field, words):
    with unchanged():
        answer = asked(story, "expert-1", *way, {"points": {"expert": "30"}} | body)
    assert (answer.status_code, answer.json()["errors"]) == (
        400,
        [{"field": field, "code": "invalid", "detail": words}],
    )


def test_a_number_of_many_digits_is_named_by_its_criterion(story):
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, b'{"points": {"expert": %s}}' % (b"1" * 5000))
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (400, ["points.expert"])


@pytest.mark.parametrize("moment", ["2026-01-15T14:00:00", "２０26-01-15T14:00:00Z", "2026-01-15", 5])
def test_a_moment_is_told_with_its_offset(story, moment):
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30"}, "follows": moment})
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (400, ["follows"])


def test_a_name_longer_than_any_is_not_repeated(story):
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, {"points": {"x" * 30_000: "30"}})
    assert (answer.status_code, answer.json()["facts"]["name"]) == (400, "x" * 64)
    assert len(answer.content) < 1000


def test_a_sheet_is_kept_read_and_handed_in(story):
    before = asked(story, "expert-1", "get", DRAFT).json()
    assert before == {
        "round": "stage-1",
        "team": "a",
        "state": "none",
        "points": {},
        "comment": "",
        "at": None,
        "criteria": [{"code": "expert", "name": {"ko": "expert", "en": "expert"}, "points": "35", "guidance": ""}],
    }
    kept = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30.50"}, "comment": "쓰는 중"})
    assert (kept.status_code, kept["Cache-Control"]) == (200, "private, no-store")
    assert kept.json() == asked(story, "expert-1", "get", DRAFT).json()
    assert (kept.json()["state"], kept.json()["points"]) == ("draft", {"expert": "30.50"})
    assert asked(story, "expert-2", "get", DRAFT).json()["state"] == "none", "another's is not there"
    done = asked(story, "expert-1", "post", SUBMIT)
    assert (done.status_code, done.json()["state"], done.json()["points"]) == (200, "submitted", {"expert": "30.50"})
    assert (SheetDraft.objects.count(), Sheet.objects.get().comment) == (0, "쓰는 중")
    for repeated in (b"", {"points": {"expert": "30.50"}, "comment": "쓰는 중"}):
        with unchanged():
            again = asked(story, "expert-1", "post", SUBMIT, repeated)
        assert (again.status_code, again.json()) == (200, done.json())
    for method, address, body in (("put", DRAFT, {}), ("post", SUBMIT, {"points": {"expert": "31"}})):
        answer = asked(story, "expert-1", method, address, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")


def test_a_draft_that_another_device_has_saved_is_not_written_over(story):
    first = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30"}, "follows": None}).json()["at"]
    second = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "31"}, "follows": first}).json()["at"]
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "32"}, "follows": first})
    assert (answer.status_code, answer.json()["code"]) == (409, "still_pending")
    assert datetime.fromisoformat(answer.json()["facts"]["kept_at"]) == datetime.fromisoformat(second)
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "32"}, "follows": "yesterday"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_the_answer_is_what_was_kept_whatever_another_device_saves_after_it(story, monkeypatch):
    def and_again(*given, **facts):
        mine = save_sheet_draft(*given, **facts)
        save_sheet_draft(*given, **facts | {"points": {"expert": "32"}})
        return mine

    monkeypatch.setattr(sheets, "save_sheet_draft", and_again)
    kept = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30"}}).json()
    assert (kept["points"], SheetDraft.objects.get().points) == ({"expert": "30"}, {"expert": "32"})


def test_the_draft_is_handed_in_as_it_stands_when_nothing_else_can_change_it(story):
    """The operation reads it, under the lock: what another device saved a moment ago is not lost."""
    asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30"}, "comment": "쓰는 중"})
    sheet = submit_sheet(
        story.entry("a"), person=story.people["expert-1"], points=None, actor=story.actor("expert-1"), now=NOW
    )
    assert (sheet.marks.get().points, sheet.comment, SheetDraft.objects.count()) == (30, "쓰는 중", 0)


@pytest.mark.parametrize("method", ["put", "post"])
def test_whoever_has_not_declared_himself_writes_nothing(story, method):
    with unchanged():
        answer = asked(story, "expert-3", method, {"put": DRAFT, "post": SUBMIT}[method], {"points": {"expert": "30"}})
    assert (answer.status_code, answer.json()["code"]) == (409, "incomplete")
    assert answer.json()["detail"] == "먼저 이해관계를 신고해 주십시오."
    assert asked(story, "expert-3", "get", DRAFT).status_code == 200


def test_without_a_draft_there_is_nothing_to_hand_in(story):
    with unchanged():
        answer = asked(story, "expert-1", "post", SUBMIT)
    assert (answer.status_code, answer.json()["code"]) == (409, "incomplete")


@pytest.mark.parametrize(
    ("who", "team", "status"),
    [
        ("", "a", 403),
        *((who, "a", 403) for who in ("official-1", "auditor-1", "reviewer-1", "a-lead", "operator-1")),
        ("expert-6", "a", 404),
        ("expert-4", "a", 404),
        ("expert-5", "b", 404),
        ("expert-1", "x", 404),
        ("expert-1", "nothing", 404),
        ("expert-4", "b", 200),
    ],
)
def test_whose_sheet_it_is(story, who, team, status):
    address = asked(story, who, "get", DRAFT, team=team)
    assert (address.status_code, address["Content-Type"]) == (
        status,
        "application/json" if status == 200 else "application/problem+json",
    )
    if status != 200:
        with unchanged():
            assert asked(story, who, "put", DRAFT, {"points": {"expert": "1"}}, team=team).status_code == status
            assert asked(story, who, "post", SUBMIT, {"points": {"expert": "1"}}, team=team).status_code == status


def test_a_round_of_another_panel_is_answered_as_one_that_is_not_there(story):
    """Neither is a code that it shares with one's own any longer in need of its programme's."""
    told("secret", teams="ab", seats=1)
    secret, absent = (
        asked(story, "expert-1", "get", f"/api/v1/rounds/{programme}.stage-1/sheets/a/").json()
        for programme in ("secret", "nowhere")
    )
    assert secret["detail"] == absent["detail"].replace("nowhere", "secret")
    assert secret | {"detail": absent["detail"]} == absent
    assert asked(story, "expert-1", "get", "/api/v1/rounds/stage-1/sheets/a/").status_code == 200


def test_a_team_that_one_may_not_judge_is_answered_as_one_that_is_not_there(story):
    barred, absent = (asked(story, "expert-4", "get", DRAFT, team=team).json() for team in ("a", "z"))
    assert barred | {"detail": absent["detail"]} == absent
    assert barred["detail"] == absent["detail"].replace("z", "a")


BAD_FIGURES = ["35.01", "-1", "-0", "NaN", "Infinity", "1e400", "1" * 40, "３０", "", " 1", "x" * 5000]


@pytest.mark.parametrize("figure", BAD_FIGURES, ids=lambda figure: figure[:9])
def test_a_bad_figure_names_its_criterion(story, figure):
    with unchanged():
        answer = asked(story, "expert-1", "post", SUBMIT, {"points": {"expert": figure}})
        assert (answer.status_code, answer.json()["code"]) == (400, "out_of_range")
        assert answer.json()["facts"]["criterion"] == "expert"
        assert len(answer.content) < 1000
        if figure:
            assert asked(story, "expert-1", "put", DRAFT, {"points": {"expert": figure}}).status_code == 400


@pytest.mark.parametrize("mark", [30, 30.5, None, True, ["30"], {"a": "1"}], ids=repr)
def test_a_figure_that_is_no_text_names_its_criterion(story, mark):
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, {"points": {"expert": mark}})
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == ["points.expert"]


BODIES = {
    "not json": b"{",
    "a list": b"[]",
    "a text": b'"x"',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "CP949": '{"comment": "한글"}'.encode("cp949"),
    "a key twice": b'{"points": {"expert": "1", "expert": "2"}}',
    "NaN": b'{"points": {"expert": NaN}}',
    "deep": b"[" * 60_000,
    "many digits": b'{"points": {"expert": ' + b"1" * 5000 + b"}}",
    "too long": b'{"comment": "' + b"x" * 70_000 + b'"}',
    "points in a list": b'{"points": []}',
    "a null comment": b'{"comment": null}',
    "a zero byte": b'{"comment": "a\\u0000b"}',
    "half a letter": b'{"comment": "\\ud800"}',
    "half a letter as a mark": b'{"points": {"expert": "\\ud800"}}',
    "half a letter as a criterion": b'{"points": {"\\ud800": "1"}}',
    "half a letter as a name": b'{"\\ud800": 1}',
    "half a letter as a name twice": b'{"\\ud800": 1, "\\ud800": 2}',
    "a misspelt name": b'{"point": {"expert": "1"}}',
    "an unknown criterion": b'{"points": {"bench": "1"}}',
    "a zero byte in a code": b'{"points": {"be\\u0000nch": "1"}}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_bad_body_is_refused_and_nothing_is_written(story, body):
    with unchanged():
        answer = asked(story, "expert-1", "put", DRAFT, body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "field"), [({"point": {"expert": "31"}}, "point"), ({"comment": "최종"}, "comment"), ({"a": 1}, "a")]
)
def test_nothing_is_handed_in_that_the_body_does_not_say(story, body, field):
    asked(story, "expert-1", "put", DRAFT, {"points": {"expert": "30"}})
    with unchanged():
        answer = asked(story, "expert-1", "post", SUBMIT, body)
    assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (400, [field])


def test_the_round_must_be_open_to_it(story):
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=NOW)
    answer = asked(story, "expert-1", "put", DRAFT, {}, team="b")
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_draft_of_another_site_needs_its_token(story):
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.people["expert-1"])
    with unchanged():
        answer = client.put(DRAFT.format("a"), "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert "X-CSRFToken" in answer.json()["detail"]
    client.get("/admin/")
    token = {"HTTP_X_CSRFTOKEN": client.cookies["csrftoken"].value}
    assert client.put(DRAFT.format("a"), "{}", content_type="application/json", **token).status_code == 200
