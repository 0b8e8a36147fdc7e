"""Responses of a user panel that come in large numbers: read twice, checked as a whole, written with COPY.

The first reading counts what goes to which team and criterion and finds every fault; the second writes. No more than a
few lines are ever held, so that a million take no more memory than a hundred.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.operations.working import Progress
from core.readers.faults import Faults, line
from core.sentences import say
from core.wording import joined_lazily
from evaluation.models import Criterion, Entry, ResponseBatch, ResponseImport, Round
from evaluation.operations.inputs import (
    hold,
    mark_stale,
    require_not_excluded,
    require_responses_within_bounds,
    require_scoring,
)
from evaluation.readers.figures import shown
from evaluation.readers.panels import Reading, Row
from evaluation.states import Source
from evaluation.verbs import IMPORT_RESPONSES

AT_ONCE = 10_000
"""Rows that are held at once, and after which progress is told."""
TOLD = 10
LISTED = "API"

_RESERVE = "SELECT nextval(pg_get_serial_sequence('evaluation_responsebatch', 'id')) FROM generate_series(1, %s)"
_DIGESTS = """
SELECT batch_id,
    encode(sha256(convert_to(string_agg(mark::text, E'\\n' ORDER BY mark::text COLLATE "C"), 'UTF8')), 'hex')
FROM evaluation_response WHERE batch_id = ANY(%s) GROUP BY batch_id"""

Cell = tuple[str, str]


@dataclass
class Tally:
    """What reading rows through has found: how many for each (team, criterion), what is wrong, and their digest.

    `ends` are the least and the greatest mark of each criterion.

    The digest is SHA-256 of the lines `team,criterion,mark`, the figures written out, in their order.
    """

    sizes: dict[Cell, int] = field(default_factory=dict)
    ends: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    digest: str = ""

    @property
    def rows(self) -> int:
        """How many rows there are without a fault."""
        return sum(self.sizes.values())


def tally(round: Round, reading: Reading, *, file: str = "", progress: Progress = lambda done: None) -> Tally:
    """Read everything through; writes nothing. A row for what the round does not have is a fault of its place."""
    found, digest, done = Tally(), hashlib.sha256(), 0
    teams, leaves = _known(round)
    lines: list[str] = []
    # One by one: the faults of the reader and of the round are told in the order of the lines.
    for row in reading(found.faults):
        cell = (row.team, row.criterion)
        if cell in found.sizes:
            found.sizes[cell] += 1
        elif _belongs(row, teams, leaves, found.faults, file):
            found.sizes[cell] = 1
            found.ends.setdefault(row.criterion, (row.mark, row.mark))
        else:
            continue
        least, most = found.ends[row.criterion]
        if not least <= row.mark <= most:
            found.ends[row.criterion] = min(least, row.mark), max(most, row.mark)
        lines.append(f"{row.team},{row.criterion},{row.mark:f}\n")
        if len(lines) == AT_ONCE:
            digest.update("".join(lines).encode())
            done += len(lines)
            lines.clear()
            progress(done)
    digest.update("".join(lines).encode())
    found.digest = digest.hexdigest()
    return found


@operation(IMPORT_RESPONSES)
def import_responses(
    round: Round,
    reading: Reading,
    *,
    key: str = "",
    file: str = "",
    progress: Progress = lambda done: None,
    actor: Actor,
    now: datetime,
) -> ResponseImport:
    """Bring in the responses that `reading` reads, all or nothing, one batch for each team and criterion.

    `file` is the name of the table whose lines the rows are; without one they are a list that a program sent. `key` is
    the sender's name for them, by default their digest. The same key with the same rows changes nothing, also once the
    result is announced: a sender who had no answer still learns that they count. With others it is `duplicate`, and so
    is a key that is another batch's number already, or one of an excluded batch. `out_of_range` with every fault of a
    row by its place, or for a result beyond its bounds; `incomplete` where there is nothing; `wrong_state` for a team
    that has withdrawn.
    """
    round = hold(round.pk)
    found = tally(round, reading, file=file, progress=progress)
    key = key_of(key, found)
    # Held before the key is looked up: whoever sends the same twice at once waits here, and then finds what stands.
    entries = _held(round, {team for team, _ in found.sizes})
    known = ResponseImport.objects.filter(round=round, key=key).first()
    if known is not None and known.digest == found.digest and not found.faults:
        require_not_excluded(ResponseBatch.objects.filter(entry__round=round, code=key))
        return known
    require_scoring(round)
    require_whole(found)
    if known is not None:
        raise Refused(
            Code.DUPLICATE, format_lazy(_("같은 묶음 번호로 다른 내용을 이미 반영했습니다: {key}"), key=key), key=key
        )
    for entry in entries.values():
        require_scoring(round, entry)
    leaves = {leaf.code: leaf for leaf in round.criteria.filter(source=Source.RESPONSES)}
    _require_new(key, entries.values(), leaves.values())
    batches = dict(zip(found.sizes, _reserved(len(found.sizes)), strict=True))
    _copy(reading, batches, found.rows, progress)
    _write_batches(found.sizes, batches, {"code": key, "by": actor.person(), "at": now}, entries, leaves)
    for code in sorted({criterion for __, criterion in found.sizes}):
        among = [entries[team] for team, criterion in found.sizes if criterion == code]
        require_responses_within_bounds(leaves[code], among)
    facts = {"digest": found.digest, "source": file or LISTED}
    brought = ResponseImport.objects.create(round=round, key=key, size=found.rows, by=actor.person(), at=now, **facts)
    mark_stale(round, now)
    record(IMPORT_RESPONSES, round, at=now, batch=key, responses=found.rows, **facts)
    return brought


def key_of(key: str, found: Tally) -> str:
    """The sender's name for the rows; of rows without one, their digest."""
    return key or f"sha256-{found.digest[:48]}"


def require_whole(found: Tally) -> None:
    """Refuse rows of which one is at fault (`out_of_range`), or none at all (`incomplete`)."""
    if found.faults:
        told = joined_lazily(found.faults.sentences(TOLD), " ")
        raise Refused(Code.OUT_OF_RANGE, told, count=found.faults.count, faults=[str(each) for each in found.faults])
    if not found.sizes:
        raise Refused(Code.INCOMPLETE, _("응답이 없습니다."))


def _known(round: Round) -> tuple[set[str], set[str]]:
    teams = set(round.entries.values_list("team__code", flat=True))
    return teams, set(round.criteria.filter(source=Source.RESPONSES).values_list("code", flat=True))


def _belongs(row: Row, teams: set[str], leaves: set[str], faults: Faults, file: str) -> bool:
    place = line(row.place)
    if row.team not in teams:
        faults.add(
            file, place if file else f"[{row.place}].team", say("이 단계에 없는 팀입니다: {team}", team=shown(row.team))
        )
    if row.criterion not in leaves:
        text = say("사용자 응답을 받는 평가항목이 아닙니다: {criterion}", criterion=shown(row.criterion))
        faults.add(file, place if file else f"[{row.place}].criterion", text)
    return row.team in teams and row.criterion in leaves


def _held(round: Round, teams: set[str]) -> dict[str, Entry]:
    """The entries, held in their order: whether an entry's results stay within bounds depends on all of its figures."""
    rows = Entry.objects.filter(round=round, team__code__in=teams).select_related("team", "round").order_by("pk")
    return {entry.team.code: entry for entry in rows.select_for_update(of=("self",), no_key=True)}


def _require_new(key: str, entries: Iterable[Entry], leaves: Iterable[Criterion]) -> None:
    if ResponseBatch.objects.filter(entry__in=entries, criterion__in=leaves, code=key).exists():
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 묶음 번호입니다: {key}"), key=key), key=key)


def _write_batches(
    sizes: Mapping[Cell, int],
    batches: Mapping[Cell, int],
    facts: Mapping[str, Any],
    entries: Mapping[str, Entry],
    leaves: Mapping[str, Criterion],
) -> None:
    digests = _digests(batches.values())
    ResponseBatch.objects.bulk_create(
        ResponseBatch(pk=key, entry=entries[team], criterion=leaves[code], size=size, digest=digests[key], **facts)
        for ((team, code), key), size in zip(batches.items(), sizes.values(), strict=True)
    )


def _reserved(number: int) -> list[int]:
    """Ids for the batches: their rows come last, with the digest of what was written under them."""
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [number])
        return [key for (key,) in cursor.fetchall()]


def _digests(batches: Iterable[int]) -> dict[int, str]:
    """Batch id -> `rules.digests.batch_digest` of its marks, taken where they lie."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, [list(batches)])
        return dict(cursor.fetchall())


def _copy(reading: Reading, batches: Mapping[Cell, int], expected: int, progress: Progress) -> None:
    """Write the rows in one statement: the ledger keeps one item for it, with the digest of them all.

    They were read through before; if they are not the same now, whoever changed them meanwhile is not believed.
    """
    faults, done = Faults(), 0
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY evaluation_response (batch_id, mark) FROM STDIN") as copy,
    ):
        for block in _blocks(reading(faults)):
            copy.write("".join([f"{batches[row.team, row.criterion]}\t{row.mark:f}\n" for row in block]))
            done += len(block)
            progress(expected + done)
    if faults or done != expected:
        raise Refused(Code.INCOMPLETE, _("읽는 동안 내용이 바뀌었습니다. 다시 올려 주십시오."))


def _blocks(rows: Iterator[Row]) -> Iterable[Sequence[Row]]:
    while block := list(islice(rows, AT_ONCE)):
        yield block


def listed(rows: Sequence[tuple[str, str, Decimal]]) -> Reading:
    """Rows that are held already, as something that can be read."""

    def read(faults: Faults) -> Iterator[Row]:
        return (Row(number, *row) for number, row in enumerate(rows))

    return read
