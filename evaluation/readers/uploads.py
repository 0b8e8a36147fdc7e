"""An uploaded table as rows of a panel: a package is a workbook, everything else is text, whatever its name says."""

from collections.abc import Iterator
from typing import Protocol

from evaluation.readers import comma_separated, workbook
from evaluation.readers.faults import Faults
from evaluation.readers.panels import Reading, Row, table


class Seekable(comma_separated.Stream, Protocol):
    """A file that can be read from the beginning again."""

    def read(self, size: int = -1, /) -> bytes: ...


def panel(stream: Seekable, file: str) -> Reading:
    """How its rows are read, as often as they are needed."""

    def read(faults: Faults) -> Iterator[Row]:
        stream.seek(0)
        if stream.read(2) != b"PK":
            return table(comma_separated.lines(stream, file, faults), file, faults)
        stream.seek(0)
        content = stream.read(workbook.MOST_BYTES + 1)
        if len(content) > workbook.MOST_BYTES:
            faults.add(file, "", "엑셀 파일이 20MB를 넘습니다. CSV로 올려 주십시오.")
            return iter(())
        return table(workbook.lines(content, file, faults), file, faults)

    return read
