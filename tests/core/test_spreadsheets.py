"""Tables for spreadsheets: what a spreadsheet would compute is text, and comes back as it was."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.spreadsheets import as_csv, as_meant, as_xlsx, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+82", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_a_cell_that_would_be_computed_is_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert as_meant(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["", "기관", "a=b", "'quoted'", "1-2", "'"])
def test_any_other_cell_stays(cell: str) -> None:
    assert (neutral(cell), as_meant(cell)) == (cell, cell)


def test_characters_that_no_workbook_holds_are_left_out() -> None:
    assert neutral("a\x00b\x0bc") == "abc"
    assert neutral("\x00=1") == "'=1", "what is left out hides no formula"


def test_csv_begins_with_the_mark_that_excel_looks_for() -> None:
    assert as_csv([["코드", "이름"], ["a", '=1,"x"']]) == '\ufeff코드,이름\r\na,"\'=1,""x"""\r\n'.encode()


def test_a_workbook_has_texts_and_no_formula() -> None:
    sheet = load_workbook(BytesIO(as_xlsx([["코드"], ["=1+1"]], "people"))).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows()] == [("코드", "s"), ("'=1+1", "s")]
