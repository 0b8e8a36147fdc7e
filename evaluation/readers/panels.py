"""Rows of a user panel, whatever brings them: each names a team, a criterion and a mark.

A row is read into the same three things from a table with a header (its columns in any order, in Korean or English) and
from a list in JSON; what is a team or a criterion is asked of the round afterwards.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from core.readers.faults import Faults, Unreadable, line
from core.sentences import say
from evaluation.readers.documents import document, path
from evaluation.readers.figures import NotAFigure, amount

COLUMNS: Mapping[str, Sequence[str]] = {
    "team": ("team", "팀", "정예팀", "팀 코드"),
    "criterion": ("criterion", "항목", "평가항목", "항목 코드"),
    "mark": ("mark", "점수", "응답"),
}
HEADER = "team,criterion,mark(또는 팀,항목,점수)"
MOST_MARKS_KEPT = 50_000


class Row(NamedTuple):
    """One response. `place` is its line, or its number in a list."""

    place: int
    team: str
    criterion: str
    mark: Decimal


Reading = Callable[[Faults], Iterator[Row]]
"""Reads the rows from the beginning, noting faults as it goes. It can be called again."""


class Header:
    """Where the three columns stand."""

    def __init__(self, cells: Sequence[str]) -> None:
        names = [cell.strip().casefold() for cell in cells]
        self.width = len(names)
        self.team, self.criterion, self.mark = (_place(names, column) for column in COLUMNS)


class NoHeader(Unreadable):
    """The first line names not each column once."""


def _place(cells: Sequence[str], column: str) -> int:
    found = [number for number, name in enumerate(cells) if name in COLUMNS[column]]
    if len(found) != 1:
        names = "·".join(COLUMNS[column][:2])
        if found:
            raise NoHeader(
                say(
                    "첫 줄에 {names} 열이 여러 번 있습니다. 첫 줄을 다음과 같이 적어 주십시오: {header}",
                    names=names,
                    header=HEADER,
                )
            )
        raise NoHeader(
            say(
                "첫 줄에 {names} 열이 없습니다. 첫 줄을 다음과 같이 적어 주십시오: {header}", names=names, header=HEADER
            )
        )
    return found[0]


class Marks:
    """Turns texts into marks; people give few different ones, so that each is worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, Decimal] = {}

    def __call__(self, text: str) -> Decimal:
        known = self._known.get(text)
        if known is None:
            known = amount(text.strip())
            if len(self._known) < MOST_MARKS_KEPT:
                self._known[text] = known
        return known


def table(lines: Iterator[tuple[int, Sequence[str]]], file: str, faults: Faults) -> Iterator[Row]:
    """The rows under a header. Empty lines are passed over; every other line is a row or a fault."""
    first = next(lines, None)
    if first is None:
        if not faults:
            faults.add(file, "", say("빈 파일입니다."))
        return
    try:
        header = Header(first[1])
    except NoHeader as fault:
        faults.add(file, line(first[0]), fault.sentence)
        return
    team, criterion, mark, width, marks = header.team, header.criterion, header.mark, header.width, Marks()
    for number, cells in lines:
        if len(cells) != width:
            faults.add(
                file,
                line(number),
                say("칸이 {width}개여야 하는데 {given}개입니다.", width=width, given=len(cells)),
            )
            continue
        try:
            yield Row(number, cells[team].strip(), cells[criterion].strip(), marks(cells[mark]))
        except NotAFigure as fault:
            faults.add(file, line(number), fault.sentence)


def listed(content: bytes, faults: Faults, *, most: int) -> Iterator[Row]:
    """The rows of a JSON list of objects, each with a team, a criterion and a mark (a number, or one as text)."""
    said = document(content, "", faults)
    if faults:
        return
    if not isinstance(said, Sequence) or isinstance(said, str):
        faults.add("", "", say('목록이어야 합니다: [{"team": …, "criterion": …, "mark": …}]'))
        return
    if not 0 < len(said) <= most:
        faults.add("", "", say("한 번에 1개에서 {most}개까지 보낼 수 있습니다: {given}개", most=most, given=len(said)))
        return
    for number, each in enumerate(said):
        row = _row(each, number, faults)
        if row is not None:
            yield row


def _row(said: object, number: int, faults: Faults) -> Row | None:
    if not isinstance(said, Mapping):
        faults.add("", path(number), say("이름과 값의 묶음이어야 합니다."))
        return None
    before = faults.count
    for name in said:
        if name not in COLUMNS:
            faults.add("", path(number, name), say("모르는 이름입니다."))
    for name in ("team", "criterion"):
        if not isinstance(said.get(name), str):
            faults.add("", path(number, name), say("글로 적어야 합니다."))
    mark = said.get("mark")
    if isinstance(mark, bool) or not isinstance(mark, str | Decimal):
        faults.add("", path(number, "mark"), say("숫자로 적어야 합니다."))
    if faults.count > before:
        return None
    try:
        return Row(number, str(said["team"]), str(said["criterion"]), amount(str(mark)))
    except NotAFigure as fault:
        faults.add("", path(number, "mark"), fault.sentence)
        return None
