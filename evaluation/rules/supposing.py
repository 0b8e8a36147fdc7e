"""What if: a round's rules and inputs as they would be with some things otherwise. Nothing that is kept changes.

Several changes at once are one supposition, in whatever order they are named.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.points import added, exact
from evaluation.rules.criterion import DIRECT, MEAN, TRIMMED_MEAN, Criterion, least_possible
from evaluation.rules.judged import Judged
from evaluation.rules.scales import Linear, Points, Scale
from evaluation.rules.standings import RoundRules
from evaluation.rules.tree import is_parent, leaves_of


@dataclass(frozen=True)
class Weighted:
    """A leaf carries other points: 0 takes it out of the total."""

    criterion: str
    points: Decimal


@dataclass(frozen=True)
class Trimmed:
    """A leaf's highest and lowest `trim` values are left out of its mean; 0 means that none is."""

    criterion: str
    trim: int


@dataclass(frozen=True)
class WithoutEvaluator:
    """One evaluator's marks do not count, for any team."""

    evaluator: str


@dataclass(frozen=True)
class GateDecided:
    """A team's gate is decided this way, whether or not it has been decided."""

    gate: str
    team: str
    verdict: str


@dataclass(frozen=True)
class TeamWithdrawn:
    """A team has withdrawn: it has no rank, and is no longer the best or the least of any leaf."""

    team: str


Change = Weighted | Trimmed | WithoutEvaluator | GateDecided | TeamWithdrawn


@dataclass(frozen=True)
class Supposed:
    """Rules and entries as they would be."""

    rules: RoundRules
    entries: Sequence[Judged]


def supposed(rules: RoundRules, entries: Sequence[Judged], changes: Collection[Change]) -> Supposed:
    """The round with the changes made. The floor, the seats and the orders given to ties stay as they are."""
    leaves = [_leaf(each, changes) for each in rules.criteria]
    criteria = tuple(
        replace(each, points=added([leaf.points for leaf in leaves_of(leaves, each)]))
        if is_parent(leaves, each.code)
        else each
        for each in leaves
    )
    return Supposed(replace(rules, criteria=criteria), [_entry(each, changes) for each in entries])


def full_marks(rules: RoundRules) -> Decimal:
    """What the top level adds up to: other weights need not come to 100."""
    return added([each.points for each in rules.criteria if each.under is None])


def _leaf(criterion: Criterion, changes: Collection[Change]) -> Criterion:
    """A leaf with other points, another trim and a quorum that fits.

    Points: scales that share out the leaf's full points take the new ones. On a scale that takes the aggregate as
    points already (`points`, `linear`), what was earned is worth the same share of the new points as of the old. The
    result is rounded once, as ever, to the leaf's places.

    Quorum: it rises to what the aggregate needs where more is trimmed. Of a team whose evaluators are left out it asks
    fewer (`Judged.gathered_in`).
    """
    found = criterion
    for change in changes:
        if isinstance(change, Weighted) and change.criterion == criterion.code:
            share = exact(change.points) / exact(criterion.points)
            found = replace(found, points=change.points, scale=_rescaled(criterion.scale, share))
        if isinstance(change, Trimmed) and change.criterion == criterion.code:
            if criterion.source in (None, DIRECT):
                raise ValueError(f"{criterion.code}: one value, or none, of which nothing can be trimmed")
            found = replace(found, aggregate=TRIMMED_MEAN if change.trim else MEAN, trim=change.trim or 1)
    return found if found.quorum is None else replace(found, quorum=max(least_possible(found), found.quorum))


def _rescaled(scale: Scale, share: Fraction) -> Scale:
    if isinstance(scale, Points):
        return Linear(share)
    return Linear(scale.factor * share) if isinstance(scale, Linear) else scale


def _entry(entry: Judged, changes: Collection[Change]) -> Judged:
    gone = {change.evaluator for change in changes if isinstance(change, WithoutEvaluator)}
    decided = {
        change.gate: change.verdict
        for change in changes
        if isinstance(change, GateDecided) and change.team == entry.team
    }
    marks = {
        leaf: {person: mark for person, mark in given.items() if person not in gone}
        for leaf, given in entry.marks.items()
    }
    without = {leaf: fewer for leaf, given in entry.marks.items() if (fewer := len(given) - len(marks[leaf]))}
    return replace(
        entry,
        marks=marks if gone else entry.marks,
        without=without,
        verdicts={**entry.verdicts, **decided},
        withdrawn=entry.withdrawn or TeamWithdrawn(entry.team) in changes,
    )
