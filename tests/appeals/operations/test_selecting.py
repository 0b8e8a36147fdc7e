"""Selection: by more than half of all the call's evaluators; of teams x and y, experts 1 to 4 judge."""

import pytest

from appeals.models import Authorisation, Selection
from appeals.verbs import SELECT
from consortia.models import Application, Call
from core.models import Event
from core.operations.decisions import approve, prepare
from evaluation.models import Vacancy
from evaluation.operations.conflicts import declare_conflict
from evaluation.states import ConflictKind
from tests.appeals.after import (
    DAY,
    answered,
    applied,
    authorised,
    chosen,
    contested,
    opened,
    swept,
    voted,
)
from tests.story import Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
THREE = ("expert-1", "expert-2", "expert-3")


def states(call: Call) -> dict[str, str]:
    return dict(Application.objects.filter(call=call).values_list("team__code", "state"))


def cleared(story: Story, call: Call, *teams: str) -> None:
    """It is known that expert-5 has no interest in these teams: five evaluators."""
    for team in teams:
        declare_conflict(
            story.round,
            team=story.teams[team],
            person=story.people["expert-5"],
            kind=ConflictKind.NONE,
            reason="확인함",
            actor=story.actor("official-1"),
            now=call.closes_at,
        )


def test_a_team_is_selected_and_the_call_concluded():
    story = contested()
    call = answered(story, "x", "y")
    voted(story, call, "x", *THREE)
    with written() as changes:
        decision = chosen(story, call, "x")
    call.refresh_from_db()
    row = Selection.objects.get()
    assert (row.call, row.application.team.code, row.decision, row.reason, row.at) == (
        call,
        "x",
        decision,
        "과반 인정",
        call.closes_at,
    )
    assert (call.state, states(call)) == ("concluded", {"x": "selected", "y": "not_selected"})
    vacancy = Vacancy.objects.get()
    assert (vacancy.seats, vacancy.filled, vacancy.call) == (1, 1, call)
    assert not Authorisation.objects.get().lapsed
    assert {change for change in changes[4:] if "test.official-2" not in change} == set()
    event = Event.objects.get(verb="select")
    assert (event.facts, event.mandate) == ({"team": "x"}, f"decision:{decision.pk}")


@pytest.mark.parametrize(("accepting", "enough"), [(THREE[:1], False), (THREE[:2], False), (THREE, True)])
def test_more_than_half_of_all_four_evaluators_accept(accepting, enough):
    """Two of four are no majority though nobody else has voted."""
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *accepting)
    if enough:
        assert chosen(story, call, "x").state == "approved"
    else:
        with refused("no_majority"):
            chosen(story, call, "x")


def test_whoever_does_not_vote_counts_against():
    """Of five, three are more than half; of five, two are not, though they are all that voted."""
    story = contested()
    call = answered(story, "x")
    cleared(story, call, "x")
    voted(story, call, "x", *THREE[:2])
    with refused("no_majority"):
        chosen(story, call, "x")
    voted(story, call, "x", THREE[2])
    assert chosen(story, call, "x").state == "approved"


def test_votes_against_count_against():
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE, accept=False)
    with refused("no_majority"):
        chosen(story, call, "x")


def test_the_vote_of_who_has_a_conflict_by_then_counts_no_more():
    """Three of four accept; then it comes out that one of the three is kin: two of three still do."""
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE)
    for person, enough in (("expert-1", True), ("expert-2", False)):
        declare_conflict(
            story.round,
            team=story.teams["x"],
            person=story.people[person],
            kind=ConflictKind.KINSHIP,
            reason="친족",
            actor=story.actor(person),
            now=call.closes_at,
        )
        if not enough:
            with refused("no_majority"):
                chosen(story, call, "x")
    assert states(call) == {"x": "submitted"}


def test_without_any_evaluator_there_is_no_majority():
    story = contested()
    call = answered(story, "x")
    for person in (*THREE, "expert-4"):
        declare_conflict(
            story.round,
            team=story.teams["x"],
            person=story.people[person],
            kind=ConflictKind.OTHER,
            reason="이해관계",
            actor=story.actor(person),
            now=call.closes_at,
        )
    with refused("no_majority"):
        chosen(story, call, "x")


def test_nobody_is_selected_and_the_vacancy_is_open_again():
    story = contested()
    call = answered(story, "x", "y")
    chosen(story, call, "none", reason="기준 미달")
    call.refresh_from_db()
    row = Selection.objects.get()
    assert (row.application, row.reason) == (None, "기준 미달")
    assert (call.state, states(call)) == ("concluded", {"x": "not_selected", "y": "not_selected"})
    vacancy = Vacancy.objects.get()
    assert (vacancy.filled, vacancy.call) == (0, None)
    assert Authorisation.objects.get().lapsed


def test_nobody_cannot_be_selected_against_the_majority():
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE)
    with refused("no_majority"):
        chosen(story, call, "none")


def test_a_call_that_nobody_answered_ends_with_nobody():
    story = contested()
    call = answered(story)
    chosen(story, call, "none")
    call.refresh_from_db()
    assert call.state == "concluded"


def test_a_second_call_opens_with_the_next_sweep_after_a_second_decision():
    story = contested()
    first = answered(story, "x")
    chosen(story, first, "none")
    swept(first.closes_at)
    assert Call.objects.count() == 1
    second = authorised(story, "additional-2", now=first.closes_at)
    assert second.state == "authorised"
    swept(first.closes_at + DAY)
    second.refresh_from_db()
    assert (second.state, second.seats, second.opened_at) == ("open", 1, first.closes_at + DAY)
    assert Vacancy.objects.get().call == second
    applied(story, second, "x")
    swept(second.closes_at)
    voted(story, second, "x", *THREE)
    chosen(story, second, "x")
    vacancy = Vacancy.objects.get()
    assert (vacancy.filled, vacancy.call) == (1, second)


def test_while_a_call_stands_no_other_is_authorised():
    story = contested()
    first = answered(story, "x")
    with refused("duplicate"):
        authorised(story, "additional-2", now=first.closes_at)


def test_a_call_that_has_ended_is_not_the_same_again():
    """Its code is used, and its terms are no authorisation for another."""
    story = contested()
    first = answered(story, "x")
    chosen(story, first, "none")
    with refused("duplicate"):
        authorised(story, now=first.closes_at)


def test_when_the_seat_is_filled_no_other_call_is_authorised():
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE)
    chosen(story, call, "x")
    with refused("wrong_state"):
        authorised(story, "additional-2", now=call.closes_at)


def two_seats(story: Story) -> Call:
    call = answered(story, "x", "y")
    for team in "xy":
        voted(story, call, team, *THREE)
    return call


def test_two_seats_are_filled_one_after_the_other():
    story = contested(failed="ab", seats=2)
    call = two_seats(story)
    chosen(story, call, "x")
    call.refresh_from_db()
    assert (call.seats, call.state, states(call)) == (2, "closed", {"x": "selected", "y": "submitted"})
    assert Vacancy.objects.get().filled == 1
    chosen(story, call, "y")
    call.refresh_from_db()
    assert (call.state, Vacancy.objects.get().filled) == ("concluded", 2)


def test_one_of_two_seats_and_then_nobody():
    story = contested(failed="ab", seats=2)
    call = answered(story, "x", "y")
    voted(story, call, "x", *THREE)
    chosen(story, call, "x")
    chosen(story, call, "none")
    vacancy = Vacancy.objects.get()
    assert (vacancy.seats, vacancy.filled, vacancy.call) == (2, 1, None)
    assert states(call) == {"x": "selected", "y": "not_selected"}
    second = authorised(story, "additional-2", now=call.closes_at)
    swept(call.closes_at)
    second.refresh_from_db()
    assert second.seats == 1


def test_a_team_is_selected_once():
    story = contested(failed="ab", seats=2)
    call = two_seats(story)
    chosen(story, call, "x")
    with refused("wrong_state"):
        chosen(story, call, "x")


def test_a_call_for_fewer_seats_than_are_vacant_leaves_the_rest():
    story = contested(failed="ab", seats=2)
    call = answered(story, "x", "y", seats=1)
    voted(story, call, "x", *THREE)
    chosen(story, call, "x")
    call.refresh_from_db()
    vacancy = Vacancy.objects.get()
    assert (call.seats, call.state, vacancy.filled, vacancy.call) == (1, "concluded", 1, None)


def test_a_team_that_fills_a_seat_may_not_answer_the_next_call_for_the_vacancy():
    story = contested(failed="ab", seats=2)
    first = answered(story, "x", "y", seats=1)
    voted(story, first, "x", *THREE)
    chosen(story, first, "x")
    second = authorised(story, "additional-2", now=first.closes_at)
    swept(first.closes_at)
    second.refresh_from_db()
    with refused("not_eligible"):
        applied(story, second, "x")
    assert applied(story, second, "y").state == "submitted"


def test_the_sweep_that_closes_the_call_voids_no_selection_that_was_prepared_before_it():
    """Over by the clock is over: that the sweep has come by since changes nothing that it relies on."""
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    voted(story, call, "x", *THREE)
    facts = {"arguments": {"team": "x"}, "reason": "과반 인정", "now": call.closes_at}
    decision = prepare(SELECT, call, actor=story.actor("official-1"), **facts)
    swept(call.closes_at)
    call.refresh_from_db()
    assert call.state == "closed"
    assert approve(decision, actor=story.actor("official-2"), now=call.closes_at).state == "approved"
    assert states(call) == {"x": "selected"}
