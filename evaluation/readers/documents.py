"""A JSON document, every number an exact decimal, every fault with its path.

The standard allows what cannot be trusted in evidence: a name that is given twice has two values, of which a reader
takes one, and programs write NaN though JSON has no such number. Both are faults here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.readers.faults import Faults
from core.readers.texts import NotText, decoded
from core.sentences import say
from evaluation.readers.figures import MOST_DIGITS, NotAFigure, figure, shown

Value = Mapping[str, "Value"] | Sequence["Value"] | str | Decimal | bool | None
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Number:
    text: str


@dataclass(frozen=True, slots=True)
class _Object:
    pairs: list[tuple[str, Any]]


def document(content: bytes, file: str, faults: Faults) -> Value:
    """The document; None, and a fault, where it is none. Its numbers, names and texts are judged one by one."""
    try:
        text = decoded(content)
        if not text.strip():
            faults.add(file, "", say("빈 파일입니다."))
            return None
        raw = json.loads(
            text, parse_float=_Number, parse_int=_Number, parse_constant=_Number, object_pairs_hook=_Object
        )
    except NotText as fault:
        faults.add(file, "", fault.sentence)
    except json.JSONDecodeError as fault:
        faults.add(
            file,
            say("{line}번째 줄 {letter}번째 글자", line=fault.lineno, letter=fault.colno),
            say("JSON이 아니거나 끝이 잘렸습니다."),
        )
    except RecursionError:
        faults.add(file, "", say("너무 깊이 겹친 JSON입니다."))
    else:
        return _judged(raw, (), file, faults)
    return None


def path(*steps: str | int) -> str:
    """A place as people and programs write it: `results.task["acc,none"]`, `[3].mark`."""
    written = ""
    for step in steps:
        if isinstance(step, int):
            written += f"[{step}]"
        elif step == shown(step) and step.replace("_", "a").replace("-", "a").isalnum():
            written += f".{step}" if written else step
        else:
            written += f'["{shown(step)}"]'
    return written


def _judged(raw: Any, steps: tuple[str | int, ...], file: str, faults: Faults) -> Value:
    if len(steps) > DEEPEST:
        faults.add(file, path(*steps[:3]), say("너무 깊이 겹친 JSON입니다."))
        return None
    if isinstance(raw, _Object):
        return _members(raw, steps, file, faults)
    if isinstance(raw, list):
        return [_judged(each, (*steps, number), file, faults) for number, each in enumerate(raw)]
    try:
        if isinstance(raw, _Number):
            return figure(raw.text, places=MOST_DIGITS)
    except NotAFigure as fault:
        faults.add(file, path(*steps), fault.sentence)
        return None
    return _clean(raw, steps, file, faults) if isinstance(raw, str) else raw


def _members(raw: _Object, steps: tuple[str | int, ...], file: str, faults: Faults) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, each in raw.pairs:
        if name in found:
            faults.add(file, path(*steps, name), say("같은 이름이 두 번 나옵니다."))
            continue
        found[_clean(name, steps, file, faults)] = _judged(each, (*steps, name), file, faults)
    return found


def _clean(text: str, steps: tuple[str | int, ...], file: str, faults: Faults) -> str:
    """A text that can be kept: an escape may stand for half a letter, or for none, which no database takes."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        faults.add(file, path(*steps), say("저장할 수 없는 글자가 있습니다."))
        return ""
    return text
