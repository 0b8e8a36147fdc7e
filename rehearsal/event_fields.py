"""The events that can be played and the fields of each, as a table.

What an event names need not exist: to be refused with `unknown` is something a scenario may show. What it says must
have the right shape: a word of a closed list, a number, a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appeals.states import STEP_OF_OUTCOME
from consortia.rules.notice import ELIGIBLE
from evaluation.states import ConflictKind, Disclosure, FindingValue, Ground, VerdictValue
from rehearsal.document import Mapping as Tree
from rehearsal.document import Node, Scalar, Sequence, Unusable
from rehearsal.fields import Field, by_name, each, may, need, record
from rehearsal.scalars import boolean, choice, code, day, label, moment, number, remark, text, whole
from rehearsal.scenario import TermException, Terms

VACANCIES = "vacancies"
TERM_LINES = ("gpu", "data", "designation")


@dataclass(frozen=True)
class Kind:
    """One kind of event: its fields, and how many people act. Two where the two-person rule holds, none in a sweep."""

    fields: tuple[Field, ...]
    hands: int = 1


def seats(node: Node) -> int | str:
    """How many seats a call fills: a number, or the vacancies that there will be."""
    counted = isinstance(node, Scalar) and node.text == VACANCIES
    return VACANCIES if counted else whole()(node)


def exception(node: Node) -> TermException:
    """One written exception to equal support."""
    values = record(node, EXCEPTION)
    if (values["team"] is None) == (values["organisation"] is None):
        raise Unusable(node.line, node.key, "team과 organisation 가운데 하나만 있어야 합니다")
    return TermException(**values)


def plain(node: Node) -> Any:
    """Whatever is written, as text, lists and tables: programmes word their terms in their own way."""
    if isinstance(node, Tree):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else text(node)


def correction(node: Node) -> dict[str, dict[str, Any]]:
    """One correction: a table of one key, which says what is corrected."""
    given = record(node, tuple(may(kind, _item(fields)) for kind, fields in CORRECTIONS.items()))
    stated = {kind: item for kind, item in given.items() if item is not None}
    if len(stated) != 1:
        raise Unusable(node.line, node.key, f"다음 가운데 하나만 있어야 합니다: {', '.join(CORRECTIONS)}")
    return stated


def _item(fields: tuple[Field, ...]) -> Any:
    return lambda node: record(node, fields)


def terms(node: Node) -> Terms:
    """The support terms of a call."""
    return Terms(**record(node, TERMS))


EXCEPTION = (may("team", code), may("organisation", code), need("line", label(64)), need("reason", text))
TERMS = (*(may(line, plain, "") for line in TERM_LINES), may("exceptions", each(exception), ()))

ROUND, TEAM, PERSON, CRITERION = need("round", code), need("team", code), need("person", code), need("criterion", code)
GATE, CALL, REASON, TEXT = need("gate", code), need("call", code), need("reason", text), need("text", text)

APPEAL = need("appeal", code)

CONFLICT, FINDING = need("kind", choice(ConflictKind.values)), need("finding", choice(FindingValue.values))
VERDICT, GROUND = need("verdict", choice(VerdictValue.values)), need("ground", choice(Ground.values))
OUTCOME = need("outcome", choice(tuple(STEP_OF_OUTCOME)))
DISCLOSURE = may("disclosure", choice(Disclosure.values), Disclosure.OUTCOMES.value)

CORRECTIONS: Mapping[str, tuple[Field, ...]] = {
    "set_points": (TEAM, CRITERION, need("points", number)),
    "set_measurement": (TEAM, CRITERION, need("name", label(128)), need("value", number)),
    "exclude_sheet": (PERSON, TEAM),
    "set_gate": (GATE, TEAM, VERDICT),
}

EVENTS: Mapping[str, Kind] = {
    "open_round": Kind((ROUND,)),
    "file_document": Kind((ROUND, TEAM, need("kind", label(64)), need("title", label(300)))),
    "ask": Kind((ROUND, TEAM, need("id", code), TEXT)),
    "answer": Kind((need("id", code), TEXT)),
    "declare_conflict": Kind((ROUND, PERSON, TEAM, CONFLICT, REASON)),
    "record_points": Kind((ROUND, TEAM, CRITERION, need("points", number))),
    "record_measurements": Kind(
        (ROUND, TEAM, CRITERION, need("values", by_name(number, label(128))), may("run", label(64)))
    ),
    "submit_sheet": Kind((ROUND, PERSON, TEAM, need("points", by_name(number)), may("comment", remark, ""))),
    "record_responses": Kind((ROUND, TEAM, CRITERION, need("marks", each(number)), may("batch", label(64)))),
    "find": Kind(
        (ROUND, GATE, TEAM, PERSON, FINDING, REASON, may("component", label(100), "")),
    ),
    "decide_gate": Kind((ROUND, GATE, TEAM, VERDICT, REASON), hands=2),
    "withdraw": Kind((ROUND, TEAM, REASON)),
    "break_tie": Kind((ROUND, need("order", each(code)), REASON), hands=2),
    "announce": Kind(
        (ROUND, DISCLOSURE, may("delivered", by_name(moment), {})),
        hands=2,
    ),
    "authorise_call": Kind(
        (
            CALL,
            ROUND,
            need("seats", seats),
            need("notice_days", whole()),
            need("eligible", each(choice(ELIGIBLE))),
            may("terms", terms, Terms()),
        ),
        hands=2,
    ),
    "waive_appeal": Kind((ROUND, TEAM)),
    "close_appeals_early": Kind((ROUND, REASON), hands=2),
    "file_appeal": Kind((need("id", code), ROUND, TEAM, GROUND, need("statement", text))),
    "admit_appeal": Kind((APPEAL, need("admitted", boolean), REASON)),
    "assign_reviewers": Kind((APPEAL, need("people", each(code)))),
    "withdraw_appeal": Kind((APPEAL,)),
    "decide_appeal": Kind((APPEAL, OUTCOME, REASON, may("corrections", each(correction), ())), hands=2),
    "apply": Kind((CALL, TEAM)),
    "screen_application": Kind((CALL, TEAM, need("eligible", boolean), REASON)),
    "vote_application": Kind((CALL, TEAM, PERSON, need("accept", boolean))),
    "select": Kind((CALL, TEAM, REASON), hands=2),
    "move_end": Kind((ROUND, need("ends", day), REASON), hands=2),
    "sweep": Kind((), hands=0),
}


def acting(hands: int) -> Any:
    """A reader of who acts: one person, or preparer and approver."""

    def people(node: Node) -> tuple[str, ...]:
        found = (code(node),) if isinstance(node, Scalar) else each(code)(node)
        if len(found) != hands:
            needed = "한 사람이어야 합니다" if hands == 1 else "기안자와 결재자, 두 사람의 목록이어야 합니다"
            raise Unusable(node.line, node.key, needed)
        return found

    return people
