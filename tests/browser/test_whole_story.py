"""The whole story by clicking, from the opening of the round to the call that is open.

Set up by operations before anybody clicks (`acts.cast.set_up`): the programme with its teams, the drafted round with
its criteria, gate and panel, and accounts with passwords. After that everything that decides something is clicked or
typed, by people who have each signed in by typing a password at the sign-in page in a browser of their own. One thing
nobody can click: that ten days pass (`acts.calling`). What axe says of each kind of page is another test's
(`test_every_page`).
"""

import pytest
from playwright.sync_api import Browser

from core.models import Event
from tests.browser.acts import auditing, calling, judging, objecting, scoring
from tests.browser.acts.cast import PEOPLE, Cast, set_up
from tests.browser.conftest import Opens
from tests.story import Story


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    return set_up()


ACTS = (
    scoring.is_opened,
    scoring.by_experts,
    scoring.by_figures,
    judging.of_the_gate,
    judging.is_announced,
    objecting.a_paper_arrives,
    objecting.a_team_objects,
    objecting.another_gives_it_up,
    calling.is_authorised,
    objecting.it_is_dismissed,
    calling.is_opened,
    calling.is_answered,
    calling.stands_open,
    auditing.finds_what_was_done,
    auditing.can_press_nothing,
)


def test_from_the_opening_to_the_open_call(story: Story, opens: Opens):
    cast = Cast(story, opens)
    for act in ACTS:
        act(cast)
    assert came_in() == sorted((f"test.{name}", ["password"]) for name in PEOPLE)


def came_in() -> list[tuple[str, list[str]]]:
    """Who has come in at the entrance, and by what; a session that a test begins by itself leaves no such line."""
    return sorted(Event.objects.filter(verb="sign_in").values_list("actor", "facts__by"))
