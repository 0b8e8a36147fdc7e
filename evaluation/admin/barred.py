"""Whom a round's panel keeps from a step, told once for all the steps that a page offers."""

from core.actors import Actor
from core.admin.pages import refusal
from evaluation.models import Round
from evaluation.policies import bar_panelists


def barred(round: Round, actor: Actor) -> str:
    """Why somebody of the panel may not; empty for anybody else. Asked once for as long as this `round` is in hand."""
    known: dict[str, str] = round.__dict__.setdefault("barred", {})
    if actor.name not in known:
        known[actor.name] = refusal(lambda: bar_panelists(round, actor=actor))
    return known[actor.name]
