import pytest

from appeals.models import Appeal
from appeals.operations.filing import withdraw_appeal
from tests.appeals.after import ENDS, admitted, contested, decided_on, filed, swept
from tests.story import NOW, Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


def withdrawn(appeal: Appeal, story: Story, who: str = "b-lead", now=NOW) -> Appeal:
    return withdraw_appeal(appeal, actor=story.actor(who), now=now)


@pytest.mark.parametrize("state", ["filed", "admitted"])
def test_a_team_takes_its_appeal_back(state):
    story = contested()
    row = filed(story)
    if state == "admitted":
        admitted(row, story)
    with written() as changes:
        withdrawn(row, story)
    row.refresh_from_db()
    assert (row.state, row.decided_at) == ("withdrawn", None)
    assert changes == ["appeals_appeal U test.b-lead withdraw_appeal", "core_event I test.b-lead withdraw_appeal"]


def test_it_may_be_taken_back_after_the_window():
    story = contested()
    row = filed(story)
    withdrawn(row, story, now=ENDS)
    swept(ENDS)
    assert story.fresh().state == "final"


@pytest.mark.parametrize("end", ["withdrawn", "rejected", "dismissed", "upheld"])
def test_what_has_ended_is_not_taken_back(end):
    story = contested()
    row = filed(story)
    if end == "withdrawn":
        withdrawn(row, story)
    else:
        admitted(row, story, yes=end != "rejected")
    if end in {"dismissed", "upheld"}:
        decided_on(row, story, end)
    with refused("wrong_state"):
        withdrawn(row, story)


@pytest.mark.parametrize("who", ["official-1", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_a_team_s_own_people_take_back(who):
    story = contested()
    row = filed(story)
    with refused("not_allowed"):
        withdrawn(row, story, who)


def test_nobody_takes_another_team_s_appeal_back():
    story = contested()
    row = filed(story)
    with refused("not_entitled"):
        withdrawn(row, story, "c-lead")
    admitted(row, story, yes=False)
    with refused("not_entitled"):
        withdrawn(row, story, "c-lead")
