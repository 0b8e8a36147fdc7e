"""An operator takes an account out of use, and brings it back."""

import pytest

from core.actors import actor_of
from core.models import Account, Event
from core.operations.accounts import set_password, suspend_account
from tests.clicking import page, press, said, signed_in
from tests.story import SYSTEM, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told(teams="ab")


def account(story: Story, person: str = "expert-1") -> Account:
    return Account.objects.get(pk=story.people[person].pk)


def suspended(story: Story, person: str = "expert-1") -> Account:
    operator = story.actor("operator-1")
    return suspend_account(account=account(story, person), reason="퇴직", actor=operator, now=story.now)


def test_a_suspended_account_acts_no_more(story: Story):
    set_password(account=account(story), password="open-sesame-7", actor=SYSTEM, now=story.now)
    story.people["expert-1"].refresh_from_db()
    client = signed_in(story, "expert-1")
    assert client.get("/admin/").status_code == 200
    assert press(story, "operator-1", "suspend_account", account(story), reason="퇴직").status_code == 302
    assert not account(story).is_active
    assert client.get("/admin/").status_code == 302, "the session is over"
    assert actor_of(account(story)).roles == frozenset()
    given = {"login": story.people["expert-1"].username, "password": "open-sesame-7"}
    assert client.post("/accounts/login/", given).status_code == 200, "and no other begins"
    line = Event.objects.get(verb="suspend_account")
    assert (line.actor, line.reason, line.subject_id) == ("test.operator-1", "퇴직", account(story).pk)


def test_it_is_brought_back_with_what_it_had(story: Story):
    before = actor_of(account(story)).roles
    suspended(story)
    assert press(story, "operator-1", "resume_account", account(story), reason="복직").status_code == 302
    assert actor_of(account(story)).roles == before != frozenset()
    assert Event.objects.get(verb="resume_account").reason == "복직"


def test_twice_is_refused(story: Story):
    with unchanged():
        answer = press(story, "operator-1", "resume_account", account(story), reason="복직")
    assert "사용 중인 계정입니다." in said(answer)
    suspended(story)
    with refused("wrong_state"):
        suspended(story)


def test_nobody_suspends_his_own(story: Story):
    with refused("same_person"):
        suspended(story, "operator-1")
    with unchanged():
        press(story, "operator-1", "suspend_account", account(story, "operator-1"), reason="휴가")


@pytest.mark.parametrize("verb", ["suspend_account", "resume_account"])
@pytest.mark.parametrize("person", ["official-1", "auditor-1", "expert-2", "a-lead"])
def test_only_operators_may(story: Story, verb: str, person: str):
    with unchanged():
        assert press(story, person, verb, account(story), reason="사유").status_code in {403, 404}


def test_a_reason_is_asked_for(story: Story):
    with unchanged():
        answer = press(story, "operator-1", "suspend_account", account(story), reason=" ")
    assert answer.status_code == 400
    with refused("incomplete"):
        suspend_account(account=account(story), reason=" ", actor=story.actor("operator-1"), now=story.now)
    shown = said(signed_in(story, "operator-1").get(page("suspend_account", account(story))))
    assert "지금의 로그인도 끝납니다." in shown
