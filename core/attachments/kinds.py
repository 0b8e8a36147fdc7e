"""What a file is, told by its content: neither its name nor what its sender said of it is believed."""

import zipfile
from io import BytesIO

from core.models.attachment import MOST_BYTES, Kind
from core.readers.directories import BROKEN, any_encrypted, directory

EXTENSIONS = {
    Kind.PDF: (".pdf",),
    Kind.HWP: (".hwp",),
    Kind.HWPX: (".hwpx",),
    Kind.DOCX: (".docx",),
    Kind.XLSX: (".xlsx",),
    Kind.PNG: (".png",),
    Kind.JPEG: (".jpg", ".jpeg"),
}
"""A file's name must end as its content says: the reader's machine chooses the program by the name."""

MOST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 10 * MOST_BYTES
"""A package whose directory is larger, or that unpacks to more, is made to exhaust whoever opens it."""

_LEADING = ((b"%PDF-", Kind.PDF), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"\xff\xd8\xff", Kind.JPEG))
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


def kind_of(content: bytes) -> Kind | None:
    """The kind of the file with this content; None for what is not taken in.

    A compound file is a HWP document only with that format's own header: old Word and Excel files begin in the same
    way. A zip package is told by what is in it; one with macros, encrypted members or too much in it is nothing.
    """
    for leading, kind in _LEADING:
        if content.startswith(leading):
            return kind
    if content.startswith(_COMPOUND):
        hwp = b"HWP Document File" in content and "FileHeader".encode("utf-16-le") in content
        return Kind.HWP if hwp else None
    return _packaged(content) if content.startswith(_ZIP) and _has_small_directory(content) else None


def _has_small_directory(content: bytes) -> bool:
    """Whether the package's directory can be read at no risk: reading it takes memory for each entry that it claims."""
    found = directory(content)
    return found is not None and not found.is_64 and found.size <= MOST_DIRECTORY


def _packaged(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _told_by_members(package) if _is_harmless(package) else None
    except BROKEN:
        return None


def _is_harmless(package: zipfile.ZipFile) -> bool:
    members = package.infolist()
    return (
        not any_encrypted(members)
        and not any(member.filename.lower().endswith("vbaproject.bin") for member in members)
        and sum(member.file_size for member in members) <= MOST_UNPACKED
    )


def _told_by_members(package: zipfile.ZipFile) -> Kind | None:
    names = set(package.namelist())
    if "mimetype" in names:
        with package.open("mimetype") as said:
            return Kind.HWPX if said.read(64).strip() == Kind.HWPX.encode() else None
    if "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return Kind.DOCX
    return Kind.XLSX if "xl/workbook.xml" in names else None
