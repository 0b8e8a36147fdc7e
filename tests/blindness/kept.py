"""What is not handed in yet or was put right: a sheet being written, one corrected, criteria that teams sign off."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from evaluation.models import CriteriaVersion, Round, Sheet
from evaluation.operations.criteria_changes import propose_criteria
from evaluation.operations.criteria_consent import consent_to_criteria
from evaluation.operations.figures import record_responses
from evaluation.operations.opening import open_round
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.verbs import EXCLUDE_RESPONSES, REPLACE_SHEET
from tests.blindness.secrets import Told
from tests.support import decided


def kept(told: Told, fourth: Round, third: Round, now: datetime) -> None:
    """Of the fourth round what is under way, of the third what was put right.

    There a draft of expert-1 and a proposal that team a signed off; here a corrected sheet and a batch of responses
    that was taken out.
    """
    story = replace(told.story, round=fourth, now=now)
    official = story.actor("official-1")
    consented(told, fourth.criteria_versions.get(), "abc", now)
    open_round(fourth, actor=official, now=now)
    changes = {"expert": {"points": "36"}, "user": {"points": "24"}}
    version = propose_criteria(fourth, changes=changes, reason="배점 조정", actor=official, now=now)
    consented(told, version, "a", now)
    save_sheet_draft(
        story.entry("a"),
        person=story.people["expert-1"],
        points={"expert": "17.83"},
        comment=told.says("words", "a", "expert-1"),
        actor=story.actor("expert-1"),
        now=now,
    )
    sheet = Sheet.objects.get(entry__round=third, entry__team__code="c", account=story.people["expert-1"])
    wrong = record_responses(
        replace(story, round=third).entry("c"),
        criterion=third.criteria.get(code="user"),
        marks=[Decimal("7.43")],
        batch="wrong",
        actor=official,
        now=now,
    )
    decided(story, EXCLUDE_RESPONSES, wrong, reason=told.says("words", "c"))
    decided(story, REPLACE_SHEET, sheet, points={"expert": "16.67"}, reason=told.says("words", "c", "expert-1"))


def consented(told: Told, version: CriteriaVersion, teams: str, now: datetime) -> None:
    """On paper, of which no other team reads."""
    for team in teams:
        consent_to_criteria(
            version,
            team=told.story.teams[team],
            evidence=told.says("consent", team),
            actor=told.story.actor("official-1"),
            now=now,
        )
