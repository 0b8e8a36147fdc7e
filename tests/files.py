"""Small files of every kind that is taken in, and uploads of them."""

import zipfile
from io import BytesIO

from django.core.files.base import ContentFile, File

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
JPEG = b"\xff\xd8\xff\xe0" + bytes(8)
HWP = COMPOUND + bytes(504) + "FileHeader".encode("utf-16-le") + bytes(20) + b"HWP Document File" + bytes(15)


def package(**members: bytes | str) -> bytes:
    """A zip package; a member's name is written with `__` for a slash and `_` for a dot."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def office(**members: bytes | str) -> bytes:
    """A package of the newer Office formats: its members, and the list of their kinds."""
    made = BytesIO(package(**members))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return made.getvalue()


DOCX = office(word__document_xml="<w/>")
XLSX = office(xl__workbook_xml="<x/>")
HWPX = package(mimetype="application/hwp+zip", Contents__header_xml="<h/>")


def upload(content: bytes = PDF, name: str = "이유서.pdf") -> "File[bytes]":
    """A file as a door hands it on."""
    file = ContentFile(content)
    file.name = name
    return file
