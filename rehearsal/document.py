"""A YAML file as a tree that still knows what was written where, or the one reason why it cannot be used.

YAML's own types are what must not happen here: `11.85` would become a binary float, `12:30` a number and `no` a
boolean. So the parser's events are taken as they come: every scalar keeps its text and line, and what it means is
decided by whoever asks for a number, a time or a code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

# The C parser where PyYAML was built with it: ten times as fast, and a little more lenient about signs in plain words.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

STANDARD = "tag:yaml.org,2002:"
TAGS = {"str", "int", "float", "bool", "null", "timestamp", "map", "seq"}
NULLS = {"", "~", "null", "Null", "NULL"}

# A scenario is five levels deep. The bounds keep a hostile file from costing more than an honest one of its size.
DEEPEST = 32
MOST_REPEATED = 100_000


class Unusable(Exception):  # noqa: N818 - an answer to whoever wrote the file, not a fault of the program
    """The file cannot be played; says where and why, in one Korean sentence."""

    def __init__(self, line: int | None, key: str, message: str) -> None:
        self.line = line
        self.key = key
        self.message = message
        where = " ".join(part for part in (f"{line}행" if line else "", key) if part)
        super().__init__(f"{where}: {message}" if where else message)


@dataclass(frozen=True)
class Scalar:
    """One value as it was written. `key` is the path to it; `tag` the standard tag that was stated, if any."""

    text: str
    line: int
    key: str
    plain: bool = True
    tag: str | None = None

    @property
    def is_null(self) -> bool:
        """Null by YAML's rule: a plain empty word, `~` or `null`. In quotes they are texts."""
        return self.tag == "null" or (self.plain and self.tag is None and self.text in NULLS)


@dataclass(frozen=True)
class Sequence:
    """A list; its items are counted from one in keys, as events are in the report."""

    items: tuple["Node", ...]
    line: int
    key: str


@dataclass(frozen=True)
class Mapping:
    """A table of unique keys. The key's own scalar carries the path of its value."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    key: str


Node = Scalar | Sequence | Mapping


def load(path: Path) -> Node:
    """The one document in the file; raises `Unusable` for whatever is not a plain, honest YAML file in UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unusable(None, "", f"파일을 읽을 수 없습니다: {path} ({error.strerror})") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unusable(line, "", "UTF-8로 저장한 파일이어야 합니다") from error
    return parse(text)


def parse(text: str) -> Node:
    """The one document in the text."""
    try:
        return _Composer(yaml.parse(text, LOADER)).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unusable(line, "", f"YAML 문법에 맞지 않습니다 ({error.problem})") from error
    except yaml.reader.ReaderError as error:
        # Searched for anew: one parser counts the error's position in bytes, the other in characters.
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        raise Unusable(line, "", "쓸 수 없는 문자가 있습니다") from error
    except yaml.YAMLError as error:
        raise Unusable(None, "", f"YAML 문법에 맞지 않습니다 ({error})") from error


class _Composer:
    """Builds the tree from the parser's events, refusing on the way what a scenario has no use for."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0
        self.repeated = 0

    def document(self) -> Node:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Unusable(None, "", "빈 파일입니다")
        root = self.node(next(self.events), "", 0)
        next(self.events)
        further = next(self.events)
        if not isinstance(further, yaml.StreamEndEvent):
            raise Unusable(_line(further), "", "한 파일에는 문서가 하나만 있어야 합니다")
        return root

    def node(self, event: Any, key: str, depth: int) -> Node:
        if depth > DEEPEST:
            raise Unusable(_line(event), key, "너무 깊게 중첩되어 있습니다")
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, key)
        before = self.count + self.repeated
        self.count += 1
        node = self.content(event, key, depth)
        if event.anchor is not None:
            # Known only once it is complete, so that nothing can contain itself.
            self.anchors[event.anchor] = node, self.count + self.repeated - before
        return node

    def alias(self, event: Any, key: str) -> Node:
        if event.anchor not in self.anchors:
            raise Unusable(_line(event), key, f"앞에서 정의가 끝나지 않은 별칭입니다: *{event.anchor}")
        node, size = self.anchors[event.anchor]
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            raise Unusable(_line(event), key, "별칭이 펼쳐지는 양이 너무 많습니다")
        return node

    def content(self, event: Any, key: str, depth: int) -> Node:
        line, tag = _line(event), _tag(event, key)
        if isinstance(event, yaml.ScalarEvent):
            if not _storable(event.value):
                raise Unusable(line, key, "쓸 수 없는 문자가 있습니다")
            return Scalar(event.value, line, key, plain=tag is None and event.implicit[0], tag=tag)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.items(key, depth)), line, key)
        return Mapping(tuple(self.entries(key, depth)), line, key)

    def items(self, key: str, depth: int) -> Iterator[Node]:
        number = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            number += 1
            yield self.node(event, f"{key}[{number}]", depth + 1)

    def entries(self, key: str, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self.name(event, key)
            if name.text in seen:
                raise Unusable(name.line, name.key, f"같은 키가 두 번 나옵니다(처음: {seen[name.text]}행)")
            seen[name.text] = name.line
            yield name, _begins(name, self.node(next(self.events), name.key, depth + 1))

    def name(self, event: Any, key: str) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unusable(_line(event), key, "키는 낱말이어야 합니다")
        if not _storable(event.value):
            raise Unusable(_line(event), key, "쓸 수 없는 문자가 있습니다")
        below = f"{key}.{event.value}" if key else event.value
        if event.value == "<<":
            raise Unusable(_line(event), below, "병합 키(<<)는 쓸 수 없습니다")
        return Scalar(event.value, _line(event), below, plain=event.implicit[0], tag=_tag(event, below))


def _begins(name: Scalar, node: Node) -> Node:
    """A section begins at its key, though its first entry stands on the next line; an alias stays where it was set."""
    return node if isinstance(node, Scalar) or node.key != name.key else replace(node, line=name.line)


def _storable(text: str) -> bool:
    """Escapes can spell what no database takes: the zero character and halves of a character."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _tag(event: Any, key: str) -> str | None:
    """The name of a standard tag, None where none was stated; any other tag asks for a type that has no use here."""
    if event.tag in (None, "!"):
        return None
    name = str(event.tag).removeprefix(STANDARD)
    if not event.tag.startswith(STANDARD) or name not in TAGS:
        raise Unusable(_line(event), key, f"쓸 수 없는 태그입니다: {event.tag}")
    return name
