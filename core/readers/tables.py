"""An uploaded table as lines of cells: a package is a workbook, everything else is text, whatever its name says."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from core.readers import comma_separated, workbook
from core.readers.faults import Faults
from core.sentences import say


class Seekable(comma_separated.Stream, Protocol):
    """A file that can be read from the beginning again."""

    def read(self, size: int = -1, /) -> bytes: ...


def lines(stream: Seekable, file: str, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line that is not empty as its number and its cells."""
    stream.seek(0)
    if stream.read(2) != b"PK":
        return comma_separated.lines(stream, file, faults)
    stream.seek(0)
    content = stream.read(workbook.MOST_BYTES + 1)
    if len(content) > workbook.MOST_BYTES:
        faults.add(file, "", say("엑셀 파일이 20MB를 넘습니다. CSV로 올려 주십시오."))
        return iter(())
    return workbook.lines(content, file, faults)
