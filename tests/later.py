"""A second round in a story's programme, for what must hold across rounds."""

from datetime import date
from typing import Any

from evaluation.models import Round
from evaluation.operations.drafting import CriterionDraft, RoundDraft, draft_round
from tests.story import CRITERIA, NOW, SYSTEM, Story


def later_round(story: Story, **given: Any) -> Round:
    """Drafted for team a alone, with the criteria of the first and without a gate, unless said otherwise."""
    facts: dict[str, Any] = {
        "code": "stage-2",
        "number": 2,
        "name_ko": "2차 단계평가",
        "name_en": "Stage 2",
        "starts": date(2026, 2, 1),
        "ends": date(2026, 6, 30),
        "seats": 1,
        "criteria": [CriterionDraft(rule, rule.code, rule.code) for rule in CRITERIA],
        "entries": [story.teams["a"]],
        "panel": [story.people["expert-1"]],
    }
    return draft_round(story.programme, RoundDraft(**(facts | given)), actor=SYSTEM, now=NOW)
