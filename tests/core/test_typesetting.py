"""Papers: accessible, the same bytes for the same values, and every syllable and Hanja as a glyph of the fonts."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from core.typesetting import pdf

TEMPLATE = "notices/notice.typ"
DATED = datetime(2026, 1, 15, 5, tzinfo=UTC)
SYLLABLES = "".join(map(chr, range(0xAC00, 0xD7A4)))
VALUES: dict[str, Any] = {
    "title": "1차 단계평가 결과 통지",
    "programme": "시험 사업",
    "mark": "예시",
    "legal_basis": "",
    "round": "1차 단계평가",
    "team": "펲쀍뷁 審査",
    "number": "test-stage-1-1-1",
    "announced": "2026년 1월 15일(목) 14:00",
    "arrived": "",
    "outcome": "진출",
    "reason": "다음 단계에 진출합니다.",
    "total": "90.2",
    "most": "100",
    "rank": None,
    "scores": [{"name": "벤치마크 평가", "depth": 0, "most": "40", "points": "33.6"}],
    "gates": [],
    "late_papers": [],
    "replaces": None,
    "changes": [],
    "change_reason": "",
    "waived": "",
    "until": "2026년 1월 26일(월) 24:00까지",
    "grounds": ["절차의 하자"],
    "not_grounds": ["평가 기준"],
    "where": "심사 시스템",
    "on_paper": "서면",
    "officer": "담당",
    "remedies": ["행정심판"],
    "snapshot": 1,
    "digest": "0" * 64,
    "ledger_head": None,
}


def paper(**other: Any) -> bytes:
    return pdf(TEMPLATE, VALUES | other, DATED)


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def text(made: bytes) -> str:
    return "".join(page.extract_text() for page in read(made).pages)


def tags(node: Any) -> list[str]:
    """The kinds of the structure's elements, from the root."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        return [tag for each in node for tag in tags(each)]
    if not isinstance(node, DictionaryObject):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags(node["/K"]) if "/K" in node else [])


def test_the_same_values_give_the_same_bytes():
    assert paper() == paper()
    assert paper() != paper(total="90.3")


def test_it_is_tagged_and_says_that_it_is_accessible():
    made = read(paper())
    root = made.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ko-KR"
    assert made.metadata["/Title"] == "1차 단계평가 결과 통지 · 펲쀍뷁 審査"
    assert made.metadata["/CreationDate"] == "D:20260115050000Z"
    kinds = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= set(kinds)
    assert kinds.count("/H1") == 1


def test_rare_syllables_and_hanja_are_glyphs_of_the_embedded_fonts():
    made = paper()
    assert "펲쀍뷁 審査" in text(made)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]: font.get_object()["/DescendantFonts"][0].get_object()
        for page in read(made).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert set(fonts) == {"PretendardGOV-Regular-Identity-H", "PretendardGOV-Bold-Identity-H"}
    for font in fonts.values():
        assert font["/FontDescriptor"].get_object()["/FontFile3"].get_object().get_data()


def test_a_character_that_no_font_has_is_refused_not_left_out():
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        paper(team="\U00013000")


def test_every_syllable_has_a_glyph():
    """That they all have one follows from the test above: a missing one would be refused."""
    assert len(SYLLABLES) == 11_172
    made = text(paper(reason=SYLLABLES, outcome=SYLLABLES)).replace("\n", "")
    assert set(SYLLABLES) <= set(made)


def test_values_are_never_markup():
    hostile = '#panic("no") *bold* $x$ @ref <b> \\ "'
    assert hostile in text(paper(team=hostile)).replace("\n", " ")


def test_a_moment_as_it_really_is_has_parts_of_a_second():
    assert pdf(TEMPLATE, VALUES, DATED.replace(microsecond=123_456)) == pdf(TEMPLATE, VALUES, DATED)
