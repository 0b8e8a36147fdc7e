"""Notices in the panel: the window in words, the arrival of papers, and a team's consent."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from evaluation.models import Notice, ServiceAddress
from evaluation.operations.consenting import record_service_consent
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
ARRIVAL = {"arrived_at": "2026-01-20T10:00", "evidence": "등기 1234-5678"}
PEOPLE = ("official-1", "auditor-1", "expert-1", "reviewer-1", "operator-1", "a-lead", "b-lead")


@pytest.fixture
def story() -> Story:
    """Team b's notice goes out on paper; the others have theirs."""
    return told().open().score_all(TOTALS).announce(on_paper=["b"])


def notice(story: Story, team: str) -> Notice:
    return Notice.objects.get(entry__team=story.teams[team], announcement__round=story.round)


def statuses(story: Story, verb: str, subject: object) -> dict[str, int]:
    return {person: signed_in(story, person).get(page(verb, subject)).status_code for person in PEOPLE}


def test_a_notice_says_how_it_was_served_and_until_when_in_words(story: Story):
    shown = said(signed_in(story, "official-1").get(thing(notice(story, "a"))))
    # The page asks the real clock: the window of January 2026 is over.
    for words in ("도달 확인", "2026년 1월 26일(월) 24:00까지", "끝남", "2026년 1월 15일(목) 14:00"):
        assert words in shown
    for name in ("notice", "notice-pdf"):
        assert reverse(name, args=[notice(story, "a").pk]) in shown
    assert "도달 전" in said(signed_in(story, "official-1").get(thing(notice(story, "b"))))


def test_a_team_s_person_sees_his_own_when_it_has_arrived(story: Story):
    assert signed_in(story, "b-lead").get(thing(notice(story, "b"))).status_code == 404
    press(story, "official-1", "record_arrival", notice(story, "b"), **ARRIVAL)
    client = signed_in(story, "b-lead")
    shown = said(client.get(thing(notice(story, "b"))))
    assert "2026년 1월 30일(금) 24:00까지" in shown
    assert "등기 1234-5678" in shown
    assert "/record_arrival/" not in shown
    assert client.get(thing(notice(story, "a"))).status_code == 404


def test_the_arrival_of_a_paper_is_recorded_with_its_evidence(story: Story):
    answer = press(story, "official-1", "record_arrival", notice(story, "b"), **ARRIVAL)
    assert answer.status_code == 302, said(answer)
    paper = notice(story, "b")
    assert paper.arrived_at == datetime.fromisoformat("2026-01-20T10:00:00+09:00")
    assert (paper.arrival_evidence, paper.arrival_recorded_by) == ("등기 1234-5678", story.people["official-1"])
    assert paper.window_closes_at == datetime.fromisoformat("2026-01-31T00:00:00+09:00")
    assert "이미 도달을 기록한 통지입니다." in said(signed_in(story, "official-2").get(thing(paper)))


@pytest.mark.parametrize(("typed", "arrived"), [("14:00", "14:00:30"), ("14:01", "14:01:00")])
def test_a_paper_handed_over_in_the_minute_of_the_announcement_has_arrived(typed: str, arrived: str):
    """Only minutes can be typed."""
    story = told(now=NOW + timedelta(seconds=30)).open().score_all(TOTALS).announce(on_paper=["b"])
    given = ARRIVAL | {"arrived_at": f"2026-01-15T{typed}"}
    assert press(story, "official-1", "record_arrival", notice(story, "b"), **given).status_code == 302
    assert notice(story, "b").arrived_at == datetime.fromisoformat(f"2026-01-15T{arrived}+09:00")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arrived_at": "2026-01-15T13:59"}, "도달 시각은 발표와 지금 사이여야 합니다."),
        ({"arrived_at": "2999-01-01T00:00"}, "도달 시각은 발표와 지금 사이여야 합니다."),
        ({"arrived_at": "어제"}, "올바른 날짜/시각을 입력하세요."),
        ({"evidence": " "}, "필수 항목입니다."),
    ],
)
def test_an_arrival_that_cannot_be(story: Story, change: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "official-1", "record_arrival", notice(story, "b"), **(ARRIVAL | change))
    assert answer.status_code == 400
    assert words in said(answer)


def test_another_arrival_and_one_of_no_paper_are_refused(story: Story):
    press(story, "official-1", "record_arrival", notice(story, "b"), **ARRIVAL)
    with unchanged():
        again = press(story, "official-2", "record_arrival", notice(story, "b"), **(ARRIVAL | {"evidence": "다름"}))
        other = press(story, "official-2", "record_arrival", notice(story, "a"), **ARRIVAL)
    assert "이미 도달한 통지입니다." in said(again)
    assert "서면으로 보낸 통지만 도달을 기록합니다." in said(other)


def test_who_may_record_an_arrival(story: Story):
    found = {"official-1": 200, "auditor-1": 403} | dict.fromkeys(PEOPLE[2:], 404)
    assert statuses(story, "record_arrival", notice(story, "b")) == found
    for person in PEOPLE[1:]:
        with unchanged():
            answer = press(story, person, "record_arrival", notice(story, "b"), **ARRIVAL)
        assert answer.status_code == found[person]


@pytest.mark.parametrize("person", ["official-1", "b-lead"])
def test_consent_is_recorded_changed_and_taken_back(story: Story, person: str):
    team = story.teams["b"]
    with unchanged():
        answer = press(story, person, "record_service_consent", team, address="주소 아님")
    assert "전자우편주소가 아닙니다: 주소 아님" in said(answer)
    press(story, person, "record_service_consent", team, address="b@example.com")
    shown = said(signed_in(story, person).get(page("record_service_consent", team)))
    assert "지금 지정한 주소: b@example.com" in shown
    press(story, person, "withdraw_service_consent", team)
    assert list(ServiceAddress.objects.values_list("address", flat=True)) == ["b@example.com", ""]
    with unchanged():
        press(story, person, "withdraw_service_consent", team)
    assert "전자 송달에 동의하지 않은 팀입니다." in said(signed_in(story, person).get(thing(team)))


@pytest.mark.parametrize("verb", ["record_service_consent", "withdraw_service_consent"])
def test_who_may_consent_for_a_team(story: Story, verb: str):
    record_service_consent(story.teams["b"], address="b@example.com", actor=story.actor("b-lead"), now=NOW)
    found = dict.fromkeys(PEOPLE, 404) | {"official-1": 200, "b-lead": 200, "auditor-1": 403}
    assert statuses(story, verb, story.teams["b"]) == found
    for person in PEOPLE[1:-1]:
        with unchanged():
            answer = press(story, person, verb, story.teams["b"], address="x@example.com")
        assert answer.status_code == found[person]


def test_a_team_finds_its_consent_from_its_first_page(story: Story):
    shown = said(signed_in(story, "b-lead").get("/admin/"))
    assert page("record_service_consent", story.teams["b"]) in shown
    assert thing(story.teams["a"]) not in shown
    assert listing(ServiceAddress) in shown
