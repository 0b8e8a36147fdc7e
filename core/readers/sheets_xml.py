"""A sheet's rows (ECMA-376, part 1, 18.3): its cells as text, each that cannot be taken by its place.

What a reader of the sheet does not see on the screen is not taken from it: hidden rows and columns refuse the whole.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

from core.readers.cells import Named, said
from core.readers.faults import Unreadable
from core.readers.packages import Unsafe
from core.readers.parts import MAIN, require_main, xml
from core.sentences import Sentence, say

MOST_COLUMNS = 20
_ROW = f"{MAIN}row"
_TABLE = [f"{MAIN}worksheet", f"{MAIN}sheetData"]
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


class Row(NamedTuple):
    """A row by its number. What cannot be taken of it stands in `faults`, by the place of its cell."""

    number: int
    cells: list[str]
    faults: list[tuple[str, Sentence]]


def rows(opened: ZipFile, name: str, named: Named) -> Iterator[Row]:
    """Each row that has something in it, in the order of their numbers."""
    above: list[ElementTree.Element] = []
    number = 0
    for event, node in ElementTree.iterparse(BytesIO(xml(opened, name)), ("start", "end")):  # noqa: S314 - see `xml`
        if event == "start":
            if not above:
                require_main(node, "worksheet")
            elif node.tag == _ROW:
                number = _numbered(node, above, number)
            else:
                _require_shown(node)
            above.append(node)
            continue
        above.pop()
        if node.tag == _ROW:
            row = _read(node, number, named)
            above[-1].clear()
            if row.cells or row.faults:
                yield row


def _numbered(row: ElementTree.Element, above: list[ElementTree.Element], before: int) -> int:
    """The row's number: the one after the row before where it says none. Refused: a row that nobody sees."""
    if [each.tag for each in above] != _TABLE:
        raise Unsafe(say("표 밖에 숨은 행이 있습니다."))
    given = row.get("r", str(before + 1)).strip()
    if not _NUMBER.fullmatch(given) or int(given) <= before:
        raise Unsafe(say("행 번호가 앞 행보다 크지 않거나 번호가 아닙니다: {number}", number=given[:20]))
    if _is_hidden(row.get("hidden")) or _is_nothing(row.get("ht")):
        raise Unsafe(say("숨긴 행이 있습니다: {number}행", number=given))
    return int(given)


def _require_shown(node: ElementTree.Element) -> None:
    if node.tag == f"{MAIN}col" and (_is_hidden(node.get("hidden")) or _is_nothing(node.get("width"))):
        raise Unsafe(say("숨긴 열이 있습니다."))
    if node.tag == f"{MAIN}sheetFormatPr" and (
        _is_hidden(node.get("zeroHeight"))
        or _is_nothing(node.get("defaultRowHeight"))
        or _is_nothing(node.get("defaultColWidth"))
    ):
        raise Unsafe(say("행이나 열을 따로 정하지 않으면 숨기는 시트입니다. 숨기기를 취소하고 저장해 주십시오."))


def _is_hidden(answer: str | None) -> bool:
    """Programs differ in which words they take for yes: only what all of them take for no shows something."""
    return answer is not None and answer.strip() not in {"0", "false"}


def _is_nothing(size: str | None) -> bool:
    """Whether a height or a width leaves nothing to be seen."""
    try:
        return size is not None and not Decimal(size.strip()) > 0
    except InvalidOperation:
        return True


def _read(row: ElementTree.Element, number: int, named: Named) -> Row:
    cells: list[str] = []
    faults: list[tuple[str, Sentence]] = []
    for cell in row.iterfind(f"{MAIN}c"):
        place = _PLACE.fullmatch(cell.get("r") or "")
        if place is None:
            raise Unsafe(say("칸의 자리가 적혀 있지 않습니다."))
        if int(place[2]) != number:
            raise Unsafe(say("칸의 자리가 {number}행에 있지 않습니다: {place}", number=number, place=place[0]))
        column = _column(place[1])
        if column < len(cells) or column >= MOST_COLUMNS:
            raise Unsafe(
                say(
                    "열이 {most}개를 넘거나 차례가 맞지 않습니다: {place}",
                    most=MOST_COLUMNS,
                    place=place[0],
                )
            )
        cells += [""] * (column - len(cells))
        try:
            cells.append(said(cell, named))
        except Unreadable as fault:
            cells.append("")
            faults.append((place[0], fault.sentence))
    while cells and not cells[-1].strip():  # a cell that has a border and no content is written all the same
        cells.pop()
    return Row(number, cells, faults)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
