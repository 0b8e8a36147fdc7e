"""Sessions: listed, ended elsewhere, and ending by themselves."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.models import Event
from tests.clicking import said
from tests.core.entrance.people import PANEL, enter, entered, own_password
from tests.story import Story
from tests.unchanged import unchanged, written

SESSIONS = "/accounts/sessions/"


def test_ones_sessions_are_listed_and_the_others_ended(story: Story):
    own_password(story, "official-1")
    own_password(story, "official-2")
    here, stranger = entered(story, "official-1"), entered(story, "official-2")
    elsewhere = Client(HTTP_USER_AGENT="Telephone/2")
    enter(elsewhere, "official-1")
    shown = said(here.get(SESSIONS))
    assert shown.count("127.0.0.1") == 2
    assert (shown.count("이 브라우저<"), shown.count("Telephone/2")) == (1, 1)
    with written() as changes:
        assert here.post(SESSIONS).url == SESSIONS
    assert changes == ["core_event I test.official-1 end_other_sessions"]
    assert Event.objects.get(verb="end_other_sessions").facts == {"ended": 1}
    assert [client.get(PANEL).status_code for client in (here, elsewhere, stranger)] == [200, 302, 200]
    with unchanged():
        here.post(SESSIONS)


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def ending(client: Client) -> str:
    return f"{SESSIONS}{session_of(client).pk}/end/"


def test_one_session_alone_is_ended(story: Story):
    own_password(story, "official-1")
    here, office, home = (entered(story, "official-1") for _ in range(3))
    address = ending(home)
    shown = said(here.get(SESSIONS))
    assert [shown.count(f'action="{ending(client)}"') for client in (here, office, home)] == [0, 1, 1]
    with written() as changes:
        assert here.post(address).url == SESSIONS
    assert changes == ["core_event I test.official-1 end_other_sessions"]
    assert Event.objects.get(verb="end_other_sessions").facts == {"ended": 1}
    assert "그 로그인을 끝냈습니다." in said(here.get(SESSIONS))
    assert [client.get(PANEL).status_code for client in (here, office, home)] == [200, 200, 302]
    with unchanged():
        assert here.post(address).status_code == 404, "it is gone from the list as well"


def test_one_that_is_over_already_leaves_no_line(story: Story):
    own_password(story, "official-1")
    here, home = entered(story, "official-1"), entered(story, "official-1")
    address = ending(home)
    Session.objects.filter(session_key=home.session.session_key).delete()
    with unchanged():
        assert here.post(address).url == SESSIONS
    assert not Event.objects.filter(verb="end_other_sessions").exists()


def test_ones_own_session_is_ended_by_signing_out_and_nobody_ends_another_s(story: Story):
    own_password(story, "official-1")
    own_password(story, "official-2")
    here, stranger = entered(story, "official-1"), entered(story, "official-2")
    with unchanged():
        assert here.post(ending(here)).url == SESSIONS
        assert here.post(ending(stranger)).status_code == 404
        assert here.get(ending(stranger)).status_code == 405
        assert Client().post(ending(here)).url == f"/accounts/login/?next={ending(here)}"
    assert [client.get(PANEL).status_code for client in (here, stranger)] == [200, 200]


def test_a_session_ends_with_the_browser_and_after_half_an_hour_of_nothing(story: Story, settings: LazySettings):
    settings.SESSION_SAVE_EVERY_REQUEST = True
    own_password(story, "official-1")
    client = entered(story, "official-1")
    cookie = client.cookies["sessionid"]
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    row = Session.objects.get(session_key=cookie.value)
    assert timedelta(minutes=29) < row.expire_date - timezone.now() <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert client.get(PANEL).status_code == 200
    row.refresh_from_db()
    assert row.expire_date - timezone.now() > timedelta(minutes=29), "whoever works stays in"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(PANEL).status_code == 302


def test_who_came_in_is_the_auditors_matter(story: Story):
    """On an official's first page it would crowd out what was done."""
    own_password(story, "official-1")
    own_password(story, "auditor-1")
    shown = {person: said(entered(story, person).get(PANEL)) for person in ("official-1", "auditor-1")}
    line = Event.objects.filter(verb="sign_in", actor="test.official-1").get()
    assert [f"/admin/core/event/{line.pk}/change/" in each for each in shown.values()] == [False, True]


@pytest.mark.parametrize("path", [SESSIONS, "/accounts/2fa/", "/accounts/password/"])
def test_nobody_sees_them_without_signing_in(story: Story, path: str):
    assert Client().get(path).url == f"/accounts/login/?next={path}"
