"""Support for stories: a line of GPUs for the second stage, and decisions about it by two officials."""

from datetime import date
from typing import Any

from django.db import models

from consortia.models import SupportLine
from consortia.operations.support import lay_down_support
from consortia.states import SupportKind
from core.models import Decision
from core.operations.decisions import decide
from core.verbs import Verb
from tests.story import SYSTEM, Story

GPU: dict[str, Any] = {
    "code": "gpu",
    "kind": SupportKind.GPU,
    "name_ko": "GPU 임차 지원",
    "name_en": "Leased GPUs",
    "model": "B200",
    "unit": "장",
    "number": 512,
    "since": date(2026, 2, 1),
    "until": date(2026, 6, 30),
}


def line_of(story: Story, **given: Any) -> SupportLine:
    """512 GPUs for each team from 2026-02-01 to 2026-06-30, unless said otherwise."""
    return lay_down_support(story.programme, **(GPU | given), actor=SYSTEM, now=story.now)


def decided(story: Story, verb: Verb, subject: models.Model, *, reason: str = "사유", **arguments: Any) -> Decision:
    """Two officials decide: official-1 prepares, official-2 approves."""
    return decide(
        verb,
        subject,
        preparer=story.actor("official-1"),
        approver=story.actor("official-2"),
        now=story.now,
        reason=reason,
        arguments=arguments,
    )
