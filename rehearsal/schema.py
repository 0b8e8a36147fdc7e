"""A scenario file from its first line to a `Scenario`, or the line at which it cannot be used.

The file is held to its own word first: whatever it sets up must fit together before the first event is played, so that
nobody learns half-way through that a panel was misspelt. What events name is left to the play, where a name that does
not exist is refused like in life.
"""

from pathlib import Path

from rehearsal.document import Node, load
from rehearsal.events import events
from rehearsal.fields import record
from rehearsal.rounds import rounds
from rehearsal.scenario import Scenario
from rehearsal.sections import FILE, Codes, codes, organisations, people, programme, teams


def read(path: Path | str) -> Scenario:
    """The scenario in this file; raises `rehearsal.document.Unusable` with line, key and reason."""
    where = Path(path)
    return build(load(where), where)


def build(root: Node, path: Path) -> Scenario:
    """The scenario that a document tells."""
    parts = record(root, FILE)
    given = Codes(codes(parts["people"]), codes(parts["organisations"]), codes(parts["teams"]))
    everyone = people(parts["people"], given)
    return Scenario(
        path=path,
        label_ko=parts["label"].ko,
        label_en=parts["label"].en,
        illustrative=parts["illustrative"],
        programme=programme(parts["programme"]),
        people=everyone,
        organisations=organisations(parts["organisations"]),
        teams=teams(parts["teams"], given),
        rounds=rounds(parts["rounds"], given, everyone),
        events=events(parts["events"]),
    )
