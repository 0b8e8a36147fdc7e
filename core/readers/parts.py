"""The parts of a workbook (ECMA-376, part 1): which sheet there is, and the texts that its cells name by their number.

Read as XML and not by a spreadsheet library, because those hand out binary floats: a cell holds the digits of a number.
"""

from xml.etree import ElementTree
from zipfile import ZipFile

from core.readers.packages import Unsafe, member
from core.sentences import say

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def only_sheet(opened: ZipFile) -> str:
    """The member that holds the workbook's sheet. More than one, or a hidden one, could be read for the other."""
    _require_workbook(opened)
    book = tree(opened, "xl/workbook.xml")
    require_main(book, "workbook")
    sheets = book.findall(f"{MAIN}sheets/{MAIN}sheet")
    hidden = [sheet.get("name", "") for sheet in sheets if sheet.get("state", "visible") != "visible"]
    if hidden:
        raise Unsafe(say("숨긴 시트가 있습니다: {hidden}", hidden=hidden[0][:40]))
    if len(sheets) != 1:
        raise Unsafe(say("시트가 하나여야 합니다: {count}개", count=len(sheets)))
    links = {each.get("Id"): each for each in _relations(opened)}
    linked = links.get(sheets[0].get(_LINK))
    return _member_of(linked) if linked is not None else ""


def styles(opened: ZipFile) -> str:
    """The member that holds the formats of cells; empty where there is none."""
    found = [_member_of(each) for each in _relations(opened) if each.get("Type", "").endswith("/styles")]
    return found[0] if found else "xl/styles.xml" if "xl/styles.xml" in opened.namelist() else ""


def shared_texts(opened: ZipFile) -> list[str]:
    """The texts that cells name by their number."""
    if "xl/sharedStrings.xml" not in opened.namelist():
        return []
    return [text_of(each) for each in tree(opened, "xl/sharedStrings.xml").iterfind(f"{MAIN}si")]


def text_of(node: ElementTree.Element) -> str:
    """Its letters, those of a reading aid above them left out."""
    plain = node.findtext(f"{MAIN}t") or ""
    return plain + "".join(run.findtext(f"{MAIN}t") or "" for run in node.iterfind(f"{MAIN}r"))


def xml(opened: ZipFile, name: str) -> bytes:
    """Its bytes, without entities: by them a few bytes of XML become many, and no spreadsheet program writes any."""
    content = member(opened, name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:4]:
        raise Unsafe(say("받지 않는 XML(DOCTYPE 또는 UTF-16)입니다."))
    return content


def tree(opened: ZipFile, name: str) -> ElementTree.Element:
    """A part as a whole."""
    try:
        return ElementTree.fromstring(xml(opened, name))  # noqa: S314 - no entities: see `xml`
    except ElementTree.ParseError as fault:
        raise Unsafe(say("XML이 깨졌습니다: {name}", name=name[:100])) from fault


def require_main(root: ElementTree.Element, name: str) -> None:
    """Refuse a part that is something else, in which nothing would be found."""
    if root.tag.startswith(_STRICT):
        raise Unsafe(say("Strict Open XML 형식은 읽지 않습니다. 'Excel 통합 문서(.xlsx)' 형식으로 저장해 주십시오."))
    if root.tag != f"{MAIN}{name}":
        raise Unsafe(say("읽을 수 있는 엑셀 시트가 아닙니다: {tag}", tag=root.tag.rpartition("}")[2][:40]))


def _require_workbook(opened: ZipFile) -> None:
    names = set(opened.namelist())
    if "xl/workbook.xml" in names:
        return
    open_document = "mimetype" in names and member(opened, "mimetype").startswith(_OPEN_DOCUMENT)
    kind = "ODS" if open_document else "XLSB" if "xl/workbook.bin" in names else ""
    if kind:
        raise Unsafe(say("{kind} 파일은 읽지 않습니다. XLSX나 CSV로 저장해 주십시오.", kind=kind))
    raise Unsafe(say("엑셀 파일(XLSX)이 아닌 압축 파일입니다. XLSX나 CSV로 저장해 주십시오."))


def _relations(opened: ZipFile) -> list[ElementTree.Element]:
    return list(tree(opened, "xl/_rels/workbook.xml.rels").iter(_RELATION))


def _member_of(relation: ElementTree.Element) -> str:
    target = relation.get("Target", "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
