"""Workbooks, cell by cell: what somebody typed and can see is taken, everything else is told by its place."""

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.readers.faults import MOST
from core.readers.formats import is_date
from core.readers.typed import NotTyped, as_typed
from tests.evaluation.readers.test_panels import read
from tests.evaluation.workbooks import sheet, workbook

HEAD = ["team", "criterion", "mark"]
ROWS = [HEAD, ["a", "user", "20"]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0.0&quot;day&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[$-412]yyyy&quot;년&quot; m"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)


def row(number: int, mark: str, attributes: str = "") -> str:
    """A row of which the mark's cell is given, without its place."""
    cells = f'<c r="A{number}" t="str"><v>a</v></c><c r="B{number}" t="str"><v>user</v></c>'
    return f'<row r="{number}"{attributes}>{cells}<c r="C{number}" {mark}</row>'


def faults_of(*marks: str, **more: str) -> list[str]:
    """What is told of rows with these marks, which stand from C2 on."""
    made = "".join(row(number, mark) for number, mark in enumerate(marks, start=2))
    return read(workbook(sheet([HEAD], made), **more), "a")[1]


FORMULA = "수식이 있는 칸입니다. 값으로 바꾸어 저장해 주십시오."
NEITHER = "숫자나 글이 아닌 칸입니다."
DATE = "날짜나 시각 서식인 칸입니다. 서식을 바꾸고 숫자나 글로 다시 적어 주십시오."
LONG = "15자리를 넘어 입력한 그대로인지 알 수 없는 숫자입니다: {}. 반올림하거나 글로 적어 주십시오."


@pytest.mark.parametrize(
    ("digits", "typed"),
    [
        ("9.1999999999999993", "9.2"),
        ("0.10000000000000001", "0.1"),
        ("-71.230000000000004", "-71.23"),
        ("9.9999999999999995E-07", "0.000001"),
        ("20.50", "20.50"),
        ("123456789012345", "123456789012345"),
        ("12345678901234500000", "12345678901234500000"),
        ("0.10000000000000000000", "0.10000000000000000000"),
        ("NaN", "NaN"),
    ],
)
def test_what_was_typed_is_taken_back_from_the_binary_number(digits: str, typed: str):
    assert as_typed(digits) == typed


@pytest.mark.parametrize(
    "digits",
    [
        "0.33333333333333331",  # a third, worked out and not typed
        "1234567890123456",
        "12345678901234567",
        "0.12345678901234567891",
        "12345678901234567890",
        "1" * 41,
    ],
)
def test_digits_that_were_not_typed_are_refused_by_their_cell(digits: str):
    shown = digits if len(digits) <= 40 else f"{digits[:40]}…"
    assert faults_of(f"><v>{digits}</v></c>") == [f"a: C2: {LONG.format(shown)}"]


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-12, 12))
@example(0, 0)
def test_whatever_is_typed_comes_back_from_its_seventeen_digits(digits: int, power: int):
    typed = f"{digits}e{power}"
    written = f"{float(typed):.17g}"
    assert float(as_typed(written)) == float(typed)
    assert len(as_typed(written).replace(".", "").replace("-", "").strip("0").split("e")[0]) <= 15


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(1 / 3)
def test_no_binary_number_is_taken_for_another(number: float):
    try:
        assert struct.pack("<d", float(as_typed(f"{number:.17g}"))) == struct.pack("<d", number)
    except NotTyped:
        assert float(f"{number:.15g}") != number


def test_every_bad_cell_is_told_by_its_place_among_the_lines():
    bad = ['t="e"><v>#N/A</v></c>', "><f>1+1</f><v>2</v></c>", 't="b"><v>1</v></c>', 't="s"><v>7</v></c>']
    told = [NEITHER, FORMULA, NEITHER, "없는 글을 가리키는 칸입니다."]
    long, words = f't="str"><v>{"1" * 201}</v></c>', 't="str"><v>x</v></c>'
    assert faults_of(*bad, words, long, "><v>1</v></c>") == [
        *(f"a: C{number}: {each}" for number, each in enumerate(told, start=2)),
        "a: 6번째 줄: 숫자가 아닙니다: x",
        "a: C7: 200자를 넘는 칸입니다.",
    ]


def test_bad_cells_are_told_up_to_the_limit_and_counted():
    faults = faults_of(*['t="e"><v>#N/A</v></c>'] * (MOST + 7))
    assert (len(faults), faults[0], faults[-1]) == (MOST + 1, f"a: C2: {NEITHER}", "외 7건")


def test_under_a_header_with_a_bad_cell_only_cells_are_told():
    head = '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'
    extra = head + row(2, 't="str"><v>x</v></c>') + row(3, 't="e"><v>#N/A</v></c>')
    assert read(workbook(sheet([], extra)), "a") == ([], [f"a: A1: {NEITHER}", f"a: C3: {NEITHER}"])


def test_a_date_is_no_mark():
    marks = [f's="{style}"><v>46000</v></c>' for style in range(5)]
    assert faults_of(*marks, xl__styles_xml=STYLES) == [f"a: C3: {DATE}", f"a: C5: {DATE}"]
    assert faults_of('t="d"><v>2026-01-01</v></c>') == [f"a: C2: {DATE}"]


def test_a_date_s_format_is_no_fault_of_a_text_or_of_nothing():
    rows, faults = read(
        workbook(
            sheet([HEAD], row(2, 's="1" t="str"><v>20</v></c>') + '<row r="3"><c r="C3" s="1"/></row>'),
            xl__styles_xml=STYLES,
        )
    )
    assert (rows, faults) == ([(2, "a", "user", "20")], [])


@pytest.mark.parametrize(
    ("code", "date"),
    [
        *((code, True) for code in ("yyyy-mm-dd", "m/d", "h:mm", "[h]:mm", "[SS]", "aaaa", "[$-412]AM/PM h", "0;d")),
        *((code, True) for code in ('0"x"s', "ggge")),
        *((code, False) for code in ("General", "G/표준", "0.00", "0.00E+00", "#,##0;[Red]-#,##0", "@", '0"days"')),
        *((code, False) for code in (r"0\d", "_d0", "0*s", "[$₩-412]#,##0", "[Blue][>=10]0", '"unclosed day')),
    ],
)
def test_formats_of_dates_are_known_by_their_letters(code: str, date: bool):
    assert is_date(code) is date


HIDDEN_ROW, HIDDEN_COLUMN = "숨긴 행이 있습니다: 2행", "숨긴 열이 있습니다."
BY_DEFAULT = "행이나 열을 따로 정하지 않으면 숨기는 시트입니다. 숨기기를 취소하고 저장해 주십시오."
OUTSIDE = "표 밖에 숨은 행이 있습니다."


def before(part: str) -> str:
    """The sheet with another part before its rows."""
    return sheet(ROWS).replace("<sheetData>", f"{part}<sheetData>")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        *(
            (sheet([HEAD], row(2, "><v>1</v></c>", f" {how}")), HIDDEN_ROW)
            for how in ('hidden="1"', 'hidden="true"', 'hidden="on"', 'ht="0" customHeight="1"', 'ht="0.0"', 'ht="x"')
        ),
        *(
            (before(f'<cols><col min="3" max="3" {how}/></cols>'), HIDDEN_COLUMN)
            for how in ('hidden="1"', 'hidden="on"', 'width="0" customWidth="1"')
        ),
        *(
            (before(f"<sheetFormatPr {how}/>"), BY_DEFAULT)
            for how in ('zeroHeight="1"', 'zeroHeight="true"', 'defaultRowHeight="0"', 'defaultColWidth="0"')
        ),
        (before(f"<extLst><ext>{row(9, '><v>7</v></c>')}</ext></extLst>"), OUTSIDE),
        (sheet(ROWS, f'<row r="3">{row(4, "><v>7</v></c>")}</row>'), OUTSIDE),
    ],
)
def test_what_nobody_sees_refuses_the_workbook(made: str, told: str):
    assert read(workbook(made), "a") == ([], [f"a: {told}"])


def test_what_is_said_to_be_shown_is_taken():
    shown = (
        '<sheetFormatPr defaultRowHeight="15" zeroHeight="0"/><cols><col min="1" max="3" width="9" hidden="0"/></cols>'
    )
    assert read(workbook(before(shown))) == ([(2, "a", "user", "20")], [])
    assert read(workbook(sheet([HEAD], row(2, "><v>1</v></c>", ' hidden="false" ht="15"'))))[1] == []


def test_a_row_without_a_number_is_the_one_after_the_row_before():
    extra = row(5, "><v>1</v></c>") + row(6, "><v>2</v></c>").replace('<row r="6">', "<row>")
    assert read(workbook(sheet([HEAD], extra))) == ([(5, "a", "user", "1"), (6, "a", "user", "2")], [])


@pytest.mark.parametrize("number", ["1", "2", "0", "x", "-3", "99999999"])
def test_a_row_s_number_that_is_repeated_goes_back_or_is_none_is_refused(number: str):
    told = f"a: 행 번호가 앞 행보다 크지 않거나 번호가 아닙니다: {number}"
    assert read(workbook(sheet(ROWS, f'<row r="{number}"/>')), "a") == ([], [told])


def test_a_cell_that_says_another_row_is_refused():
    made = workbook(sheet(ROWS, '<row r="3"><c r="A9"><v>1</v></c></row>'))
    assert read(made, "a") == ([], ["a: 칸의 자리가 3행에 있지 않습니다: A9"])


STRICT = sheet(ROWS).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
ODS = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content_xml": "<a/>"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "암호가 걸렸거나 옛 형식(XLS)인 엑셀 파일로 보입니다. 암호 없이 XLSX로 저장해 주십시오.",
        ),
        (workbook("", book="", **ODS), "ODS 파일은 읽지 않습니다. XLSX나 CSV로 저장해 주십시오."),
        (workbook("", book="", xl__workbook_bin="x"), "XLSB 파일은 읽지 않습니다. XLSX나 CSV로 저장해 주십시오."),
        (workbook("", book=""), "엑셀 파일(XLSX)이 아닌 압축 파일입니다. XLSX나 CSV로 저장해 주십시오."),
        (
            workbook(STRICT),
            "Strict Open XML 형식은 읽지 않습니다. 'Excel 통합 문서(.xlsx)' 형식으로 저장해 주십시오.",
        ),
        (workbook(f'<chartsheet xmlns="{MAIN}"/>'), "읽을 수 있는 엑셀 시트가 아닙니다: chartsheet"),
    ],
)
def test_another_kind_of_file_is_told_by_what_it_is(body: bytes, told: str):
    assert read(body, "a") == ([], [f"a: {told}"])
