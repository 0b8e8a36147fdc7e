"""Looking at what would be: recorded as a reading, and nothing else is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import plain, record
from core.operation import reading
from evaluation.models import Round
from evaluation.policies import bar_panelists
from evaluation.queries.judged import evaluator_names
from evaluation.queries.supposing import Steps, Supposition, grounds, supposition
from evaluation.rules.criterion import DIRECT
from evaluation.rules.standings import RoundRules
from evaluation.rules.supposing import Change, GateDecided, TeamWithdrawn, Trimmed, Weighted, WithoutEvaluator
from evaluation.rules.tree import leaves
from evaluation.states import VerdictValue
from evaluation.verbs import SUPPOSE

MOST_TRIMMED: Final = 9
KINDS: Final = {
    Weighted: "weighted",
    Trimmed: "trimmed",
    WithoutEvaluator: "without_evaluator",
    GateDecided: "gate_decided",
    TeamWithdrawn: "team_withdrawn",
}


@reading(SUPPOSE)
def suppose(
    round: Round, *, changes: Sequence[Change], steps: Steps | None = None, actor: Actor, now: datetime
) -> Supposition:
    """The result as it would be with the changes, beside the real one, and a line that says who looked at what.

    Refused: `conflict_of_interest` for somebody of the panel; `unknown` for names that the round does not have;
    `out_of_range` for points below 0, and for trimming what has one value or more than `MOST_TRIMMED` a side.
    """
    bar_panelists(round, actor=actor)
    given = grounds(round, steps)
    require_known(round, given.rules, {entry.team for entry in given.entries}, changes)
    found = supposition(round, given, changes, steps)
    record(SUPPOSE, round, at=now, snapshot=found.before.snapshot, changes=[as_fact(each) for each in changes])
    return found


def as_fact(change: Change) -> dict[str, Any]:
    """A change as the record keeps it."""
    return {KINDS[type(change)]: plain(asdict(change))}


def change_of(fact: Mapping[str, Any]) -> Change:
    """The change that `as_fact` has written."""
    ((kind, given),) = fact.items()
    made: Any = next(each for each, named in KINDS.items() if named == kind)
    change: Change = made(**{**given, "points": Decimal(given["points"])} if made is Weighted else given)
    return change


def require_known(round: Round, rules: RoundRules, teams: Collection[str], changes: Sequence[Change]) -> None:
    """Names first, then values: refusals come in the order of their codes."""
    scored = {leaf.code: leaf for leaf in leaves(rules.criteria)}
    known = {
        "criterion": set(scored),
        "evaluator": set(evaluator_names(round)),
        "gate": set(rules.gates),
        "team": set(teams),
        "verdict": set(VerdictValue.values),
    }
    for change in changes:
        for field, value in asdict(change).items():
            if field in known and value not in known[field]:
                raise Refused(
                    Code.UNKNOWN, format_lazy(_("이 단계에 없습니다: {value}"), value=value), **{field: value}
                )
    for change in changes:
        if isinstance(change, Weighted) and change.points < 0:
            raise Refused(Code.OUT_OF_RANGE, _("배점은 0보다 작을 수 없습니다."), criterion=change.criterion)
        if isinstance(change, Trimmed) and not 0 <= change.trim <= MOST_TRIMMED:
            raise Refused(Code.OUT_OF_RANGE, _("제외 개수는 0에서 9 사이여야 합니다."), criterion=change.criterion)
        if isinstance(change, Trimmed) and scored[change.criterion].source == DIRECT:
            raise Refused(
                Code.OUT_OF_RANGE,
                _("값이 하나뿐인 항목에서는 최고·최저점을 뺄 수 없습니다."),
                criterion=change.criterion,
            )
