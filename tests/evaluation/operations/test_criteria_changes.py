"""Changing criteria once the round is open: proposed, signed off, adopted by two officials."""

from decimal import Decimal
from typing import Any

import pytest

from core.models import Decision, Event
from core.operations.decisions import approve, prepare
from evaluation.models import CriteriaVersion, Criterion, LiveStanding, StaleMark, Target
from evaluation.operations.criteria_changes import drop_criteria_proposal, propose_criteria
from evaluation.operations.criteria_consent import consent_to_criteria
from evaluation.operations.drafting import CriterionDraft
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_measurements, record_points
from evaluation.operations.opening import open_round
from evaluation.operations.recomputing import recompute
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.criteria import criteria_version_of, documents_of
from evaluation.queries.standings import board
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import ShareOfTarget
from evaluation.verbs import ADOPT_CRITERIA
from tests.later import later_round
from tests.story import CRITERIA, NOW, SYSTEM, Story, told
from tests.support import decided
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
SWAP = {"bench": {"points": "35"}, "expert": {"points": "40", "aggregate": "median"}}


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1).open().score_all({"a": 60, "b": 50})


def proposed(story: Story, changes: Any = SWAP, who: str = "official-1", reason: str = "배점 조정") -> CriteriaVersion:
    return propose_criteria(story.round, changes=changes, reason=reason, actor=story.actor(who), now=NOW)


def adopted(story: Story, version: CriteriaVersion) -> Decision:
    return decided(story, ADOPT_CRITERIA, version)


def test_a_proposal_changes_nothing_yet(story):
    before = documents_of(story.round)
    with written() as changes:
        version = proposed(story, {"expert": {"points": "36"}, "user": {"points": "24"}})
    assert changes == [f"{table} I test.official-1 propose_criteria" for table in TABLES]
    assert (version.number, version.state, version.reason) == (2, "proposed", "배점 조정")
    assert criteria_version_of(story.round).number == 1
    assert documents_of(story.round) == before
    assert Event.objects.latest("pk").facts["changes"] == [
        ["expert", "points", "35", "36"],
        ["user", "points", "25", "24"],
    ]


TABLES = ("evaluation_criteriaversion", "core_event")
GIVEN = {
    "expert": {"points": "36", "name_ko": "전문가", "aggregate": "median"},
    "user": {"points": "24", "places": "2"},
}


def test_what_two_officials_adopt_is_in_force(story):
    recompute(story.round, actor=SYSTEM, now=NOW)
    version = proposed(story, GIVEN)
    decision = adopted(story, version)
    version.refresh_from_db()
    first = CriteriaVersion.objects.get(round=story.round, number=1)
    assert (version.state, version.decision, first.state) == ("in_force", decision, "superseded")
    assert documents_of(story.round) == version.rules
    rows = story.round.criteria.values_list("code", "points", "name_ko", "aggregate", "places", "version")
    assert list(rows) == [
        ("bench", Decimal(40), "bench", "mean", 1, 1),
        ("expert", Decimal(36), "전문가", "median", 1, 2),
        ("user", Decimal(24), "user", "mean", 2, 2),
    ]
    assert (board(story.round).criteria_version, StaleMark.objects.count()) == (2, 1)
    recompute(story.round, actor=SYSTEM, now=NOW)
    assert [str(total) for total in LiveStanding.objects.order_by("pk").values_list("total", flat=True)] == [
        "60.00",
        "50.00",
    ]
    story.announce()
    assert story.round.snapshots.get().criteria_version == version
    assert board(story.round).criteria_version == 2


def test_a_later_version_can_be_changed_again(story):
    adopted(story, proposed(story, GIVEN))
    second = proposed(story, {"user": {"places": "1"}}, reason="자릿수")
    adopted(story, second)
    assert [(each.number, each.state) for each in story.round.criteria_versions.all()] == [
        (1, "superseded"),
        (2, "superseded"),
        (3, "in_force"),
    ]
    assert story.criterion("user").version == 3


def test_the_same_proposal_again_is_returned_and_another_waits(story):
    version = proposed(story, GIVEN)
    with unchanged():
        assert proposed(story, GIVEN) == version
    with refused("duplicate"):
        proposed(story, {"user": {"places": "2"}})


LESS = {"bench": {"points": "39"}}
REFUSED = [
    ({}, "incomplete"),
    ({"bench": {"points": "40.0"}}, "incomplete"),
    (LESS, "out_of_range"),
    ({"bench": {"points": "x"}}, "out_of_range"),
    ({"bench": {"source": "sheets"}}, "out_of_range"),
    ({"other": {"points": "1"}}, "out_of_range"),
    ({"bench": {"aggregate": "sum"}}, "out_of_range"),
    ({"expert": {"quorum": "0"}}, "out_of_range"),
    ({"expert": {"quorum": "6"}}, "out_of_range"),
    ({"user": {"scale": "share_of_target", "targets": {"a": "1"}}}, "out_of_range"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_criteria_with_a_fault_are_no_proposal(story, changes, code):
    with refused(code) as caught:
        proposed(story, changes)
    named = caught.value.facts.get("criteria", [])
    assert named == ([] if code == "incomplete" or changes == LESS else list(changes)), "of the whole tree, or by name"


def test_no_standing_result_may_leave_its_bounds(story):
    with refused("out_of_range") as caught:
        proposed(story, SWAP)
    assert caught.value.facts["beyond"] == [["a", "bench"], ["b", "bench"]]
    assert "팀 a · bench, 팀 b · bench" in str(caught.value)
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=NOW)
    with refused("out_of_range") as caught:
        proposed(story, {"expert": {"points": "19", "places": "0"}, "bench": {"points": "56"}})
    assert (caught.value.facts["team"], caught.value.facts["criterion"]) == ("a", "expert")


def test_who_proposes_and_when(story):
    for who in ("expert-1", "a-lead", "auditor-1"):
        with refused("not_allowed"):
            proposed(story, GIVEN, who)
    with refused("incomplete"):
        proposed(story, GIVEN, reason=" ")
    version = proposed(story, GIVEN)
    with refused("wrong_state"):
        decided(story, ADOPT_CRITERIA, criteria_version_of(story.round))
    story.announce()
    with refused("locked"):
        proposed(story, {"user": {"places": "1"}})
    with refused("locked"):
        adopted(story, version)
    drafted = told("other").round
    with refused("wrong_state"):
        propose_criteria(drafted, changes=GIVEN, reason="사유", actor=story.actor("official-1"), now=NOW)


def test_what_came_in_since_keeps_a_version_from_being_adopted():
    story = told(teams="ab", seats=1).open()
    version = proposed(story, SWAP)
    bench, official = story.criterion("bench"), story.actor("official-1")
    record_points(story.entry("b"), criterion=bench, points=Decimal("35.1"), actor=official, now=NOW)
    with refused("out_of_range") as caught:
        adopted(story, version)
    assert caught.value.facts["beyond"] == [["b", "bench"]]


def test_an_input_is_bounded_by_the_criteria_as_they_are_now():
    """Whoever read the criteria before they changed has the new ones to reckon with."""
    story = told(teams="ab", seats=1).open()
    bench, expert = story.criterion("bench"), story.criterion("expert")
    adopted(story, proposed(story, SWAP))
    official, person = story.actor("official-1"), story.people["expert-1"]
    with refused("out_of_range"):
        record_points(story.entry("a"), criterion=bench, points=Decimal(36), actor=official, now=NOW)
    marks = {expert: Decimal(40)}
    sheet = submit_sheet(story.entry("a"), person=person, points=marks, actor=story.actor("expert-1"), now=NOW)
    assert sheet.marks.get().points == 40


def test_a_version_that_was_prepared_before_another_team_left_is_void():
    story = told(teams="ab", seats=1).open()
    version = proposed(story, SWAP)
    prepared = prepare(ADOPT_CRITERIA, version, actor=story.actor("official-1"), now=NOW, arguments={})
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=NOW)
    assert approve(prepared, actor=story.actor("official-2"), now=NOW).state == "void"
    version.refresh_from_db()
    assert version.state == "proposed"


def test_a_proposal_is_dropped_with_a_reason(story):
    version, official = proposed(story, GIVEN), story.actor("official-2")
    with refused("incomplete"):
        drop_criteria_proposal(version, reason="", actor=official, now=NOW)
    assert drop_criteria_proposal(version, reason="철회", actor=official, now=NOW).state == "dropped"
    with refused("wrong_state"):
        drop_criteria_proposal(version, reason="철회", actor=official, now=NOW)
    with refused("wrong_state"):
        adopted(story, version)
    assert proposed(story, GIVEN).number == 3
    first = told("other").round.criteria_versions.get()
    with refused("wrong_state"):
        drop_criteria_proposal(first, reason="철회", actor=official, now=NOW)


def signing() -> Story:
    """A round that asks for consent, open; b's goal is what the change is about."""
    story = told(teams="ab", seats=1)
    goal = Rule("goal", Decimal(25), source="measurements", scale=ShareOfTarget({"a": Decimal(10), "b": Decimal(8)}))
    rules = [*CRITERIA[:2], goal]
    criteria = [CriterionDraft(rule, rule.code, rule.code) for rule in rules]
    entries = [story.teams[team] for team in "ab"]
    story.round = later_round(story, entries=entries, criteria=criteria, criteria_consent=True)
    agree(story, "a", "b")
    open_round(story.round, actor=story.actor("official-1"), now=NOW)
    story.fresh()
    return story


def agree(story: Story, *teams: str) -> None:
    version = story.round.criteria_versions.latest("number")
    for team in teams:
        consent_to_criteria(version, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=NOW)


def test_every_team_signs_a_change_off_where_the_round_asks_for_it():
    story = signing()
    official = story.actor("official-1")
    record_measurements(
        story.entry("b"),
        criterion=story.criterion("goal"),
        values={"m": Decimal(9)},
        run=None,
        actor=official,
        now=NOW,
    )
    version = proposed(story, {"goal": {"targets": {"b": "9.50"}}})
    agree(story, "a")
    with refused("incomplete") as caught:
        adopted(story, version)
    assert caught.value.facts == {"teams": ["b"]}
    agree(story, "b")
    adopted(story, version)
    assert {each.team.code: str(each.value) for each in Target.objects.all()} == {"a": "10", "b": "9.5"}
    assert Criterion.objects.get(round=story.round, code="goal").version == 2


def test_a_scale_by_targets_brings_its_targets_and_may_go_again():
    story = signing()
    given = {"goal": {"scale": "linear", "factor": "1/4"}, "expert": {"scale": "share_of_target"}}
    given["expert"]["targets"] = {"a": "30", "b": "31.5"}
    version = proposed(story, given)
    agree(story, "a", "b")
    adopted(story, version)
    assert documents_of(story.round) == version.rules
    assert Target.objects.count() == 4, "what a scale has no use for stays and counts for nothing"
