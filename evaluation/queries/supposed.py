"""What a page shows of a supposition: the same whether it has just been computed or was kept by a job."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluation.queries.comparing import Compared, Excerpt, beside, excerpt
from evaluation.queries.standings import BoardRow
from evaluation.queries.supposing import Supposition


@dataclass(frozen=True)
class Seen:
    """A supposition as far as a page holds it; `snapshot` is what it stands beside, None: standings of that moment."""

    snapshot: int | None
    full_before: Decimal
    full_after: Decimal
    apart: Mapping[str, str]
    differences: Excerpt


def seen_of(found: Supposition) -> Seen:
    """As much of a supposition as is shown."""
    return Seen(
        snapshot=found.before.snapshot,
        full_before=found.full_before,
        full_after=found.full_after,
        apart=found.apart,
        differences=excerpt(found.rows),
    )


def document_of(seen: Seen) -> dict[str, Any]:
    """It as JSON. Names are left out: they are told in the language of whoever reads it."""
    return {
        "snapshot": seen.snapshot,
        "full_before": str(seen.full_before),
        "full_after": str(seen.full_after),
        "apart": list(seen.apart),
        "rows": [[_line(row.before), _line(row.after)] for row in seen.differences.rows],
        "omitted": seen.differences.omitted,
        "anew": list(seen.differences.anew),
    }


def seen_in(document: Mapping[str, Any], names: Mapping[str, str]) -> Seen:
    """What `document_of` has written, with the teams' names."""
    return Seen(
        snapshot=document["snapshot"],
        full_before=Decimal(document["full_before"]),
        full_after=Decimal(document["full_after"]),
        apart={team: names[team] for team in document["apart"]},
        differences=Excerpt(
            rows=[_compared(before, after, names) for before, after in document["rows"]],
            omitted=document["omitted"],
            anew={team: names[team] for team in document["anew"]},
        ),
    )


def _line(row: BoardRow) -> dict[str, Any]:
    """Scores and gates as pairs: the database keeps a JSON object's keys in an order of its own."""
    return {**row._asdict(), "name": "", "scores": list(row.scores.items()), "gates": list(row.gates.items())}


def _compared(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> Compared:
    return beside(_row(before, names), _row(after, names))


def _row(line: Mapping[str, Any], names: Mapping[str, str]) -> BoardRow:
    facts = {"name": names[line["team"]], "scores": dict(line["scores"]), "gates": dict(line["gates"])}
    return BoardRow(**{**line, **facts})
