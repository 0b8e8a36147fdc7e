"""Rows of a user panel out of tables: in any order of columns, every bad line by its number, and no line guessed at."""

import tracemalloc
from io import BytesIO
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.readers import workbook
from core.readers.comma_separated import LONGEST_LINE
from core.readers.faults import MOST, Faults
from evaluation.readers import uploads
from tests.evaluation.workbooks import SHEET, sheet
from tests.evaluation.workbooks import workbook as book

ROWS = [["팀", "항목", "점수"], ["a", "user", "20.5"], ["b", "user", "21"]]


def read(body: bytes, name: str = "a.csv") -> tuple[list[tuple], list[str]]:
    faults = Faults()
    rows = [(row.place, row.team, row.criterion, str(row.mark)) for row in uploads.panel(BytesIO(body), name)(faults)]
    return rows, [str(each) for each in faults.sentences()]


@pytest.mark.parametrize(
    "body",
    [
        b"team,criterion,mark\na,user,20.50\n",
        b"\xef\xbb\xbfTeam,Criterion,MARK\r\na,user,20.50\r\n",
        b"mark,team,criterion,note\n20.50,a,user,x\n",
        "점수,팀,항목\n20.50,a,user".encode(),
        b'"team","criterion","mark"\n"a","user"," 20.50 "\n',
        b"\n\nteam,criterion,mark\n\na,user,20.50\n\n",
    ],
)
def test_the_same_row_in_every_form(body):
    rows, faults = read(body)
    assert ([row[1:] for row in rows], faults) == ([("a", "user", "20.50")], [])


@pytest.mark.parametrize(
    ("line", "told_of"),
    [
        (b"a,user", "칸이 3개여야 하는데 2개"),
        (b"a,user,1,2", "칸이 3개여야 하는데 4개"),
        (b"a,user,", "숫자가 아닙니다: “”"),
        (b"a,user,NaN", "숫자가 아닙니다: NaN"),
        (b"a,user,inf", "숫자가 아닙니다: inf"),
        (b"a,user,1e400", "40자리를 넘는"),
        (b"a,user,-0", "음수 0"),
        (b"a,user,-1", "0보다 작을 수 없습니다"),
        (b"a,user," + b"1" * 41, "40자리를 넘는"),
        (b"a,user,=1+1", "숫자가 아닙니다: =1+1"),
        (b'a,user,"1', "따옴표가 맞지 않습니다"),
        (b'a,"us"er,1', "따옴표가 맞지 않습니다"),
        (b"a,user,1\r2", "줄바꿈(CR)"),
        (b"a,us\0er,1", "NUL"),
        (b"a,user,\xb0\xa1", "CP949"),
        (b"a,user,\xff\xfe", "UTF-8 글자가 아닙니다"),
        (b"x" * (LONGEST_LINE + 1), "1000바이트를 넘습니다"),
    ],
)
def test_a_bad_line_is_told_by_its_number(line, told_of):
    rows, faults = read(b"team,criterion,mark\na,user,1\n" + line + b"\n")
    assert [row[0] for row in rows] == [2]
    assert faults[0].startswith("a.csv: 3번째 줄: ")
    assert told_of in faults[0]


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        (b"", "빈 파일입니다"),
        (b"\xef\xbb\xbf", "빈 파일입니다"),
        (b"\n\n", "빈 파일입니다"),
        (b"a,user,1\n", "열이 없습니다"),
        (b"team,team,criterion,mark\n", "열이 여러 번 있습니다"),
        ("팀,항목,점수\n".encode("cp949"), "CP949"),
        ("팀,항목,점수\n".encode("utf-16"), "UTF-16"),
        ("team,criterion,mark\n".encode("utf-16-be"), "NUL"),
    ],
)
def test_what_is_no_table_is_told_once(body, told_of):
    rows, faults = read(body)
    assert (rows, len(faults), told_of in faults[0]) == ([], 1, True)


def test_reading_goes_on_after_a_line_that_is_no_text_or_too_long():
    body = b"team,criterion,mark\na,user,\xff\n" + b"x" * 5000 + b"\na,user,1\r\n" + b"a,user,x\n"
    assert read(body) == (
        [(4, "a", "user", "1")],
        [
            "a.csv: 2번째 줄: UTF-8 글자가 아닙니다. UTF-8로 저장해 주십시오.",
            "a.csv: 3번째 줄: 줄이 1000바이트를 넘습니다.",
            "a.csv: 5번째 줄: 숫자가 아닙니다: x",
        ],
    )


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_a_line_of_the_greatest_length_is_taken_whatever_ends_it(ending):
    line = b"a,user,1".ljust(LONGEST_LINE)
    assert read(b"team,criterion,mark\n" + line + ending) == ([(2, "a", "user", "1")], [])
    assert read(b"team,criterion,mark\n" + line + b" " + ending) == (
        [],
        ["a.csv: 2번째 줄: 줄이 1000바이트를 넘습니다."],
    )


@pytest.mark.parametrize("lines", [1, 200])
def test_line_ends_of_an_old_macintosh_are_told_however_long_the_file_is(lines):
    assert read(b"team,criterion,mark\r" + b"a,user,1\r" * lines) == (
        [],
        ["a.csv: 1번째 줄: 줄 끝이 아닌 곳에 줄바꿈(CR)이 있습니다."],
    )


@pytest.mark.parametrize("blank", [",,", " , ,", "\u3000,\t,", '"","",', ",,,,,"])
def test_a_line_of_commas_is_blank(blank):
    body = f"{blank}\nteam,criterion,mark\na,user,1\n{blank}\nb,user,2\n{blank}\n".encode()
    assert read(body) == ([(3, "a", "user", "1"), (5, "b", "user", "2")], [])


def test_faults_are_told_up_to_a_limit_and_counted():
    _, faults = read(b"team,criterion,mark\n" + b"a,user,x\n" * (MOST + 7))
    assert (len(faults), faults[-1]) == (MOST + 1, "외 7건")


class Endless:
    """A table of so many lines, made as they are read."""

    def __init__(self, lines: int) -> None:
        self.lines = lines

    def seek(self, place: int) -> None:
        self.left = count()

    def read(self, size: int) -> bytes:
        return b"te"

    def readline(self, size: int) -> bytes:
        number = next(self.left)
        if number == 0:
            return b"team,criterion,mark\n"
        return b"team-%d,user,%d.5\n" % (number % 1000, number % 100) if number <= self.lines else b""


def test_no_more_than_a_few_lines_are_held():
    faults = Faults()
    tracemalloc.start()
    try:
        assert sum(1 for _ in uploads.panel(Endless(50_000), "a.csv")(faults)) == 50_000
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=200))
@example(b"team,criterion,mark\n\x1c,\x85,1\n")
@example(b",,")
@settings(max_examples=150)
def test_any_bytes_are_rows_or_faults(junk):
    for body in (junk, b"team,criterion,mark\n" + junk):
        rows, faults = read(body) if not body.startswith(b"PK") else ([], ["-"])
        assert rows or faults or body is not junk


def test_a_workbook_is_read_as_its_cells_stand():
    rows, faults = read(book(sheet(ROWS)), "a.xlsx")
    assert (rows, faults) == ([(2, "a", "user", "20.5"), (3, "b", "user", "21")], [])


def test_cells_that_only_have_a_border_are_none():
    bordered = '<row r="4"><c r="A4" s="1"/><c r="D4" s="1"/></row><row r="5"><c r="F5" s="1"/></row>'
    rows, faults = read(book(sheet([[*ROWS[0], ""], ["a", "user", "20.5", "", ""]], bordered)), "a.xlsx")
    assert (rows, faults) == ([(2, "a", "user", "20.5")], [])


def test_what_was_typed_is_taken_and_not_the_binary_number_that_stands_for_it():
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'
    cells = '<c r="A9" t="s"><v>0</v></c><c r="B9" t="str"><v>user</v></c><c r="C9"><v>9.1999999999999993</v></c>'
    rows, faults = read(book(sheet(ROWS[:1], f'<row r="9">{cells}</row>'), xl__sharedStrings_xml=shared))
    assert (rows, faults) == ([(9, "a", "user", "9.2")], [])


HIDDEN = SHEET.replace("/>", ' state="veryHidden"/>')
BOMB = b"0" * (21 * 1024 * 1024)


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        (b"PK", "끝이 잘렸습니다"),
        (b"PK\x03\x04" + b"x" * 100, "끝이 잘렸습니다"),
        (book(sheet(ROWS))[:-30], "끝이 잘렸습니다"),
        (book(sheet(ROWS)).replace(b"PK\x01\x02", b"PK\x01\x03"), "깨졌거나"),
        (book(sheet(ROWS), xl__media__a_bin=BOMB), "20MB를 넘는"),
        (book(sheet(ROWS), xl__media__a_bin=BOMB[: 10 * 1024 * 1024]), "100배 넘게"),
        (book(sheet(ROWS), **{f"x__{number}_xml": "" for number in range(100)}), "100개를 넘습니다"),
        (book(sheet(ROWS), sheets=HIDDEN), "숨긴 시트가 있습니다: 응답"),
        (book(sheet(ROWS), sheets=SHEET * 2), "시트가 하나여야"),
        (book(sheet(ROWS, '<row r="4" hidden="1"/>')), "숨긴 행이 있습니다: 4행"),
        (book(sheet(ROWS, '<row r="4"><c><v>7</v></c></row>')), "칸의 자리가 적혀 있지 않습니다"),
        (book("<worksheet"), "깨진 엑셀 파일"),
        (book('<!DOCTYPE a [<!ENTITY b "c">]>' + sheet(ROWS)), "DOCTYPE"),
        (book(sheet([ROWS[0], *([["a", "user", "1"]] * 20_001)])), "20,000개를 넘습니다"),
    ],
)
def test_a_workbook_that_is_refused_says_why(body, told_of):
    rows, faults = read(body, "a.xlsx")
    assert (rows, len(faults)) == ([], 1)
    assert told_of in faults[0]


def test_a_workbook_that_takes_too_long_ends_in_a_sentence(monkeypatch):
    monkeypatch.setattr(workbook, "SECONDS", 0.001)
    assert "너무 오래" in read(book(sheet(ROWS)))[1][0]


def test_a_workbook_that_takes_too_much_memory_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch):
    """20,000 rows need more than what is left to the child here, and less than it has otherwise."""
    content = book(sheet([["팀", "항목", "점수"], *[["a", "user", 20]] * 19_999]))
    assert (len(read(content, "a.xlsx")[0]), read(content, "a.xlsx")[1]) == (19_999, [])
    monkeypatch.setattr(workbook, "MEMORY", 16 * 1024 * 1024)
    rows, faults = read(content, "a.xlsx")
    assert rows == []
    assert ["메모리나 시간이 너무 많이" in each for each in faults] == [True]


@given(st.binary(min_size=1, max_size=8), st.integers(0, 1500))
@settings(max_examples=10, deadline=None)
def test_a_damaged_workbook_is_faults_and_never_an_error(junk, at):
    whole = book(sheet(ROWS))
    at %= len(whole)
    rows, faults = read(b"PK" + (whole[:at] + junk + whole[at + len(junk) :])[2:], "a.xlsx")
    assert rows or faults
