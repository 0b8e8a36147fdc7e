"""An uploaded table as rows of a panel."""

from collections.abc import Iterator

from core.readers import tables
from core.readers.faults import Faults
from evaluation.readers.panels import Reading, Row, table


def panel(stream: tables.Seekable, file: str) -> Reading:
    """How its rows are read, as often as they are needed."""

    def read(faults: Faults) -> Iterator[Row]:
        return table(tables.lines(stream, file, faults), file, faults)

    return read
