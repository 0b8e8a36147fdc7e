"""A JSON document, every number an exact decimal, every fault with its path.

The standard allows what cannot be trusted in evidence: a name that is given twice has two values, of which a reader
takes one, and programs write NaN though JSON has no such number. Both are faults here. Of a file that is read in part
only, a number that cannot be taken is a fault where it is read: the rest is nobody's figure.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.readers.faults import Faults
from core.readers.texts import NotText, decoded
from core.sentences import Sentence, say
from evaluation.readers.figures import MOST_DIGITS, NotAFigure, figure, shown

DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Unfit:
    """A number that is no figure, as it is written, and why it is none."""

    text: str
    why: Sentence


Value = Mapping[str, "Value"] | Sequence["Value"] | str | Decimal | Unfit | bool | None


@dataclass(frozen=True, slots=True)
class _Number:
    text: str


@dataclass(frozen=True, slots=True)
class _Object:
    pairs: list[tuple[str, Any]]


def document(content: bytes, file: str, faults: Faults, *, every_number: bool = True) -> Value:
    """The document; None, and a fault, where it is none. Its numbers, names and texts are judged one by one.

    Without `every_number` one that is no figure stays there as `Unfit`, for whoever reads it.
    """
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
        return _Judge(file, faults, every_number).value(raw, ())
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


def written(said: Value) -> str:
    """The document as JSON again: the names in order, every number digit by digit."""
    if isinstance(said, Mapping):
        members = (f"{json.dumps(name, ensure_ascii=False)}: {written(said[name])}" for name in sorted(said))
        return f"{{{', '.join(members)}}}"
    if isinstance(said, Decimal):
        return format(said, "f")
    if isinstance(said, Unfit):
        return said.text
    if isinstance(said, Sequence) and not isinstance(said, str):
        return f"[{', '.join(map(written, said))}]"
    return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Judge:
    file: str
    faults: Faults
    every_number: bool

    def value(self, raw: Any, steps: tuple[str | int, ...]) -> Value:
        if len(steps) > DEEPEST:
            self.faults.add(self.file, path(*steps[:3]), say("너무 깊이 겹친 JSON입니다."))
            return None
        if isinstance(raw, _Object):
            return self.members(raw, steps)
        if isinstance(raw, list):
            return [self.value(each, (*steps, number)) for number, each in enumerate(raw)]
        if isinstance(raw, _Number):
            return self.number(raw.text, steps)
        return self.clean(raw, steps) if isinstance(raw, str) else raw

    def number(self, text: str, steps: tuple[str | int, ...]) -> Value:
        try:
            return figure(text, places=MOST_DIGITS)
        except NotAFigure as fault:
            if not self.every_number:
                return Unfit(text, fault.sentence)
            self.faults.add(self.file, path(*steps), fault.sentence)
            return None

    def members(self, raw: _Object, steps: tuple[str | int, ...]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, each in raw.pairs:
            if name in found:
                self.faults.add(self.file, path(*steps, name), say("같은 이름이 두 번 나옵니다."))
                continue
            found[self.clean(name, steps)] = self.value(each, (*steps, name))
        return found

    def clean(self, text: str, steps: tuple[str | int, ...]) -> str:
        """A text that can be kept: an escape may stand for half a letter, or for none, which no database takes."""
        if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            self.faults.add(self.file, path(*steps), say("저장할 수 없는 글자가 있습니다."))
            return ""
        return text
