import pytest

from core.models import Decision, Event
from evaluation.models import Finding, Verdict
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from evaluation.verbs import DECIDE_GATE
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told().open()


def found(
    story: Story,
    finding: str = "met",
    who: str = "expert-1",
    *,
    person: str | None = None,
    reason: str = "검토함",
    component: str = "",
) -> Finding:
    return find(
        story.entry("a"),
        gate=story.gate,
        person=story.people[person or who],
        finding=FindingValue(finding),
        reason=reason,
        component=component,
        actor=story.actor(who),
        now=NOW,
    )


def decided(story: Story, verdict: str = "passed", **given) -> Decision:
    return story.decide(DECIDE_GATE, gate="originality", team="a", verdict=verdict, **given)


def test_a_finding_is_given(story):
    with written() as changes:
        row = found(story, "not_met", component="encoder")
    row.refresh_from_db()
    assert (row.gate, row.entry.team.code, row.account) == (story.gate, "a", story.people["expert-1"])
    assert (row.finding, row.reason, row.component, row.at) == ("not_met", "검토함", "encoder", NOW)
    assert changes == [f"{table} I test.expert-1 find" for table in ("evaluation_finding", "core_event")]


def test_the_same_finding_again_is_returned(story):
    first = found(story)
    with unchanged():
        assert found(story, reason=" 검토함 ") == first


@pytest.mark.parametrize("other", [{"finding": "not_met"}, {"reason": "다른 이유"}])
def test_another_finding_is_duplicate(story, other):
    found(story)
    with refused("duplicate"):
        found(story, **other)


def test_each_component_has_a_finding_of_its_own(story):
    found(story)
    found(story, "not_met", component="encoder")
    assert Finding.objects.count() == 2


def test_a_finding_has_a_reason(story):
    with refused("incomplete"):
        found(story, reason=" ")


def test_once_the_verdict_is_given_no_finding_is_taken(story):
    first = found(story)
    decided(story)
    with refused("wrong_state"):
        found(story, who="expert-2")
    with refused("wrong_state"):
        found(story, "not_met")
    with unchanged():
        assert found(story) == first


@pytest.mark.parametrize("who", ["official-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_only_evaluators_find(story, who):
    with refused("not_allowed"):
        found(story, who=who)


def test_nobody_finds_for_another(story):
    with refused("not_entitled"):
        found(story, person="expert-2")


def test_an_evaluator_off_the_panel_finds_nothing(story):
    with refused("not_entitled"):
        found(story, who="expert-6")


@pytest.mark.parametrize("who", ["expert-4", "expert-5"])
def test_a_conflict_and_an_unknown_one_are_refused(story, who):
    with refused("conflict_of_interest"):
        found(story, who=who)


def test_a_verdict_is_given_by_two(story):
    found(story)
    with written() as changes:
        decision = decided(story, reason="과반")
    row = Verdict.objects.get()
    assert (row.gate, row.entry.team.code, row.verdict, row.reason) == (story.gate, "a", "passed", "과반")
    assert (row.decision, row.at, row.supersedes) == (decision, NOW, None)
    assert changes == [
        "core_decision I test.official-1 prepare",
        "core_event I test.official-1 prepare",
        "core_decision U test.official-2 approve",
        "core_event I test.official-2 approve",
        "evaluation_verdict I test.official-2 decide_gate",
        "core_event I test.official-2 decide_gate",
    ]
    event = Event.objects.latest("id")
    assert (event.mandate, event.reason) == (f"decision:{decision.pk}", "과반")
    assert event.facts == {"gate": "originality", "verdict": "passed"}


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        (["met"], "passed"),
        (["not_met"], "failed"),
        (["met", "met", "not_met"], "passed"),
        (["met", "not_met", "not_met"], "failed"),
        (["met", "abstain", "abstain"], "passed"),
        (["abstain", "not_met"], "failed"),
    ],
)
def test_the_verdict_is_what_most_findings_say(story, findings, verdict):
    for number, finding in enumerate(findings, start=1):
        found(story, finding, f"expert-{number}")
    with refused("no_majority"):
        decided(story, "failed" if verdict == "passed" else "passed")
    decided(story, verdict)
    assert Verdict.objects.get().verdict == verdict


@pytest.mark.parametrize("findings", [[], ["abstain"], ["met", "not_met"], ["met", "not_met", "abstain"]])
@pytest.mark.parametrize("verdict", ["passed", "failed"])
def test_without_a_majority_there_is_no_verdict(story, findings, verdict):
    for number, finding in enumerate(findings, start=1):
        found(story, finding, f"expert-{number}")
    with refused("no_majority"):
        decided(story, verdict)


def test_the_same_verdict_again_leaves_one(story):
    found(story)
    decided(story)
    decided(story)
    assert Verdict.objects.count() == 1


def test_another_verdict_is_duplicate(story):
    found(story)
    decided(story)
    with refused("duplicate"):
        decided(story, "failed")


def test_a_verdict_has_a_reason(story):
    found(story)
    with refused("incomplete"):
        decided(story, reason=" ")


@pytest.mark.parametrize(("gate", "team"), [("nothing", "a"), ("originality", "nobody"), ("originality", "x")])
def test_a_gate_and_an_entry_that_do_not_exist_are_unknown(story, gate, team):
    with refused("unknown"):
        story.decide(DECIDE_GATE, gate=gate, team=team, verdict="passed")
