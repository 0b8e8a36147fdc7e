"""Rosters by their pages: looked at before anything is registered, and taken out as a file."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook

from consortia.models import Organisation
from consortia.operations.teams import register_organisation
from core.models import Event
from tests.clicking import page, press, said, signed_in
from tests.evaluation.workbooks import sheet, workbook
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

HEAD = "코드,기관명,영문 기관명"
GOOD = f"\ufeff{HEAD}\r\nkaist,한국과학기술원,KAIST\r\norg-a,org-a,org-a\r\n"


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1)


def looked_at(story: Story, content: str | bytes, kind: str = "organisations", **more: Any) -> HttpResponse:
    """The page after a file was chosen and 미리 보기 was pressed."""
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("roster.csv", raw)
    return press(story, "official-1", "import_roster", story.programme, kind=kind, given=file, foresee="1", **more)


def kept(answer: HttpResponse) -> str:
    """The rows that the page keeps for the registration."""
    found = re.search(r'name="looked_at" value="([^"]*)"', said(answer))
    assert found is not None, said(answer)
    return unescape(found[1])


def registered(story: Story, rows: str, kind: str = "organisations") -> HttpResponse:
    return press(story, "official-1", "import_roster", story.programme, kind=kind, looked_at=rows)


def test_a_file_is_looked_at_and_then_registered(story: Story) -> None:
    with unchanged():
        shown = looked_at(story, GOOD)
    assert shown.status_code == 200
    assert "새로 등록할 줄 1개, 이미 있는 줄 1개, 받을 수 없는 줄 0개" in said(shown)
    answer = registered(story, kept(shown))
    assert answer.status_code == 302, said(answer)
    assert Organisation.objects.get(code="kaist").name_ko == "한국과학기술원"
    with unchanged():
        assert registered(story, kept(shown)).status_code == 302


def test_a_workbook_is_read_as_well(story: Story) -> None:
    shown = looked_at(story, workbook(sheet([HEAD.split(","), ["kaist", "한국과학기술원", "KAIST"]])))
    assert "새로 등록할 줄 1개" in said(shown)


def test_members_of_consortia_are_looked_at_and_then_registered(story: Story) -> None:
    table = "팀 코드,기관 코드,역할,부터,까지\na,outside,참여기관,2026-01-01,\nb,org-b,주관기관,,\n"
    with unchanged():
        shown = looked_at(story, table, "members")
    assert "새로 등록할 줄 1개, 이미 있는 줄 1개, 받을 수 없는 줄 0개" in said(shown)
    cells = ["outside", "참여기관", "2026-01-01", "—"]
    line = '<th scope="row">a</th>' + "".join(f'<td class="s-short">{cell}</td>' for cell in cells)
    assert line in re.sub(r">\s+<", "><", said(shown))
    answer = registered(story, kept(shown), "members")
    assert answer.status_code == 302, said(answer)
    assert story.teams["a"].memberships.get(organisation__code="outside").since == date(2026, 1, 1)


def test_lines_that_cannot_be_taken_are_shown_and_keep_all_out(story: Story) -> None:
    with unchanged():
        shown = looked_at(story, f"{GOOD}Bad Code,이름,Name\r\norg-b,딴 이름,Other\r\n")
        assert "받을 수 없는 줄 2개" in said(shown)
        assert "다른 내용으로 이미 등록된 코드입니다: org-b" in said(shown)
        answer = registered(story, kept(shown))
    assert answer.status_code == 400
    assert "4번째 줄: 코드는 소문자나" in said(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "빈 파일입니다"),
        (f"{HEAD}\n", "첫 줄 아래에 등록할 줄이 없습니다"),
        ("코드,이름\na,b\n", "'기관명' 열이 한 번 있어야 합니다"),
        (f"{HEAD},코드\na,b,c,d\n", "'코드' 열이 한 번"),
        (f"{HEAD}\na,b\n", "2번째 줄: 칸이 3개여야 합니다: 2개"),
        (f"{HEAD}\n".encode() + "가,나,다\n".encode("cp949"), "CP949(EUC-KR)"),
        (HEAD + "\n" + "a,b,c\n" * 1001, "1002번째 줄: 한 번에 1,000줄까지"),
        (b"PK\x03\x04 broken", "엑셀 파일(XLSX)이 아니거나"),
    ],
)
def test_a_file_that_is_no_roster_is_told_by_its_place(story: Story, content: str | bytes, words: str) -> None:
    with unchanged():
        answer = looked_at(story, content)
    assert answer.status_code == 400
    assert words in unescape(said(answer))


NUL = r'[[2, "a\u0000", "outside", "참여기관"]]'


@pytest.mark.parametrize("rows", ["", "x", "[]", "[[]]", "{}", '[["a"]]', "[1]", '[[1, "a"]]', "null", NUL])
def test_rows_that_no_preview_showed_are_refused(story: Story, rows: str) -> None:
    with unchanged():
        assert registered(story, rows).status_code == 400


def test_a_new_file_is_looked_at_before_it_is_registered(story: Story) -> None:
    with unchanged():
        file = SimpleUploadedFile("roster.csv", GOOD.encode())
        answer = press(story, "official-1", "import_roster", story.programme, kind="organisations", given=file)
    assert answer.status_code == 400
    assert "먼저 ‘미리 보기’로" in said(answer)


def test_a_roster_is_taken_out_as_csv_and_as_a_workbook(story: Story) -> None:
    formula = {"code": "evil", "name_ko": "=1+1", "name_en": "Evil"}
    register_organisation(story.programme, **formula, actor=SYSTEM, now=NOW)
    answer = press(story, "auditor-1", "export_roster", story.programme, kind="organisations", form="csv")
    assert answer.content.startswith(f"\ufeff{HEAD}\r\nevil,'=1+1,Evil\r\n".encode())
    assert answer.headers["Content-Disposition"] == 'attachment; filename="test-organisations.csv"'
    assert Event.objects.get(verb="export_roster").actor == "test.auditor-1"
    assert "이미 있는 줄 6개" in said(looked_at(story, answer.content)), "what was taken out is what stands"
    answer = press(story, "official-1", "export_roster", story.programme, kind="experts", form="xlsx")
    rows = load_workbook(BytesIO(answer.content)).active.values
    assert list(rows)[:2] == [
        ("코드", "이름", "영문 이름", "소속 기관 코드"),
        ("expert-1", "expert-1", "expert-1", "outside"),
    ]


def test_who_may(story: Story) -> None:
    for verb, allowed in (
        ("import_roster", {"official-1"}),
        ("export_roster", {"official-1", "auditor-1"}),
    ):
        for person in ("official-1", "auditor-1", "operator-1", "expert-1", "a-lead", "reviewer-1"):
            status = signed_in(story, person).get(page(verb, story.programme)).status_code
            assert (status == 200) is (person in allowed), (verb, person)
