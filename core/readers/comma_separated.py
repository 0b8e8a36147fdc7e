"""CSV of any length, read line by line: no more than one line is held at a time.

A line is a record: no code or mark has a line break in it, and a quotation mark that is not closed would otherwise
swallow the rest of the file, and the numbers of all lines after it.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import Protocol

from core.readers.faults import Faults, Unreadable, line
from core.readers.texts import decoded
from core.sentences import say

LONGEST_LINE = 1000
_CARRIAGE_RETURN = say("줄 끝이 아닌 곳에 줄바꿈(CR)이 있습니다.")


class NotALine(Unreadable):
    """The line has no cells that can be told apart."""


class Stream(Protocol):
    """What is read from: a file."""

    def readline(self, size: int, /) -> bytes: ...

    def seek(self, place: int, /) -> object: ...


def lines(stream: Stream, file: str, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line that is not empty as its number and its cells, from the beginning; what is no line is a fault.

    Where the first one is a fault it is told alone: the rest stands under no header, or is no text throughout.
    """
    stream.seek(0)
    number, headed = 0, False
    while raw := stream.readline(LONGEST_LINE + 2):
        number += 1
        try:
            if len(raw) > LONGEST_LINE:
                _require_short(raw, stream)
            text = decoded(raw, first=number == 1).rstrip("\r\n")
            # Almost every line of a million is as plain as this, and begins with a letter or digit of ASCII.
            if "-" < text < "{" and '"' not in text and "\r" not in text:
                cells: Sequence[str] = text.split(",")
            else:
                cells = _cells(text)
        except Unreadable as fault:
            faults.add(file, line(number), fault.sentence)
            if not headed:
                return
            continue
        if cells:
            headed = True
            yield number, cells


def _cells(text: str) -> Sequence[str]:
    """The cells of a line; none where it is empty, or has only commas, which programs write for rows once in use."""
    if "\r" in text:
        raise NotALine(_CARRIAGE_RETURN)
    if '"' not in text:
        return text.split(",") if text.replace(",", " ").strip() else ()
    try:
        cells = next(csv.reader([text], strict=True))
    except csv.Error:
        raise NotALine(say("따옴표가 맞지 않습니다.")) from None
    return cells if any(map(str.strip, cells)) else ()


def _require_short(raw: bytes, stream: Stream) -> None:
    """Refuse a line that is too long, the rest of it passed over, so that the next one is read from its beginning."""
    bare = raw.rstrip(b"\r\n")
    if len(bare) <= LONGEST_LINE and raw.endswith(b"\n"):
        return
    more = raw
    while more and not more.endswith(b"\n"):
        more = stream.readline(LONGEST_LINE)
    # A file with the line ends of an old Macintosh is one long line.
    raise NotALine(_CARRIAGE_RETURN if b"\r" in bare else say("줄이 {most}바이트를 넘습니다.", most=LONGEST_LINE))
