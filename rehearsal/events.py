"""The section `events`: what happened, who did it and when, in the order of time."""

from typing import Any

from core.errors import Code
from rehearsal.document import Mapping, Node, Unusable
from rehearsal.event_fields import EVENTS, PERSON, Kind, acting
from rehearsal.fields import Field, child, each, mapping, may, need, record
from rehearsal.scalars import choice, moment, text
from rehearsal.scenario import Event

DONE = "done"
EXPECTED = (DONE, *(refusal.value for refusal in Code))
COMMON = ("at", "do", "by", "expect")


def events(node: Node) -> tuple[Event, ...]:
    """Every event, numbered from one; each at or after the one before it."""
    found: list[Event] = []
    for body in each(mapping)(node):
        made = _event(len(found) + 1, body)
        if found and made.at < found[-1].at:
            at = child(body, "at") or body
            raise Unusable(at.line, at.key, f"앞 사건({found[-1].at.isoformat()})보다 빠를 수 없습니다")
        found.append(made)
    return tuple(found)


def _event(n: int, body: Mapping) -> Event:
    do = _do(body)
    values = record(body, _table(EVENTS[do]))
    by = values.get("by") or _whoever_stands(values)
    expect = None if values["expect"] == DONE else values["expect"]
    fields = {name: value for name, value in values.items() if name not in COMMON}
    return Event(n, body.line, values["at"], do, by, expect, fields)


def _do(body: Node) -> str:
    node = child(body, "do")
    if node is None:
        raise Unusable(body.line, f"{body.key}.do", "필요한 키가 없습니다")
    do = text(node)
    if do not in EVENTS:
        raise Unusable(node.line, node.key, f"알 수 없는 사건입니다: {do!r}. 쓸 수 있는 사건: {', '.join(EVENTS)}")
    return do


def _table(kind: Kind) -> tuple[Field, ...]:
    """The event's own fields and what all events share; nobody acts in a sweep, and `by` may yield to `person`."""
    shared = (need("at", moment), need("do", text), may("expect", choice(EXPECTED)))
    if not kind.hands:
        return (*shared, *kind.fields)
    by = (may if PERSON in kind.fields else need)("by", acting(kind.hands))
    return (*shared, by, *kind.fields)


def _whoever_stands(values: dict[str, Any]) -> tuple[str, ...]:
    return (values["person"],) if "person" in values else ()
