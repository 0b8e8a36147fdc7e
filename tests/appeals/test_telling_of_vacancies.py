"""Officials are told of a vacancy for which no call is authorised: once, in the system and on their first page."""

from datetime import timedelta

import pytest

from appeals.sweeps import sweep, tell
from core.actors import machine
from evaluation.models import Message, Reminder, Vacancy
from evaluation.states import VacancyRule
from tests.appeals.after import answered, authorised, chosen, contested, swept
from tests.clicking import page, said, signed_in, thing
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
BEAT = machine("beat")


def vacant(**given) -> Story:
    """Final, with a seat empty."""
    story = contested(**given)
    swept(story.round.appeals_close_at)
    story.fresh()
    return story


def told_at(story: Story, **later: int) -> list[str]:
    return tell(actor=BEAT, now=story.round.appeals_close_at + timedelta(**later))


def test_the_programmes_officials_are_told_once_and_by_no_mail():
    story = vacant()
    vacancy = story.round.vacancies
    assert told_at(story) == [str(vacancy)]
    reminder = Reminder.objects.get(kind="vacancy")
    assert (reminder.subject_id, reminder.until, reminder.days, reminder.address) == (vacancy.pk, None, 0, "")
    assert reminder.title == "[심사] 1차 단계평가 공석 1개: 승인한 추가 공모가 없습니다"
    people = Message.objects.filter(reminder=reminder).order_by("account__username")
    assert [message.account.code for message in people] == ["official-1", "official-2", "official-3"]
    with unchanged():
        assert told_at(story, days=5) == []


def test_they_are_told_once_more_after_a_call_that_selected_nobody():
    story = contested()
    call = answered(story, "x")
    chosen(story, call, "none")
    vacancy = story.fresh().vacancies
    assert tell(actor=BEAT, now=call.closes_at) == [str(vacancy)]
    reminder = Reminder.objects.get(kind="vacancy")
    assert (reminder.subject_kind, reminder.subject_id) == ("appeals.authorisation", call.authorisation.pk)
    with unchanged():
        assert tell(actor=BEAT, now=call.closes_at + timedelta(days=5)) == []


def test_of_each_vacancy_its_own_programmes_officials_are_told():
    vacant(code="other")
    told_at(vacant())
    for reminder in Reminder.objects.filter(kind="vacancy"):
        programme = Vacancy.objects.get(pk=reminder.subject_id).round.programme.code
        people = reminder.messages.values_list("account__username", flat=True)
        assert sorted(people) == [f"{programme}.official-{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("given", [{"vacancy": VacancyRule.LEAVE}, {"seats": 1, "failed": ""}])
def test_there_is_nothing_to_tell_where_no_seat_is_to_be_recruited_for(given):
    story = vacant(**given)
    with unchanged():
        assert told_at(story) == []


def test_there_is_nothing_to_tell_where_a_call_is_authorised():
    story = contested()
    authorised(story)
    swept(story.round.appeals_close_at)
    story.fresh()
    with unchanged():
        assert told_at(story) == []


def test_the_first_page_and_the_vacancys_lead_to_the_decision():
    story = vacant()
    for url in ("/admin/", thing(story.round.vacancies)):
        assert page("authorise_call", story.round) in said(signed_in(story, "official-1").get(url))
    assert page("authorise_call", story.round) not in said(signed_in(story, "auditor-1").get("/admin/"))


def test_authorised_later_the_call_opens_with_the_next_sweep():
    story = vacant()
    at = story.round.appeals_close_at + timedelta(days=2)
    authorised(story, now=at)
    assert sweep(actor=BEAT, now=at).opened == [str(story.round.vacancies)]
    assert page("authorise_call", story.round) not in said(signed_in(story, "official-1").get("/admin/"))
