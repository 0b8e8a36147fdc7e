"""The pages of a supposition, of robustness, of two snapshots and of a note: what they show, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.admin import supposing_form
from evaluation.models import SheetNote
from evaluation.operations.examining import note_sheet
from tests.appeals.after import DAY
from tests.clicking import page, press, said, signed_in, thing
from tests.evaluation.operations.corrections import corrected, points, sheet
from tests.evaluation.panelled import panelled, sheet_of, sits_on_the_panel
from tests.story import NOW, Story, told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db
COUNTS = {"suppose": [32, 32], "see_robustness": [25, 27]}
ASKED = {
    "points_expert": "50",
    "trim_user": "1",
    "without": ["expert-5"],
    "failed_originality": ["c"],
    "withdrawn": [],
}


@pytest.fixture
def story() -> Story:
    return panelled()


def test_a_supposition_is_asked_in_the_address_and_changes_nothing(story: Story):
    client = signed_in(story, "official-1")
    with written() as changes:
        answer = client.get(page("suppose", story.round), ASKED)
    assert changes == ["core_event I test.official-1 suppose"]
    shown = said(answer)
    for words in (
        "아무것도 바뀌지 않습니다.",
        "expert: 배점 35 → 50",
        "user: 최고·최저 1개씩 제외",
        "expert-5 평가위원의 평가표를 반영하지 않음",
        "팀 c · 독자성: 미충족",
        "만점이 100점에서 115점이 됩니다.",
        "결과가 달라지는 팀: <b>팀 b, 팀 a</b>",
        "<del>71.2</del>",
        "<ins>87.1</ins>",
        'value="50"',
        'aria-label="팀 b: 총점 71.2, 바뀐 뒤 87.1"',
    ):
        assert words in shown, words
    # The form alone shows no score, and where there are many teams their codes are typed.
    with unchanged():
        assert "무엇이 달랐다면?" in said(signed_in(story, "auditor-1").get(page("suppose", story.round)))


def test_what_cannot_be_supposed_is_told(story: Story):
    client = signed_in(story, "official-1")
    both = {"passed_originality": ["a"], "failed_originality": ["a"]}
    for wrong in ({"points_expert": "-1"}, {"trim_user": "7"}, {"without": ["nobody"]}, both):
        with unchanged():
            assert client.get(page("suppose", story.round), wrong).status_code == 400, wrong


def test_who_may_look(story: Story):
    pages = [page(verb, story.round) for verb in ("suppose", "see_robustness")]
    for address in pages:
        for person, statuses in {
            "official-1": {200},
            "auditor-1": {200},
            **{person: {403, 404} for person in ("expert-1", "reviewer-1", "operator-1", "a-lead")},
        }.items():
            assert signed_in(story, person).get(address).status_code in statuses, (address, person)
        with unchanged():
            assert signed_in(story, "official-1").post(address).status_code == 403
    sits_on_the_panel(story)
    for address in (f"{pages[0]}?withdrawn=c", pages[1]):
        with unchanged():
            assert signed_in(story, "official-1").get(address).status_code == 403
    assert "평가위원은 결정에 참여할 수 없습니다." in said(signed_in(story, "official-1").get(thing(story.round)))


def test_robustness_is_shown_with_its_seed(story: Story):
    client = signed_in(story, "official-1")
    note_sheet(sheet_of(story), text="확인 중입니다", actor=story.actor("official-2"), now=story.now)
    shown = said(client.get(page("see_robustness", story.round), {"seed": "7"}))
    for words in (
        "차이 <b>3.8</b>점",
        "다시 뽑기 400회 · 난수 시작값 7",
        "팀 a 1 → 2, 팀 b 2 → 1",
        "팀 a 밖으로 · 팀 b 안으로",
        "-7.67",
        "0.213",
        "수정 z점수 -16.19",
        page("note_sheet", sheet_of(story)),
        "확인 중입니다",
    ):
        assert words in shown, words
    assert "메모 남기기" not in said(signed_in(story, "auditor-1").get(page("see_robustness", story.round)))
    with unchanged():
        assert client.get(page("see_robustness", story.round), {"seed": "nothing"}).status_code == 400


def test_a_note_is_left_where_a_sheet_stands_out(story: Story):
    answer = press(story, "official-1", "note_sheet", sheet_of(story), text="확인함")
    assert (answer.status_code, answer["Location"]) == (302, page("see_robustness", story.round))
    assert SheetNote.objects.get().text == "확인함"
    ordinary = sheet_of(story, "b", "expert-1")
    with unchanged():
        refused = press(story, "official-1", "note_sheet", ordinary, text="확인함")
        assert press(story, "auditor-1", "note_sheet", sheet_of(story), text="확인함").status_code == 403
    assert "크게 벗어난 평가표에만" in said(refused)
    # Whoever handed the sheet in is not shown what was noted on it.
    assert "확인함" not in said(signed_in(story, "expert-5").get(thing(sheet_of(story))))


def test_two_snapshots_stand_beside_each_other(story: Story):
    story.announce()
    address, client = page("compare_snapshots", story.round), signed_in(story, "official-1")
    assert "견줄 순위표가 하나뿐입니다." in said(client.get(thing(story.round)))
    corrected(story, points("a", "29.5"))
    corrected(story, sheet("expert-5", "b"), now=NOW + 2 * DAY)
    shown = said(client.get(address, {"before": "1", "after": "3"}))
    for words in ("팀 a · bench: 29.5점으로", "팀 b: expert-5 평가표 제외", "<del>71.2</del>", "<ins>76.0</ins>"):
        assert words in shown, words
    assert "29.5점으로" not in said(client.get(address)), "the two newest"
    for wrong in ({"before": "2", "after": "1"}, {"before": "1", "after": "9"}):
        with unchanged():
            assert client.get(address, wrong).status_code == 400
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        assert signed_in(story, person).get(address).status_code in {403, 404}


def test_of_many_teams_the_codes_are_typed(story: Story, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(supposing_form, "MOST_BOXES", 2)
    client = signed_in(story, "official-1")
    shown = said(client.get(page("suppose", story.round), {"withdrawn": " a, c ", "failed_originality": "b"}))
    assert all(words in shown for words in ("팀 a: 참여 철회", "팀 c: 참여 철회", "팀 b · 독자성: 미충족"))
    with unchanged():
        assert client.get(page("suppose", story.round), {"withdrawn": "a,x"}).status_code == 400


def queries(story: Story, address: str) -> int:
    client = signed_in(story, "official-1")
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_three_teams_ask_as_often_as_one(story: Story):
    few = panelled(teams="a", code="few")
    asks = {"suppose": "?without=expert-1", "see_robustness": ""}
    asked = {verb: [queries(each, page(verb, each.round) + asks[verb]) for each in (few, story)] for verb in COUNTS}
    # Of three teams there is a margin, drawn against the full marks, and a sheet that stands out: each is read once.
    assert asked == COUNTS


def test_at_a_tie_across_the_last_seat_nobody_is_said_to_be_in_or_out():
    story = told(seats=1, teams="ab").open().score_all({"a": 90, "b": 90})
    shown = said(signed_in(story, "official-1").get(page("see_robustness", story.round)))
    assert "마지막 자리에 동점이 걸려 있습니다: <b>팀 a</b>, <b>팀 b</b>." in shown
    assert "자리 밖의 첫 팀" not in shown
