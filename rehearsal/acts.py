"""Events and the operations behind them: each act resolves the names in an event and makes one call.

No rule stands here. A name that does not exist is refused with `unknown` before anything else.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from appeals.operations.applying import apply
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL
from core.actors import machine
from evaluation.models import Enquiry, Entry
from evaluation.operations import conflicts, entries, figures, gates, opening, papers, sheets
from evaluation.queries.lookup import entry_of, gate_of, leaf_of, leaves_of
from evaluation.states import ConflictKind, FindingValue, Source
from evaluation.verbs import ANNOUNCE, BREAK_TIE, DECIDE_GATE, MOVE_END
from rehearsal.appeal_acts import APPEAL_ACTS
from rehearsal.cue import Cue, lookup


def _leaf(cue: Cue, entry: Entry, source: Source) -> Any:
    return leaf_of(entry.round, cue.field("criterion"), source)


def _open_round(cue: Cue) -> None:
    opening.open_round(cue.round(), actor=cue.actor(), now=cue.now)


def _file_document(cue: Cue) -> None:
    papers.file_document(cue.entry(), kind=cue.field("kind"), title=cue.field("title"), actor=cue.actor(), now=cue.now)


def _ask(cue: Cue) -> None:
    papers.ask(cue.entry(), code=cue.field("id"), text=cue.field("text"), actor=cue.actor(), now=cue.now)


def _answer(cue: Cue) -> None:
    asked = {each.code: each for each in Enquiry.objects.filter(round__programme=cue.stage.programme)}
    papers.answer(lookup(asked, cue.field("id"), "질의"), text=cue.field("text"), actor=cue.actor(), now=cue.now)


def _declare_conflict(cue: Cue) -> None:
    conflicts.declare_conflict(
        cue.round(),
        team=cue.team(),
        person=cue.person(),
        kind=ConflictKind(cue.field("kind")),
        reason=cue.field("reason"),
        actor=cue.actor(),
        now=cue.now,
    )


def _record_points(cue: Cue) -> None:
    entry = cue.entry()
    figures.record_points(
        entry,
        criterion=_leaf(cue, entry, Source.DIRECT),
        points=cue.field("points"),
        actor=cue.actor(),
        now=cue.now,
    )


def _record_measurements(cue: Cue) -> None:
    entry = cue.entry()
    figures.record_measurements(
        entry,
        criterion=_leaf(cue, entry, Source.MEASUREMENTS),
        values=cue.field("values"),
        run=cue.field("run"),
        actor=cue.actor(),
        now=cue.now,
    )


def _record_responses(cue: Cue) -> None:
    entry = cue.entry()
    figures.record_responses(
        entry,
        criterion=_leaf(cue, entry, Source.RESPONSES),
        marks=cue.field("marks"),
        batch=cue.field("batch"),
        actor=cue.actor(),
        now=cue.now,
    )


def _submit_sheet(cue: Cue) -> None:
    entry, person = cue.entry(), cue.person()
    given = cue.field("points")
    leaves = leaves_of(entry.round, given, Source.SHEETS)
    points = {leaves[code]: mark for code, mark in given.items()}
    sheets.submit_sheet(
        entry, person=person, points=points, comment=cue.field("comment"), actor=cue.actor(), now=cue.now
    )


def _find(cue: Cue) -> None:
    entry, person = cue.entry(), cue.person()
    gates.find(
        entry,
        gate=gate_of(entry.round, cue.field("gate")),
        person=person,
        finding=FindingValue(cue.field("finding")),
        reason=cue.field("reason"),
        component=cue.field("component"),
        actor=cue.actor(),
        now=cue.now,
    )


def _decide_gate(cue: Cue) -> None:
    entry = cue.entry()
    gate = gate_of(entry.round, cue.field("gate"))
    cue.decide(DECIDE_GATE, cue.round(), gate=gate.code, team=entry.team.code, verdict=cue.field("verdict"))


def _withdraw(cue: Cue) -> None:
    entries.withdraw(cue.entry(), reason=cue.field("reason"), actor=cue.actor(), now=cue.now)


def _break_tie(cue: Cue) -> None:
    order = [entry_of(cue.round(), team).team.code for team in cue.field("order")]
    cue.decide(BREAK_TIE, cue.round(), order=order)


def _announce(cue: Cue) -> None:
    round = cue.round()
    delivered = {entry_of(round, team).team.code: at.isoformat() for team, at in cue.field("delivered").items()}
    cue.decide(ANNOUNCE, cue.round(), disclosure=cue.field("disclosure"), delivered=delivered)


def _authorise_call(cue: Cue) -> None:
    terms = asdict(cue.field("terms"))
    for exception in terms["exceptions"]:
        for kind, known in (("team", cue.stage.teams), ("organisation", cue.stage.organisations)):
            if exception[kind] is not None:
                lookup(known, exception[kind], "지원 예외의 대상")
    cue.decide(
        AUTHORISE_CALL,
        cue.round(),
        call=cue.field("call"),
        seats=cue.field("seats"),
        notice_days=cue.field("notice_days"),
        eligible=list(cue.field("eligible")),
        terms={**terms, "exceptions": list(terms["exceptions"])},
    )


def _move_end(cue: Cue) -> None:
    cue.decide(MOVE_END, cue.round(), ends=cue.field("ends").isoformat())


def _apply(cue: Cue) -> None:
    apply(cue.call(), team=cue.team(), actor=cue.actor(), now=cue.now)


def _sweep(cue: Cue) -> None:
    sweep(actor=machine("rehearsal"), now=cue.now, programme=cue.stage.programme.pk)


ACTS: Mapping[str, Callable[[Cue], None]] = {
    "open_round": _open_round,
    "file_document": _file_document,
    "ask": _ask,
    "answer": _answer,
    "declare_conflict": _declare_conflict,
    "record_points": _record_points,
    "record_measurements": _record_measurements,
    "submit_sheet": _submit_sheet,
    "record_responses": _record_responses,
    "find": _find,
    "decide_gate": _decide_gate,
    "withdraw": _withdraw,
    "break_tie": _break_tie,
    "announce": _announce,
    "authorise_call": _authorise_call,
    "move_end": _move_end,
    "apply": _apply,
    "sweep": _sweep,
    **APPEAL_ACTS,
}
