"""The kinds of correction: what each names, the row that it adds, and the results that must stay within bounds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.wording import told_lazily
from evaluation.models import Criterion, DirectPoints, Entry, Mark, Measurement, Round, Sheet, SheetExclusion, Verdict
from evaluation.operations.changes import Change, Item
from evaluation.operations.inputs import require_responses_within_bounds, require_within_bounds
from evaluation.operations.renaming import set_name
from evaluation.operations.response_changes import excluded_responses
from evaluation.operations.sheet_changes import replaced_sheet
from evaluation.operations.ties import changed_order
from evaluation.queries.lookup import entry_of, gate_of, leaf_of
from evaluation.readers.figures import MOST_DIGITS, NotAFigure, figure
from evaluation.states import Source


def changes_of(round: Round, corrections: Sequence[Mapping[str, Item]]) -> list[Change]:
    """Each correction with its names found; refused with `unknown` where one does not exist."""
    return [_change(round, kind, item) for correction in corrections for kind, item in correction.items()]


def require_results_within_bounds(changes: Sequence[Change]) -> None:
    """Refuse with `out_of_range` a batch after which a figure, or a result that it changes, lies beyond its bounds.

    The batch counts as a whole: two values may change places though one alone would be too much.
    """
    for change in changes:
        if not change.possible:
            raise Refused(
                Code.OUT_OF_RANGE,
                format_lazy(_("값은 0보다 작을 수 없습니다: {value}"), value=change.value),
                value=change.value,
            )
        for leaf in change.leaves:
            if leaf.source == Source.RESPONSES:
                require_responses_within_bounds(leaf, [change.entry])
            else:
                require_within_bounds(change.entry, leaf, _counted(change.entry, leaf))


def _counted(entry: Entry, leaf: Criterion) -> list[Decimal]:
    if leaf.source == Source.DIRECT:
        return list(
            DirectPoints.objects.standing().filter(entry=entry, criterion=leaf).values_list("points", flat=True)
        )
    if leaf.source == Source.MEASUREMENTS:
        return list(Measurement.objects.standing().filter(entry=entry, criterion=leaf).values_list("value", flat=True))
    marks = Mark.objects.filter(sheet__entry=entry, sheet__exclusion__isnull=True, criterion=leaf)
    return list(marks.values_list("points", flat=True))


def _change(round: Round, kind: str, item: Item) -> Change:
    if kind not in _KINDS:
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 정정입니다: {kind}"), kind=kind), name=kind)
    return _KINDS[kind](round, item)


def _figure(text: str) -> Decimal:
    """The figure that an item sets, whichever door it came by; a negative one is refused with the whole batch."""
    try:
        return figure(text, places=MOST_DIGITS)
    except NotAFigure as fault:
        raise Refused(Code.OUT_OF_RANGE, told_lazily(fault.sentence), value=text[:MOST_DIGITS]) from None


def _set_points(round: Round, item: Item) -> Change:
    entry = entry_of(round, item["team"])
    leaf = leaf_of(round, item["criterion"], Source.DIRECT)
    points = _figure(item["points"])

    def write(reason: str, actor: Actor, now: datetime) -> DirectPoints:
        standing = DirectPoints.objects.standing().filter(entry=entry, criterion=leaf).first()
        return DirectPoints.objects.create(
            entry=entry, criterion=leaf, points=points, by=actor.person(), at=now, supersedes=standing
        )

    return Change(entry, write, [leaf], points)


def _set_measurement(round: Round, item: Item) -> Change:
    entry, name = entry_of(round, item["team"]), item["name"]
    leaf = leaf_of(round, item["criterion"], Source.MEASUREMENTS)
    value = _figure(item["value"])
    given = Measurement.objects.standing().filter(entry=entry, criterion=leaf, name=name)
    if not given.exists():
        raise Refused(Code.UNKNOWN, format_lazy(_("없는 측정값입니다: {name}"), name=name), name=name)

    def write(reason: str, actor: Actor, now: datetime) -> Measurement:
        standing = given.get()
        return Measurement.objects.create(
            run=standing.run, entry=entry, criterion=leaf, name=name, value=value, supersedes=standing
        )

    return Change(entry, write, [leaf], value)


def _exclude_sheet(round: Round, item: Item) -> Change:
    entry, person = entry_of(round, item["team"]), item["person"]
    given = Sheet.objects.filter(entry=entry, account__username=f"{round.programme.code}.{person}").order_by("-pk")
    if not given.exists():
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("없는 평가표입니다: {person} · {entry}"), person=person, entry=entry),
            name=person,
        )

    def write(reason: str, actor: Actor, now: datetime) -> SheetExclusion:
        facts = {"reason": reason, "by": actor.person(), "at": now}
        # The newest: a correction of the same batch may just have superseded the one before.
        return SheetExclusion.objects.get_or_create(sheet=given[0], defaults=facts)[0]

    return Change(entry, write, list(round.criteria.filter(source=Source.SHEETS)))


def _set_gate(round: Round, item: Item) -> Change:
    entry, gate = entry_of(round, item["team"]), gate_of(round, item["gate"])

    def write(reason: str, actor: Actor, now: datetime) -> Verdict:
        standing = Verdict.objects.standing().filter(gate=gate, entry=entry).first()
        return Verdict.objects.create(
            gate=gate,
            entry=entry,
            verdict=item["verdict"],
            reason=reason,
            decision_id=actor.decision_id(),
            at=now,
            supersedes=standing,
        )

    return Change(entry, write)


_KINDS: Mapping[str, Callable[[Round, Item], Change]] = {
    "set_name": set_name,
    "set_points": _set_points,
    "set_measurement": _set_measurement,
    "exclude_sheet": _exclude_sheet,
    "exclude_responses": excluded_responses,
    "replace_sheet": replaced_sheet,
    "set_gate": _set_gate,
    "break_tie": changed_order,
}
