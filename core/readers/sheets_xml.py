"""The parts of a workbook (ECMA-376, part 1): which sheets there are, and a sheet's cells as text.

Read as XML and not by a spreadsheet library, because those hand out binary floats: a cell holds the digits of a number,
and they are taken as they stand. A spreadsheet keeps 15 significant digits of what was typed but may write 17, so that
9.2 stands in the file as 9.1999999999999993; what is beyond the fifteenth digit was never typed, and is rounded away.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from core.readers.packages import Unsafe, member
from core.sentences import say

MOST_COLUMNS = 20
MOST_TEXT = 200
TYPED_DIGITS = 15
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AS_TYPED = Context(prec=TYPED_DIGITS, rounding=ROUND_HALF_EVEN)


def only_sheet(opened: ZipFile) -> str:
    """The member that holds the workbook's sheet. More than one, or a hidden one, could be read for the other."""
    book = _tree(opened, "xl/workbook.xml")
    sheets = book.findall(f"{_SHEET}sheets/{_SHEET}sheet")
    hidden = [sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible"]
    if hidden:
        raise Unsafe(say("숨긴 시트가 있습니다: {hidden}", hidden=hidden[0][:40]))
    if len(sheets) != 1:
        raise Unsafe(say("시트가 하나여야 합니다: {count}개", count=len(sheets)))
    links = {
        each.get("Id"): each.get("Target", "") for each in _tree(opened, "xl/_rels/workbook.xml.rels").iter(_RELATION)
    }
    target = links.get(sheets[0].get(_LINK), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def shared_texts(opened: ZipFile) -> list[str]:
    """The texts that cells name by their number."""
    if "xl/sharedStrings.xml" not in opened.namelist():
        return []
    return [_text_of(each) for each in _tree(opened, "xl/sharedStrings.xml").iterfind(f"{_SHEET}si")]


def rows(opened: ZipFile, name: str, texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each row that has something in it as its number and its cells; a formula or a hidden row is refused by place."""
    for _, node in ElementTree.iterparse(BytesIO(_xml(opened, name))):  # noqa: S314 - no entities: see `_xml`
        if node.tag == f"{_SHEET}col" and node.get("hidden") in {"1", "true"}:
            raise Unsafe(say("숨긴 열이 있습니다."))
        if node.tag != f"{_SHEET}row":
            continue
        number = int(node.get("r") or 0)
        if node.get("hidden") in {"1", "true"}:
            raise Unsafe(say("숨긴 행이 있습니다: {number}행", number=number))
        cells = _cells(node, texts)
        node.clear()
        while cells and not cells[-1].strip():  # a cell that has a border and no content is written all the same
            cells.pop()
        if cells:
            yield number, cells


def _cells(row: ElementTree.Element, texts: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind(f"{_SHEET}c"):
        place = _PLACE.fullmatch(cell.get("r") or "")
        if place is None:
            raise Unsafe(say("칸의 자리가 적혀 있지 않습니다."))
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
        cells.append(_said(cell, texts, place[0]))
    return cells


def _said(cell: ElementTree.Element, texts: list[str], place: str) -> str:
    if cell.find(f"{_SHEET}f") is not None:
        raise Unsafe(say("수식이 있는 칸입니다: {place}. 값으로 바꾸어 저장해 주십시오.", place=place))
    kind, value = cell.get("t", "n"), (cell.findtext(f"{_SHEET}v") or "").strip()
    if kind == "s":
        if not value.isdecimal() or int(value) >= len(texts):
            raise Unsafe(say("없는 글을 가리키는 칸입니다: {place}", place=place))
        said = texts[int(value)]
    elif kind == "inlineStr":
        found = cell.find(f"{_SHEET}is")
        said = "" if found is None else _text_of(found)
    elif kind in {"n", "str"}:
        said = as_typed(value) if kind == "n" else value
    else:
        raise Unsafe(say("숫자나 글이 아닌 칸입니다: {place}", place=place))
    if len(said) > MOST_TEXT:
        raise Unsafe(say("{most}자를 넘는 칸입니다: {place}", most=MOST_TEXT, place=place))
    return said


def as_typed(digits: str) -> str:
    """The number that was typed, where the file holds the 17 digits of the nearest binary one."""
    if not re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", digits):
        return digits
    value = Decimal(digits)
    return format(_AS_TYPED.plus(value).normalize(), "f") if len(value.as_tuple().digits) > TYPED_DIGITS else digits


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _text_of(node: ElementTree.Element) -> str:
    """Its letters, those of a reading aid above them left out."""
    plain = node.findtext(f"{_SHEET}t") or ""
    return plain + "".join(run.findtext(f"{_SHEET}t") or "" for run in node.iterfind(f"{_SHEET}r"))


def _xml(opened: ZipFile, name: str) -> bytes:
    """Its bytes, without entities: by them a few bytes of XML become many, and no spreadsheet program writes any."""
    content = member(opened, name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:4]:
        raise Unsafe(say("받지 않는 XML(DOCTYPE 또는 UTF-16)입니다."))
    return content


def _tree(opened: ZipFile, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(_xml(opened, name))  # noqa: S314
    except ElementTree.ParseError as fault:
        raise Unsafe(say("XML이 깨졌습니다: {name}", name=name[:100])) from fault
