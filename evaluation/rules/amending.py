"""Changing criteria that teams were told of: what may change, the documents that follow, and what differs.

Codes, the tree and where values come from stay as they were: values have been given under them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from core import points
from core.sentences import marked
from evaluation.rules.criterion import AGGREGATES
from evaluation.rules.document import Document
from evaluation.rules.fault import Fault
from evaluation.rules.scales import KINDS

FACTOR: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6}|/[0-9]{0,8}[1-9][0-9]{0,8})?", re.ASCII)
COUNT: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
QUORUM: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
LONGEST_NAME: Final = 200
CALLED: Final[Mapping[str, str]] = {
    "name_ko": marked("항목명"),
    "name_en": marked("영문 항목명"),
    "points": marked("배점"),
    "aggregate": marked("집계"),
    "trim": marked("제외 개수"),
    "quorum": marked("최소 값 수"),
    "scale": marked("환산"),
    "factor": marked("환산 계수"),
    "targets": marked("목표값"),
    "places": marked("소수 자릿수"),
}
FIELDS: Final = tuple(CALLED)
"""What may change of a criterion, in the order in which it is shown."""

Changes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One fact of a criterion that differs between two versions, as text; None where there is none.

    `field` is one of `FIELDS`, or `target:` with the code of a team.
    """

    criterion: str
    field: str
    before: str | None
    after: str | None


def amended(documents: Sequence[Document], changes: Changes) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The documents with the changes made (criterion -> field -> new value), and what of the changes cannot be read."""
    made = {document["code"]: deepcopy(dict(document)) for document in documents}
    faults = [Fault(code, "not_in_the_round") for code in changes if code not in made]
    for code, fields in changes.items():
        if code in made:
            faults += _amend(made[code], fields)
    return list(made.values()), faults


def with_targets(documents: Sequence[Document], team: str, targets: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    """The documents with the targets of one more team (criterion -> value), every other word as it was."""
    made = [deepcopy(dict(document)) for document in documents]
    for document in made:
        if document["code"] in targets:
            every = {**document["scale"]["targets"], team: points.plain(targets[document["code"]])}
            document["scale"]["targets"] = dict(sorted(every.items()))
    return made


def differences(before: Sequence[Document], after: Sequence[Document]) -> list[Difference]:
    """What differs, in the order of the criteria and of `FIELDS`."""
    earlier = {document["code"]: flat(document) for document in before}
    found = []
    for document in after:
        was, now = earlier.get(document["code"], {}), flat(document)
        found += [
            Difference(document["code"], name, was.get(name), now.get(name))
            for name in dict.fromkeys((*now, *was))
            if was.get(name) != now.get(name)
        ]
    return found


def flat(document: Document) -> dict[str, str | None]:
    """A document's changeable facts, each as text by its field."""
    scale = document["scale"]
    facts = {
        "name_ko": document["name"]["ko"],
        "name_en": document["name"]["en"],
        "points": document["points"],
        "aggregate": document["aggregate"],
        "trim": str(document["trim"]),
        "quorum": None if document["quorum"] is None else str(document["quorum"]),
        "scale": scale["kind"],
        "factor": scale.get("factor"),
        "places": str(document["places"]),
    }
    return facts | {f"target:{team}": value for team, value in scale.get("targets", {}).items()}


def _amend(document: dict[str, Any], fields: Mapping[str, Any]) -> list[Fault]:
    faults = []
    kind = fields.get("scale", document["scale"]["kind"])
    if _scale(document, kind) and kind != document["scale"]["kind"]:
        document["scale"] = {"kind": kind} | ({"targets": {}} if kind == "share_of_target" else {})
    for name, value in fields.items():
        if name not in _READ:
            faults.append(Fault(document["code"], "field_fixed", _named(name)))
        elif not _READ[name](document, value):
            faults.append(Fault(document["code"], "value_unreadable", _named(name) | {"value": str(value)[:80]}))
    if document["scale"]["kind"] == "linear" and "factor" not in document["scale"] and "factor" not in fields:
        faults.append(Fault(document["code"], "factor_missing"))
    return faults


def _named(field: str) -> dict[str, str]:
    return {"field": field, "called": CALLED.get(field, field)}


def _name(language: str) -> Callable[[dict[str, Any], Any], bool]:
    def put(document: dict[str, Any], value: Any) -> bool:
        fits = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_NAME
        if fits:
            document["name"][language] = value.strip()
        return fits

    return put


def _points(document: dict[str, Any], value: Any) -> bool:
    given = points.figure(value)
    if given is not None:
        document["points"] = points.plain(given)
    return given is not None


def _count(name: str, form: re.Pattern[str]) -> Callable[[dict[str, Any], Any], bool]:
    def put(document: dict[str, Any], value: Any) -> bool:
        fits = not isinstance(value, bool) and form.fullmatch(str(value)) is not None
        if fits:
            document[name] = int(value)
        return fits

    return put


def _quorum(document: dict[str, Any], value: Any) -> bool:
    """None, or nothing, is the least that the aggregate needs."""
    if value is None or value == "":
        document["quorum"] = None
        return True
    return _count("quorum", QUORUM)(document, value)


def _scale(document: dict[str, Any], value: Any) -> bool:
    return isinstance(value, str) and value in KINDS


def _aggregate(document: dict[str, Any], value: Any) -> bool:
    document["aggregate"] = value
    return value in AGGREGATES


def _factor(document: dict[str, Any], value: Any) -> bool:
    fits = document["scale"]["kind"] == "linear" and isinstance(value, str) and FACTOR.fullmatch(value) is not None
    if fits:
        made = Fraction(value)
        document["scale"]["factor"] = f"{made.numerator}/{made.denominator}"
    return fits


def _targets(document: dict[str, Any], value: Any) -> bool:
    if document["scale"]["kind"] != "share_of_target" or not isinstance(value, Mapping):
        return False
    given = {str(team): points.figure(each) for team, each in value.items()}
    known = {team: points.plain(each) for team, each in given.items() if each is not None}
    document["scale"]["targets"] = dict(sorted((document["scale"]["targets"] | known).items()))
    return len(known) == len(given)


_READ: Final[Mapping[str, Callable[[dict[str, Any], Any], bool]]] = {
    "name_ko": _name("ko"),
    "name_en": _name("en"),
    "points": _points,
    "aggregate": _aggregate,
    "trim": _count("trim", COUNT),
    "quorum": _quorum,
    "places": _count("places", COUNT),
    "scale": _scale,
    "factor": _factor,
    "targets": _targets,
}
