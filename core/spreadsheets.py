"""Tables that leave for a spreadsheet: CSV and XLSX of the same cells, none of which a spreadsheet takes for a formula.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be computed when the file is opened, with
whatever somebody typed into a name. An apostrophe before it makes it text. What comes back in is freed of it again.
"""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own letters."""
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[str]]


def neutral(cell: str) -> str:
    """The cell as text and never a formula, without characters that no workbook may hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.startswith(_COMPUTED) else text


def as_meant(cell: str) -> str:
    """The cell without the apostrophe that `neutral` put before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_COMPUTED) else cell


def as_csv(rows: Rows) -> bytes:
    """The rows as CSV that Excel opens in Korean."""
    text = StringIO(newline="")
    csv.writer(text).writerows([neutral(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def as_xlsx(rows: Rows, title: str) -> bytes:
    """The rows as a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()
