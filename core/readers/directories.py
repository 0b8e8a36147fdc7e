"""Zip packages as far as they can be judged before anything in them is read: plain Python, for every door."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_BYTES, _LOCATOR_BYTES = 22, 20
_ENCRYPTED = 0x1
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
)
"""Whatever the library raises on a package that is broken or made to break it."""


@dataclass(frozen=True)
class Directory:
    """What a package's last record says of its directory: reading it takes memory for each entry that it claims."""

    entries: int
    size: int
    is_64: bool


def directory(content: bytes) -> Directory | None:
    """The directory as the last record describes it; None where there is no whole record."""
    at = content.rfind(_END)
    if at < 0 or len(content) < at + _END_BYTES:
        return None
    entries, size = struct.unpack("<HI", content[at + 10 : at + 16])
    return Directory(entries, size, _END_64 in content[max(0, at - _LOCATOR_BYTES) : at])


def any_encrypted(members: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether a member can be read only with a password."""
    return any(member.flag_bits & _ENCRYPTED for member in members)
