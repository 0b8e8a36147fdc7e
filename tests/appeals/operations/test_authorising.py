import pytest

from appeals.models import Authorisation
from consortia.models import Call
from core.models import Decision, Event
from evaluation.states import VacancyRule
from tests.appeals.operations.answered import authorised, closed, vacant
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
TERMS = {"gpu": "B200", "data": "", "designation": "", "exceptions": [{"team": "a", "line": "gpu", "reason": "사유"}]}


@pytest.fixture
def story() -> Story:
    return told().open()


def test_a_call_is_authorised_by_two(story):
    with written() as changes:
        call = authorised(story, eligible=["newcomers", "eliminated"], notice_days=20, terms=TERMS, reason="공석")
    assert (call.state, call.most_seats, call.notice_days) == ("authorised", None, 20)
    assert (call.eligible, call.terms) == (["eliminated", "newcomers"], TERMS)
    assert (call.seats, call.opened_at, call.closes_at) == (None, None, None)
    row = Authorisation.objects.get()
    assert (row.call, row.round, row.decision, row.authorised_at) == (call, story.round, Decision.objects.get(), NOW)
    assert changes[4:] == [
        f"{table} I test.official-2 authorise_call"
        for table in ("consortia_call", "appeals_authorisation", "consortia_callguide", "core_event")
    ]
    event = Event.objects.latest("id")
    assert (event.facts["round"], event.mandate) == ("stage-1", f"decision:{row.decision_id}")


def test_a_number_of_seats_is_the_most_that_open(story):
    assert authorised(story, seats=1).most_seats == 1


@pytest.mark.parametrize("begin", [told, vacant, lambda: told().open(), lambda: closed(vacant())])
def test_a_call_may_be_authorised_in_every_state(begin):
    assert authorised(begin()).state == "authorised"


@pytest.mark.parametrize("rule", [VacancyRule.LEAVE, VacancyRule.PROMOTE])
def test_a_round_that_does_not_recruit_has_no_call(rule):
    story = told(vacancy=rule)
    with refused("wrong_state"):
        authorised(story)


def test_a_round_that_ended_without_a_vacancy_has_no_call():
    story = closed(vacant(failed=""))
    with refused("wrong_state"):
        authorised(story)


def test_the_same_authorisation_again_leaves_one_call(story):
    first = authorised(story)
    assert authorised(story) == first
    assert Call.objects.count() == Authorisation.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"seats": 1}, {"notice_days": 11}, {"eligible": ["newcomers"]}, {"terms": TERMS}, {"call": "additional-2"}],
)
def test_another_call_for_the_round_is_duplicate(story, other):
    authorised(story)
    with refused("duplicate"):
        authorised(story, **other)


def test_a_call_s_code_is_taken_in_its_programme(story):
    authorised(story)
    story.round = later_round(story)
    with refused("duplicate"):
        authorised(story)


@pytest.mark.parametrize("kind", ["team", "organisation"])
def test_an_exception_for_somebody_unknown_is_unknown(story, kind):
    with refused("unknown"):
        authorised(story, terms={"exceptions": [{kind: "nobody", "line": "gpu", "reason": "사유"}]})


@pytest.mark.parametrize("given", [{"eligible": []}, {"terms": {"exceptions": [{"team": "a", "reason": " "}]}}])
def test_what_is_missing_is_incomplete(story, given):
    with refused("incomplete"):
        authorised(story, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"seats": 0},
        {"seats": 3},
        {"seats": -1},
        {"seats": "all"},
        {"notice_days": 0},
        {"notice_days": 367},
        {"eligible": ["everybody"]},
    ],
)
def test_numbers_beyond_their_bounds_are_out_of_range(story, given):
    with refused("out_of_range"):
        authorised(story, **given)


def test_the_wrong_state_is_told_before_what_is_missing():
    story = told(vacancy=VacancyRule.LEAVE)
    with refused("wrong_state"):
        authorised(story, eligible=[], seats=0)


def test_what_is_missing_is_told_before_what_is_out_of_range(story):
    with refused("incomplete"):
        authorised(story, eligible=[], seats=0)
