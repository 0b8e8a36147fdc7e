"""One cell of a sheet as text: a number by the digits that were typed, a text as it is, and everything else a fault."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from core.readers.faults import Unreadable
from core.readers.parts import MAIN, text_of
from core.readers.typed import as_typed
from core.sentences import say

MOST_TEXT = 200


class Named(NamedTuple):
    """What cells name by a number: texts, and which of the styles show a date."""

    texts: Sequence[str]
    dates: frozenset[int]


class NotACell(Unreadable):
    """What stands in the cell is no number and no text that somebody wrote."""


def said(cell: ElementTree.Element, named: Named) -> str:
    """What somebody wrote into it."""
    if cell.find(f"{MAIN}f") is not None:
        raise NotACell(say("수식이 있는 칸입니다. 값으로 바꾸어 저장해 주십시오."))
    kind, value = cell.get("t", "n"), (cell.findtext(f"{MAIN}v") or "").strip()
    if kind == "d" or (kind == "n" and value and int(cell.get("s", "0")) in named.dates):
        raise NotACell(say("날짜나 시각 서식인 칸입니다. 서식을 바꾸고 숫자나 글로 다시 적어 주십시오."))
    if kind == "s":
        if not value.isdecimal() or int(value) >= len(named.texts):
            raise NotACell(say("없는 글을 가리키는 칸입니다."))
        text = named.texts[int(value)]
    elif kind == "inlineStr":
        found = cell.find(f"{MAIN}is")
        text = "" if found is None else text_of(found)
    elif kind in {"n", "str"}:
        text = as_typed(value) if kind == "n" else value
    else:
        raise NotACell(say("숫자나 글이 아닌 칸입니다."))
    if len(text) > MOST_TEXT:
        raise NotACell(say("{most}자를 넘는 칸입니다.", most=MOST_TEXT))
    return text
