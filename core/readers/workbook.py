"""XLSX, read in a child process that may take little memory and little time.

The parent judges the package's directory; the child alone unpacks and parses. Whatever a file does to it, the child
ends, and the parent tells a sentence. It writes no file. Run as a module, with the bytes of memory that it may take, it
reads the workbook from its input and writes one JSON line a row.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from core.readers.cells import Named
from core.readers.directories import BROKEN
from core.readers.faults import MOST, Faults
from core.readers.formats import dates
from core.readers.packages import Unsafe, package
from core.readers.parts import only_sheet, shared_texts
from core.readers.sheets_xml import rows
from core.sentences import Sentence, say

MOST_ROWS = 20_000
MOST_BYTES = 20 * 1024 * 1024
SECONDS = 30
MEMORY = 512 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_REFUSED = 3


def lines(content: bytes, file: str, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Every row that is not empty as its number and its cells; a workbook that is refused is one fault, and no row.

    All cells of a row are given the width of the header: a program writes no cell where nothing stands. Each cell that
    cannot be taken is a fault of its own, and its row is none; under a header of which one cannot be, no row is.
    """
    try:
        package(content).close()
        told = _child(content)
    except Unsafe as fault:
        faults.add(file, "", fault.sentence)
        return
    width, headless = 0, False
    for said in told.splitlines():
        number, cells, bad, more = json.loads(said)
        for place, words, facts in bad:
            faults.add(file, place, Sentence(words, facts))
        faults.count += more
        if bad or more:
            headless = headless or not width
        elif not headless:
            width = width or len(cells)
            yield number, [*cells, *[""] * (width - len(cells))]


def _child(content: bytes) -> bytes:
    command = [sys.executable, "-m", "core.readers.workbook", str(MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 - this module itself
            command, input=content, capture_output=True, timeout=SECONDS, check=False, cwd=_ROOT, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise Unsafe(say("읽는 데 너무 오래 걸리는 파일입니다.")) from None
    if done.returncode == _REFUSED:
        raise Unsafe(Sentence(*json.loads(done.stderr)))
    if done.returncode:
        raise Unsafe(say("읽는 데 메모리나 시간이 너무 많이 드는 파일입니다."))
    return done.stdout


def _environment() -> dict[str, str]:
    """What an interpreter needs to start; no secret of the site is the child's to know."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}


def _limit(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(content: bytes) -> Iterator[bytes]:
    """A line for each row: its number, its cells, the faults of cells as far as they are told, and how many are not."""
    left = MOST
    with package(content) as opened:
        sheet = only_sheet(opened)
        for count, row in enumerate(rows(opened, sheet, Named(shared_texts(opened), dates(opened)))):
            if count > MOST_ROWS:
                raise Unsafe(say("행이 {most:,}개를 넘습니다. CSV로 올려 주십시오.", most=MOST_ROWS))
            bad = [(place, sentence.words, sentence.facts) for place, sentence in row.faults[:left]]
            left -= len(bad)
            yield json.dumps([row.number, row.cells, bad, len(row.faults) - len(bad)]).encode() + b"\n"


def main() -> int:
    """Read, and answer; what is refused is told on the error stream."""
    _limit(int(sys.argv[1]))
    try:
        told = b"".join(_read(sys.stdin.buffer.read(MOST_BYTES + 1)))
    except (*BROKEN, ElementTree.ParseError) as fault:
        said = fault.sentence if isinstance(fault, Unsafe) else say("깨진 엑셀 파일입니다.")
        sys.stderr.buffer.write(json.dumps([said.words, said.facts]).encode())
        return _REFUSED
    sys.stdout.buffer.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
