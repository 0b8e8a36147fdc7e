"""CSV of any length, read line by line: no more than one line is held at a time.

A line is a record: no code or mark has a line break in it, and a quotation mark that is not closed would otherwise
swallow the rest of the file, and the numbers of all lines after it.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import Protocol

from core.readers.faults import Faults, line
from core.readers.texts import NotText, decoded
from core.sentences import say

LONGEST_LINE = 1000


class Stream(Protocol):
    """What is read from: a file."""

    def readline(self, size: int, /) -> bytes: ...

    def seek(self, place: int, /) -> object: ...


def lines(stream: Stream, file: str, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Every line that is not empty as its number and its cells, from the beginning; what is no line is a fault.

    A file that is not UTF-8 is told once: each line after it would be told again.
    """
    stream.seek(0)
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            faults.add(
                file,
                line(number),
                say("줄이 {most}바이트를 넘습니다.", most=LONGEST_LINE),
            )
            return
        try:
            text = decoded(raw, first=number == 1).rstrip("\r\n")
        except NotText as fault:
            faults.add(file, line(number), fault.sentence)
            return
        if "\r" in text:
            faults.add(file, line(number), say("줄 끝이 아닌 곳에 줄바꿈(CR)이 있습니다."))
        elif '"' not in text:
            if text and not text.isspace():
                yield number, text.split(",")
        else:
            try:
                yield number, next(csv.reader([text], strict=True))
            except csv.Error:
                faults.add(file, line(number), say("따옴표가 맞지 않습니다."))
