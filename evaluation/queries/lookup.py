"""Finding the things of a round by the codes that people use; `unknown` where there is none."""

from typing import TypeVar

from django.db import models

from core.errors import Code, Refused
from evaluation.models import Criterion, Entry, Gate, Round

Thing = TypeVar("Thing", bound=models.Model)


def entry_of(round: Round, team: str) -> Entry:
    """The entry of the team with that code."""
    return _found(round.entries.select_related("team", "round"), "팀", team, team__code=team)


def gate_of(round: Round, code: str) -> Gate:
    """The gate with that code."""
    return _found(round.gates.all(), "요건", code, code=code)


def leaf_of(round: Round, code: str, source: str) -> Criterion:
    """The leaf with that code that takes values of that source."""
    return _found(round.criteria.all(), "평가항목", code, code=code, source=source)


def _found(rows: models.QuerySet[Thing], kind: str, name: str, **conditions: str) -> Thing:
    found = rows.filter(**conditions).first()
    if found is None:
        raise Refused(Code.UNKNOWN, f"이 단계에 없는 {kind}입니다: {name}", name=name)
    return found
