"""Who opens which page of an appeal, and what of it each reader sees."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import Appeal, Challenge, EarlyClosing, Waiver
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.opining import submit_opinion
from appeals.operations.waiving import waive_appeal
from core.models import Event
from tests.appeals.admin.live import appealed, live, notice, under_review
from tests.clicking import listing, page, said, signed_in, thing
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
PEOPLE = (
    *("official-1", "auditor-1", "operator-1", "expert-1", "expert-6", "reviewer-1"),
    *("a-lead", "b-lead", "c-lead"),
)
EVERYTHING = {"official-1", "auditor-1"}
# Page -> who gets it (200); whoever sees the thing and may not do it gets 403, everybody else 404.
DOERS = {
    "file_appeal": {"b-lead"},
    "waive_appeal": {"b-lead"},
    "amend_appeal": {"b-lead"},
    "complete_appeal": {"b-lead"},
    "withdraw_appeal": {"b-lead"},
    "challenge_reviewer": {"b-lead"},
    "admit_appeal": {"official-1"},
    "ask_completion": {"official-1"},
    "assign_reviewers": {"official-1"},
    "decide_appeal": {"official-1"},
    "submit_opinion": {"reviewer-1"},
    "decide_challenge": {"official-1"},
    "close_appeals_early": {"official-1"},
    "correct": {"official-1"},
}
SEERS = {
    "appeal": EVERYTHING | {"b-lead", "reviewer-1"},
    "notice": EVERYTHING | {"b-lead"},
    "challenge": EVERYTHING | {"b-lead"},
    "round": EVERYTHING | {"expert-1"},
}
ON = {
    "file_appeal": "notice",
    "waive_appeal": "notice",
    "decide_challenge": "challenge",
    "close_appeals_early": "round",
    "correct": "round",
}


@pytest.fixture
def story() -> Story:
    return live()


@pytest.fixture
def things(story: Story) -> dict[str, Any]:
    appeal = under_review(story, "reviewer-1")
    challenge = challenge_reviewer(appeal.reviewers.get(), reason="x", actor=story.actor("b-lead"), now=timezone.now())
    return {"appeal": appeal, "notice": notice(story), "challenge": challenge, "round": story.round}


@pytest.mark.parametrize("verb", DOERS)
def test_each_page_opens_for_whoever_may(story: Story, things: dict[str, Any], verb: str):
    kind = ON.get(verb, "appeal")
    for person in PEOPLE:
        expected = 200 if person in DOERS[verb] else 403 if person in SEERS[kind] else 404
        client = signed_in(story, person)
        assert client.get(page(verb, things[kind])).status_code == expected, person
        if expected != 200:
            with unchanged():
                assert client.post(page(verb, things[kind]), {}).status_code == expected, person


@pytest.mark.parametrize("kind", ["appeal", "challenge"])
def test_a_thing_opens_for_whoever_sees_it(story: Story, things: dict[str, Any], kind: str):
    for person in PEOPLE:
        expected = 200 if person in SEERS[kind] else 404
        assert signed_in(story, person).get(thing(things[kind])).status_code == expected, person


def test_lists_show_each_his_own(story: Story, things: dict[str, Any]):
    waive_appeal(story.entry("c"), actor=story.actor("c-lead"), now=timezone.now())
    seen = {
        Appeal: (EVERYTHING | {"b-lead", "reviewer-1"}, {"expert-1", "expert-6", "a-lead", "c-lead"}),
        Challenge: (EVERYTHING | {"b-lead"}, {"a-lead", "c-lead"}),
        Waiver: (EVERYTHING | {"c-lead"}, {"a-lead", "b-lead"}),
        EarlyClosing: (set(), EVERYTHING),
    }
    for model, (some, none) in seen.items():
        for person in PEOPLE:
            answer = signed_in(story, person).get(listing(model))
            expected = 200 if person in some | none else 403
            assert answer.status_code == expected, (model, person)
            if expected == 200:
                assert answer.context["cl"].queryset.count() == (1 if person in some else 0), (model, person)


def test_opening_an_appeal_is_recorded(story: Story, things: dict[str, Any]):
    for person in ("official-1", "reviewer-1", "b-lead"):
        signed_in(story, person).get(thing(things["appeal"]))
    opened = Event.objects.filter(verb="see_appeal").order_by("pk")
    assert list(opened.values_list("actor", flat=True)) == ["test.official-1", "test.reviewer-1", "test.b-lead"]
    assert {event.subject_id for event in opened} == {things["appeal"].pk}


def test_what_each_reader_sees_of_those_who_review(story: Story):
    appeal = under_review(story, "reviewer-1", "expert-6")
    for person, text in (("reviewer-1", "첫째 의견"), ("expert-6", "둘째 의견")):
        submit_opinion(appeal, recommends="upheld", text=text, actor=story.actor(person), now=timezone.now())
    words = ("reviewer-1", "expert-6", "첫째 의견", "둘째 의견")
    seen = {
        "official-1": words,
        "auditor-1": words,
        "b-lead": (),
        "reviewer-1": ("reviewer-1", "첫째 의견"),
        "expert-6": ("expert-6", "둘째 의견"),
    }
    for person, expected in seen.items():
        shown = said(signed_in(story, person).get(thing(appeal)))
        assert tuple(word for word in words if word in shown) == expected, person
    team = said(signed_in(story, "b-lead").get(thing(appeal)))
    assert "위원 1" in team
    assert "outside" in team
    reviewer = said(signed_in(story, "reviewer-1").get(thing(appeal)))
    assert "위원 2" not in reviewer
    assert "접수증" not in reviewer


def test_a_team_s_pages_name_no_expert_and_no_other_team(story: Story, things: dict[str, Any]):
    """Their own verdict and words they see; who found it so, and what others got, they do not."""
    client = signed_in(story, "b-lead")
    addresses = [
        thing(things["appeal"]),
        thing(things["notice"]),
        thing(things["challenge"]),
        *(page(verb, things[ON.get(verb, "appeal")]) for verb, may in DOERS.items() if "b-lead" in may),
        *(listing(model) for model in (Appeal, Challenge, Waiver)),
    ]
    assert "팀 담당자가 첫 화면에서 포기하면 실립니다." in said(client.get(listing(Waiver)))
    for address in addresses:
        shown = said(client.get(address))
        for word in ("expert-", "reviewer-1", "팀 a", "팀 c", "90.0", "70.0"):
            assert word not in shown, (address, word)


def test_the_list_tells_the_term_in_words_and_what_is_left(story: Story):
    appeal = appealed(story)
    shown = said(signed_in(story, "official-1").get(listing(Appeal)))
    assert "24:00까지" in shown
    assert "일 남음" in shown
    assert "접수" in shown
    assert str(appeal.entry) in shown


def test_an_appeal_past_its_term_says_so():
    from tests.appeals.after import contested, filed

    story = contested()
    appeal = filed(story)
    shown = said(signed_in(story, "official-1").get(thing(appeal)))
    # The thirtieth day from Thursday 15 January 2026 is Saturday 14 February; the 16th to the 18th are Seollal.
    assert "2026년 2월 19일(목) 24:00까지" in shown
    assert "결정 기한 지남" in shown


GROUNDS = ("decisive_error", "misread_content", "other")


def queries(story: Story, address: str, person: str) -> int:
    client = signed_in(story, person)
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize(("person", "expected"), [("official-1", 7), ("b-lead", 6)])
def test_the_list_of_appeals_asks_as_often_for_three_as_for_one(story: Story, person: str, expected: int):
    found = []
    for number, ground in enumerate(GROUNDS):
        appealed(story, code=f"appeal-{number}", ground=ground)
        if number in {0, 2}:
            found.append(queries(story, listing(Appeal), person))
    assert found == [expected, expected]


def test_the_lists_beside_it_ask_as_often_for_three_as_for_one():
    found: dict[str, list[int]] = {"waiver": [], "challenge": []}
    story = live("abcde")
    for team in "bcd":
        waive_appeal(story.entry(team), actor=story.actor(f"{team}-lead"), now=timezone.now())
        found["waiver"].append(queries(story, listing(Waiver), "official-1"))
    appeal = under_review(story, "reviewer-1", "expert-6", team="e")
    for reviewer in appeal.reviewers.all():
        challenge_reviewer(reviewer, reason="x", actor=story.actor("e-lead"), now=timezone.now())
        found["challenge"].append(queries(story, listing(Challenge), "official-1"))
    assert found == {"waiver": [7, 7, 7], "challenge": [7, 7]}


def test_the_page_of_an_appeal_asks_as_often_for_two_reviewers_as_for_one():
    few, many = live(code="few"), live(code="many")
    one, two = under_review(few, "reviewer-1"), under_review(many, "reviewer-1", "expert-6")
    for person in ("official-1", "b-lead"):
        assert queries(few, thing(one), person) == queries(many, thing(two), person)
