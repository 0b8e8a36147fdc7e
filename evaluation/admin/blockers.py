"""What stands in the way of a round's next step, each thing with the page that mends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.actors import Actor
from core.verbs import Verb
from evaluation.models import Criterion, Round
from evaluation.queries.standings import Board, BoardRow
from evaluation.rules.criterion import least_values
from evaluation.states import Source
from evaluation.verbs import BREAK_TIE, DECIDE_GATE, RECORD_MEASUREMENTS, RECORD_POINTS, RECORD_RESPONSES, SEE_MARKS

MENDS = {
    Source.DIRECT: RECORD_POINTS,
    Source.MEASUREMENTS: RECORD_MEASUREMENTS,
    Source.RESPONSES: RECORD_RESPONSES,
}


@dataclass(frozen=True)
class Hindrance:
    """One thing in the way: in words, and where it is mended by whoever reads this; no address where he may not."""

    text: str
    url: str = ""
    mend: str = ""


Finder = Callable[[Round, Actor, datetime], list[Hindrance]]
_after: list[Finder] = []


def after_announcement(finder: Finder) -> Finder:
    """Let a package above say what blocks the end of an announced round, which this one knows nothing of."""
    _after.append(finder)
    return finder


def closing_hindrances(round: Round, actor: Actor, now: datetime) -> list[Hindrance]:
    """What keeps an announced round from being final."""
    return [each for finder in _after for each in finder(round, actor, now)]


def announcement_hindrances(board: Board, round: Round, actor: Actor) -> list[Hindrance]:
    """What would have an announcement refused now: missing scores, missing verdicts, ties at the cut.

    Nothing of a board that is published.
    """
    if board.computed is None:
        return []
    found = board.computed.standings
    lines = {row.team: row for row in board.rows}
    criteria = {criterion.code: criterion for criterion in round.criteria.all()}
    counts = {row.team: {code: cell.count for code, cell in row.cells.items()} for row in found.rows}
    needed = {rule.code: least_values(rule) for rule in board.computed.rules.criteria}
    missing = [
        _missing(lines[team], criteria[leaf], counts[team][leaf], needed[leaf], actor)
        for team, leaf in found.incomplete
    ]
    gates = {gate.code: gate.name for gate in round.gates.all()}
    verdicts = [
        Hindrance(
            _("%(team)s: %(gate)s 판정이 없습니다.") % {"team": lines[team].name, "gate": gates[gate]},
            *_to(round, DECIDE_GATE, actor, gate=gate, team=team),
        )
        for team, gate in found.without_verdict
    ]
    ties = [_tie(round, [lines[team].name for team in group], group, actor) for group in found.ties_at_cut]
    return [*missing, *verdicts, *ties]


def _missing(line: BoardRow, leaf: Criterion, count: int, needed: int, actor: Actor) -> Hindrance:
    text = _("%(team)s · %(leaf)s: 값이 %(count)s개입니다. %(needed)s개가 있어야 합니다.") % {
        "team": line.name,
        "leaf": leaf,
        "count": count,
        "needed": needed,
    }
    verb = MENDS.get(Source(leaf.source)) if leaf.source else None
    if not actor.may(verb or SEE_MARKS):
        return Hindrance(text)
    if verb is None:
        url = reverse("admin:evaluation_entry_figure", args=[line.entry, leaf.code])
        return Hindrance(text, url, _("낸 평가표 보기"))
    url = reverse(f"admin:evaluation_entry_{verb.code}", args=[line.entry])
    return Hindrance(text, f"{url}?{urlencode({'criterion': leaf.code})}", _("입력"))


def _tie(round: Round, names: list[str], group: tuple[str, ...], actor: Actor) -> Hindrance:
    places = {f"place_{place}": team for place, team in enumerate(group, start=1)}
    text = _("동점으로 진출이 갈립니다: %(teams)s") % {"teams": ", ".join(names)}
    return Hindrance(text, *_to(round, BREAK_TIE, actor, **places))


def _to(round: Round, verb: Verb, actor: Actor, **preset: Any) -> tuple[str, str]:
    """Where a decision on the round is prepared, and what the link says; nothing for whoever may not."""
    if not actor.may(verb):
        return "", ""
    url = reverse(f"admin:evaluation_round_{verb.code}", args=[round.pk])
    return f"{url}?{urlencode(preset)}", _("%(verb)s 기안") % {"verb": verb.label}
