"""Signing the criteria off: by the team or on paper, once; a round that asks for it does not open before."""

import pytest

from core.models import Event
from evaluation.models import CriteriaConsent, CriteriaVersion, Round
from evaluation.operations.criteria_consent import consent_to_criteria
from evaluation.operations.entries import withdraw
from evaluation.operations.opening import open_round
from evaluation.queries.criteria import criteria_version_of, documents_of
from evaluation.rules.document import digest
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """Its round asks teams a and b for their consent."""
    story = told(teams="ab", seats=1)
    entries = [story.teams[team] for team in "ab"]
    story.round = later_round(story, entries=entries, criteria_consent=True)
    return story


def consented(
    story: Story, who: str, team: str, version: CriteriaVersion | None = None, **said: str
) -> CriteriaConsent:
    version = version or story.round.criteria_versions.latest("number")
    return consent_to_criteria(version, team=story.teams[team], actor=story.actor(who), now=NOW, **said)


def opened(story: Story) -> Round:
    return open_round(story.round, actor=story.actor("official-1"), now=NOW)


def test_a_drafted_round_has_its_first_version():
    version = CriteriaVersion.objects.get(round=told().round)
    assert (version.number, version.state, version.reason, version.at) == (1, "proposed", "", NOW)
    assert [(each["code"], each["points"], each["source"]) for each in version.rules] == [
        ("bench", "40", "direct"),
        ("expert", "35", "sheets"),
        ("user", "25", "responses"),
    ]
    assert version.digest == digest(version.rules) == digest(documents_of(version.round))


def test_the_first_version_comes_into_force_when_the_round_opens(story):
    first = criteria_version_of(story.round)
    consented(story, "a-lead", "a")
    with refused("incomplete") as caught:
        opened(story)
    assert caught.value.facts == {"teams": ["b"]}
    assert "팀 b" in str(caught.value)
    consented(story, "official-1", "b", evidence="동의서 접수 제3호")
    opened(story)
    first.refresh_from_db()
    assert (first.state, criteria_version_of(story.round)) == ("in_force", first)
    assert [(each.team.code, each.by.username, each.evidence) for each in first.consents.all()] == [
        ("a", "test.a-lead", ""),
        ("b", "test.official-1", "동의서 접수 제3호"),
    ]
    said = Event.objects.filter(verb="consent_to_criteria").latest("pk")
    assert said.facts == {"team": "b", "evidence": "동의서 접수 제3호", "digest": first.digest}


def test_nobody_waits_for_a_team_that_has_withdrawn(story):
    consented(story, "a-lead", "a")
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=NOW)
    with refused("wrong_state"):
        consented(story, "b-lead", "b")
    assert opened(story).state == "scoring"


def test_the_same_consent_again_is_returned(story):
    first = consented(story, "a-lead", "a")
    with unchanged():
        assert consented(story, "a-lead", "a") == first
        assert consented(story, "official-1", "a") == first


@pytest.mark.parametrize(
    ("who", "team", "code"),
    [
        ("b-lead", "a", "not_entitled"),
        ("x-lead", "x", "unknown"),
        ("official-1", "a", "incomplete"),
        ("expert-1", "a", "not_allowed"),
        ("auditor-1", "a", "not_allowed"),
    ],
)
def test_who_may_not_consent(story, who, team, code):
    with refused(code):
        consented(story, who, team)


def test_a_round_that_asks_for_no_consent_takes_none():
    story = told()
    with refused("wrong_state"):
        consented(story, "a-lead", "a")
