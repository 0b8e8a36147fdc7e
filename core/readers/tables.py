"""An uploaded table as lines of cells: a package is a workbook, everything else is text, whatever its name says."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from core.readers import comma_separated, workbook
from core.readers.faults import Faults
from core.sentences import say

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Excel files begin so, and those with a password too: the package is inside, encrypted."""


class Seekable(comma_separated.Stream, Protocol):
    """A file that can be read from the beginning again."""

    def read(self, size: int = -1, /) -> bytes: ...


def lines(stream: Seekable, file: str, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line that is not empty as its number and its cells."""
    stream.seek(0)
    first = stream.read(len(_COMPOUND))
    if first == _COMPOUND:
        faults.add(
            file,
            "",
            say("암호가 걸렸거나 옛 형식(XLS)인 엑셀 파일로 보입니다. 암호 없이 XLSX로 저장해 주십시오."),
        )
        return iter(())
    if not first.startswith(b"PK"):
        return comma_separated.lines(stream, file, faults)
    stream.seek(0)
    content = stream.read(workbook.MOST_BYTES + 1)
    if len(content) > workbook.MOST_BYTES:
        faults.add(file, "", say("엑셀 파일이 20MB를 넘습니다. CSV로 올려 주십시오."))
        return iter(())
    return workbook.lines(content, file, faults)
