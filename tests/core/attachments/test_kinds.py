import struct
import zipfile
from io import BytesIO

import pytest

from core.attachments import kinds
from core.attachments.kinds import kind_of
from core.models.attachment import Kind
from tests.files import COMPOUND, DOCX, HWP, HWPX, JPEG, PDF, PNG, XLSX, office, package


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, Kind.PDF),
        (PNG, Kind.PNG),
        (JPEG, Kind.JPEG),
        (HWP, Kind.HWP),
        (HWPX, Kind.HWPX),
        (DOCX, Kind.DOCX),
        (XLSX, Kind.XLSX),
    ],
)
def test_a_file_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"#!/bin/sh\n",
        b"<html><script>",
        b"<svg xmlns=''>",
        b"GIF89a",
        b" %PDF-1.7",
        COMPOUND + bytes(600),
        COMPOUND + b"HWP Document File",
        HWP[1:],
    ],
)
def test_whatever_else_is_nothing(content):
    assert kind_of(content) is None


@pytest.mark.parametrize(
    "content",
    [
        package(a_txt="a"),
        package(word__document_xml="<w/>"),
        office(a_txt="a"),
        office(word__document_xml="<w/>", word__vbaProject_bin="macro"),
        office(xl__workbook_xml="<x/>", xl__VBAPROJECT_BIN="macro"),
        package(mimetype="application/epub+zip"),
        b"PK\x03\x04" + bytes(40),
        DOCX[:-10],
    ],
)
def test_a_package_that_is_none_of_these_is_nothing(content):
    assert kind_of(content) is None


def test_a_package_that_unpacks_to_too_much_is_nothing(monkeypatch):
    content = office(word__document_xml=bytes(2_000_000))
    assert len(content) < 10_000
    assert kind_of(content) == Kind.DOCX
    monkeypatch.setattr(kinds, "MOST_UNPACKED", 1_999_999)
    assert kind_of(content) is None


def test_a_directory_that_claims_too_much_is_not_read():
    at = DOCX.rfind(b"PK\x05\x06")
    content = bytearray(DOCX)
    content[at + 12 : at + 16] = struct.pack("<I", kinds.MOST_DIRECTORY + 1)
    assert kind_of(bytes(content)) is None


def test_a_package_of_the_large_format_is_nothing():
    at = DOCX.rfind(b"PK\x05\x06")
    assert kind_of(DOCX[:at] + b"PK\x06\x07" + bytes(16) + DOCX[at:]) is None


def test_a_package_with_a_secret_is_nothing():
    made = BytesIO(DOCX)
    with zipfile.ZipFile(made) as archive:
        at = archive.start_dir
    content = bytearray(DOCX)
    content[at + 8] |= 1  # the flag in the directory's first entry
    assert kind_of(bytes(content)) is None
