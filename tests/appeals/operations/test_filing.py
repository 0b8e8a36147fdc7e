from datetime import UTC, datetime

import pytest

from appeals.models import Appeal
from appeals.operations.filing import withdraw_appeal
from appeals.states import INADMISSIBLE, Ground
from core.models import Event
from tests.appeals.after import DAY, ENDS, TICK, admitted, contested, decided_on, filed, swept
from tests.story import NOW, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
LATE = {"c": "2026-01-20T05:00:00+00:00"}  # ends with Friday the 30th
# The thirtieth day from Thursday 15 January is Saturday 14 February; Seollal is over on Thursday the 19th.
DECIDE_BY = datetime(2026, 2, 19, 15, tzinfo=UTC)


def test_a_team_objects():
    story = contested()
    with written() as changes:
        row = filed(story, statement=" 계산이 다릅니다 ")
    row.refresh_from_db()
    assert (row.code, row.round, row.entry, row.programme) == (
        "appeal-1",
        story.round,
        story.entry("b"),
        story.programme,
    )
    assert (row.ground, row.statement, row.state) == ("decisive_error", "계산이 다릅니다", "filed")
    assert (row.filed_by, row.filed_at, row.decide_by) == (story.people["b-lead"], NOW, DECIDE_BY)
    assert (row.decided_at, row.decision, row.decision_reason, row.admission_reason) == (None, None, "", "")
    assert changes == [
        f"{table} I test.b-lead file_appeal" for table in ("appeals_appeal", "appeals_appealreceipt", "core_event")
    ]
    assert Event.objects.latest("id").facts == {
        "team": "b",
        "ground": "decisive_error",
        "decide_by": "2026-02-20T00:00:00+09:00",
        "receipt": "2026-이의-0001",
    }


@pytest.mark.parametrize("ground", Ground.values)
def test_every_ground_is_received(ground):
    assert filed(contested(), ground=ground).state == "filed"


def test_a_team_that_advanced_may_object():
    assert filed(contested(), "a").pk


def test_the_same_again_is_returned():
    story = contested()
    row = filed(story)
    with unchanged():
        assert filed(story, now=NOW + DAY) == row


@pytest.mark.parametrize(
    "other",
    [
        {"code": "appeal-2"},
        {"code": "appeal-2", "statement": "다른 이유"},
        {"statement": "다른 이유"},
        {"ground": "other"},
        {"team": "c"},
        {"team": "c", "ground": "other"},
    ],
)
def test_a_second_on_the_ground_or_under_the_number_is_duplicate(other):
    story = contested()
    filed(story)
    with refused("duplicate"):
        filed(story, **other)


def test_another_ground_and_another_team_are_others():
    story = contested()
    filed(story)
    filed(story, code="appeal-2", ground="other")
    filed(story, "c", code="appeal-3")
    assert Appeal.objects.count() == 3


@pytest.mark.parametrize("end", ["withdrawn", "rejected", "dismissed"])
def test_the_ground_is_used_once_however_the_appeal_ended(end):
    story = contested()
    row = filed(story)
    if end == "withdrawn":
        withdraw_appeal(row, actor=story.actor("b-lead"), now=NOW)
    else:
        admitted(row, story, yes=end != "rejected")
    if end == "dismissed":
        decided_on(row, story, "dismissed")
    with refused("duplicate"):
        filed(story, code="appeal-2")


def test_what_was_withdrawn_is_not_the_same_again():
    story = contested()
    withdraw_appeal(filed(story), actor=story.actor("b-lead"), now=NOW)
    with refused("duplicate"):
        filed(story)


@pytest.mark.parametrize("who", ["official-1", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_a_team_s_own_people_object(who):
    story = contested()
    with refused("not_allowed"):
        filed(story, who=who)


def test_nobody_objects_for_another_team():
    story = contested()
    with refused("not_entitled"):
        filed(story, who="c-lead")


@pytest.mark.parametrize("state", ["draft", "scoring"])
def test_who_was_not_notified_does_not_object(state):
    story = told(teams="ab") if state == "draft" else told(teams="ab").open()
    with refused("not_entitled"):
        filed(story)


def test_each_team_has_its_own_window():
    story = contested(delivered=LATE)
    with refused("not_entitled"):
        filed(story, "c", now=NOW + 5 * DAY - TICK)
    with refused("too_late"):
        filed(story, "b", now=ENDS)
    assert filed(story, "c", now=NOW + 5 * DAY).pk
    assert filed(story, "c", code="appeal-2", ground="other", now=ENDS).pk


def test_the_window_is_half_open():
    story = contested()
    with refused("too_late"):
        filed(story, now=ENDS)
    assert filed(story, now=ENDS - TICK).filed_at == ENDS - TICK


def test_a_round_that_is_final_is_too_late():
    story = contested()
    swept(ENDS)
    with refused("too_late"):
        filed(story, now=ENDS)


def test_a_statement_is_made():
    story = contested()
    with refused("incomplete"):
        filed(story, statement=" ")


def test_refusals_in_their_order():
    story = contested()
    with refused("not_allowed"):
        filed(story, who="official-1", now=ENDS, statement=" ")
    with refused("not_entitled"):
        filed(story, who="c-lead", now=ENDS, statement=" ")
    with refused("too_late"):
        filed(story, now=ENDS, statement=" ")
    filed(story)
    with refused("too_late"):
        filed(story, now=ENDS, code="appeal-2")
    with refused("incomplete"):
        filed(story, code="appeal-2", statement=" ")


def test_grounds_that_cannot_be_admitted_are_received_and_not_admitted():
    assert {"panel_choice", "rules", "method", "amounts"} == INADMISSIBLE
    story = contested()
    for number, ground in enumerate(sorted(INADMISSIBLE)):
        row = filed(story, code=f"appeal-{number}", ground=ground)
        with refused("inadmissible"):
            admitted(row, story)
        assert admitted(row, story, yes=False).state == "rejected"
