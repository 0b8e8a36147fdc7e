"""Small workbooks, written part by part: rows of texts and numbers as a spreadsheet program keeps them."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{{sheets}}</sheets></workbook>'
SHEET = '<sheet name="응답" sheetId="1" r:id="rId1"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def cell(column: int, row: int, value: str | int) -> str:
    """A text as itself; a number as the digits that are given."""
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, str) and not value.replace(".", "").isdecimal():
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet(rows: Sequence[Sequence[str | int]], extra: str = "") -> str:
    """A sheet's part; `extra` stands behind its rows."""
    lines = "".join(
        f'<row r="{number}">{"".join(cell(column, number, value) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}{extra}</sheetData></worksheet>'


def workbook(sheet_xml: str, *, sheets: str = SHEET, book: str = BOOK, **more: str | bytes) -> bytes:
    """The package; more members by their names with `__` for a slash and `_` for a dot.

    Where `book` is empty, the part that makes a package a workbook is left out.
    """
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        if book:
            package.writestr("xl/workbook.xml", book.format(sheets=sheets))
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        package.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        for name, part in more.items():
            package.writestr(name.replace("__", "/").replace("_", "."), part)
    return made.getvalue()
