"""Tables of allowed keys and the short reader that interprets them, so that each section is told and not programmed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from rehearsal.document import Mapping, Node, Scalar, Sequence, Unusable
from rehearsal.scalars import code, label

LONGEST_NAME = 200

T = TypeVar("T")
Reader = Callable[[Node], T]


@dataclass(frozen=True)
class Field:
    """One key of a section: its name, how its value is read, and what stands in for it when it may be left out."""

    name: str
    read: Reader[Any]
    required: bool = True
    default: Any = None


@dataclass(frozen=True)
class Names:
    """What something is called, in both languages."""

    ko: str
    en: str


def need(name: str, read: Reader[Any]) -> Field:
    """A key that must be there."""
    return Field(name, read)


def may(name: str, read: Reader[Any], default: Any = None) -> Field:
    """A key that may be left out, or be null, which says the same."""
    return Field(name, read, required=False, default=default)


def mapping(node: Node) -> Mapping:
    """A table of keys."""
    if not isinstance(node, Mapping):
        raise Unusable(node.line, node.key, "키와 값으로 된 표가 와야 합니다")
    return node


def record(node: Node, fields: Iterable[Field]) -> dict[str, Any]:
    """The values of a section, all fields present; an unknown or a missing key is named with its line."""
    table = tuple(fields)
    given = {name.text: (name, value) for name, value in mapping(node).entries}
    allowed = [field.name for field in table]
    for name, _ in given.values():
        if name.text not in allowed:
            raise Unusable(name.line, name.key, f"모르는 키입니다. 쓸 수 있는 키: {', '.join(allowed)}")
    return {field.name: _value(node, field, given) for field in table}


def _value(node: Node, field: Field, given: dict[str, tuple[Scalar, Node]]) -> Any:
    if field.name not in given:
        if field.required:
            key = f"{node.key}.{field.name}" if node.key else field.name
            raise Unusable(node.line, key, "필요한 키가 없습니다")
        return field.default
    value = given[field.name][1]
    if not field.required and isinstance(value, Scalar) and value.is_null:
        return field.default
    return field.read(value)


def each(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of a list of such values."""

    def items(node: Node) -> tuple[T, ...]:
        if not isinstance(node, Sequence):
            raise Unusable(node.line, node.key, "목록이 와야 합니다")
        return tuple(read(item) for item in node.items)

    return items


def unique(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of a list in which nothing stands twice."""

    def items(node: Node) -> tuple[T, ...]:
        values = each(read)(node)
        if isinstance(node, Sequence):
            for place, (value, item) in enumerate(zip(values, node.items, strict=True)):
                if value in values[:place]:
                    raise Unusable(item.line, item.key, f"목록에 두 번 나옵니다: {value}")
        return values

    return items


def by_name(read: Reader[T], name: Reader[str] = code) -> Reader[dict[str, T]]:
    """A reader of a table whose keys are names given in the file: codes, unless another reader is stated."""

    def entries(node: Node) -> dict[str, T]:
        return {name(key): read(value) for key, value in mapping(node).entries}

    return entries


def called(most: int) -> Reader[Names]:
    """A reader of a name in Korean and, where there is one, in English."""

    def names(node: Node) -> Names:
        values = record(node, (need("ko", label(most)), may("en", label(most))))
        return Names(values["ko"], values["en"] or values["ko"])

    return names


names = called(LONGEST_NAME)


def child(node: Node, name: str) -> Node | None:
    """The part of a section under this key, for checks that look at several parts."""
    return next((value for key, value in mapping(node).entries if key.text == name), None)
