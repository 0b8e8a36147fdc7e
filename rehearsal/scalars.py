"""What a single written value means: numbers, times, codes and texts. Each reader takes a node or says what is wrong.

Numbers are decimals from the written digits. Their size is bounded because exact arithmetic would follow `1e999999`
into a million digits.
"""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.codes import CODE
from rehearsal.document import Node, Scalar, Unusable

_CODE = re.compile(CODE)
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r" ?(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
END_OF_DAY = re.compile(r"24:00(?::00(?:\.0{1,6})?)?")

MOST_DIGITS = 40
# What integer columns hold: small ones for what is counted on fingers, ordinary ones, and those of fractions.
SMALL, LARGEST, HUGE = 32_767, 2_147_483_647, 9_223_372_036_854_775_807
# Times are converted between zones and have days added to them; at the ends of Python's calendar both overflow.
FIRST_YEAR, LAST_YEAR = 1900, 2999


def scalar(node: Node) -> Scalar:
    """Any single value that is there."""
    if not isinstance(node, Scalar):
        raise Unusable(node.line, node.key, "값 하나가 와야 합니다")
    if node.is_null:
        raise Unusable(node.line, node.key, "값이 비어 있습니다")
    return node


def text(node: Node) -> str:
    """A non-blank string, without the blanks around it."""
    written = scalar(node).text.strip()
    if not written:
        raise Unusable(node.line, node.key, "빈 글일 수 없습니다")
    return written


def remark(node: Node) -> str:
    """A text that need not say anything."""
    return scalar(node).text.strip()


def label(most: int) -> Callable[[Node], str]:
    """A reader of texts that are kept in one line of bounded length."""

    def read(node: Node) -> str:
        written = text(node)
        if len(written) > most:
            raise Unusable(node.line, node.key, f"{most}자 이하여야 합니다({len(written)}자)")
        return written

    return read


def code(node: Node) -> str:
    """A code: it names something in the programme and stands in addresses, so its letters are few."""
    written = scalar(node).text
    if not _CODE.fullmatch(written):
        raise Unusable(node.line, node.key, f"영문 소문자·숫자·-·_로 된 64자 이하의 코드여야 합니다: {written!r}")
    return written


def choice(words: Collection[str]) -> Callable[[Node], str]:
    """A reader of one of these words."""

    def read(node: Node) -> str:
        written = scalar(node).text
        if written not in words:
            raise Unusable(node.line, node.key, f"다음 가운데 하나여야 합니다: {', '.join(words)} ({written!r} 불가)")
        return written

    return read


def known(codes: Collection[str], kind: str) -> Callable[[Node], str]:
    """A reader of the code of something that the file sets up; `kind` is what people call it."""

    def read(node: Node) -> str:
        written = code(node)
        if written not in codes:
            raise Unusable(node.line, node.key, f"이 파일에 없는 {kind}: {written}")
        return written

    return read


def boolean(node: Node) -> bool:
    """True or false, and nothing that merely resembles it: in YAML's first version `no` was a boolean, too."""
    written = scalar(node).text.lower()
    if written not in ("true", "false"):
        raise Unusable(node.line, node.key, "true 또는 false여야 합니다")
    return written == "true"


def number(node: Node) -> Decimal:
    """A decimal with the digits that were written, never in exponent form and never -0."""
    return _decimal(scalar(node), scalar(node).text.strip())


def not_negative(node: Node) -> Decimal:
    """A decimal that is 0 or more."""
    value = number(node)
    if value < 0:
        raise Unusable(node.line, node.key, f"0 이상이어야 합니다: {value}")
    return value


def _decimal(node: Scalar, written: str) -> Decimal:
    if node.tag not in (None, "int", "float", "str") or not NUMBER.fullmatch(written):
        raise Unusable(node.line, node.key, f"숫자여야 합니다: {written!r}")
    value = Decimal(written)
    _, digits, exponent = value.as_tuple()
    if max(len(digits) + max(int(exponent), 0), -int(exponent)) > MOST_DIGITS:
        raise Unusable(node.line, node.key, f"숫자가 너무 크거나 깁니다({MOST_DIGITS}자리까지)")
    if node.tag == "int" and not _is_whole(value):
        raise Unusable(node.line, node.key, f"정수여야 합니다: {written!r}")
    return Decimal(format(value if value else abs(value), "f"))


def _is_whole(value: Decimal) -> bool:
    # Not by a remainder, which depends on the precision of the context that happens to be active.
    return value == value.to_integral_value()


def whole(least: int = -LARGEST, most: int = LARGEST) -> Callable[[Node], int]:
    """A reader of whole numbers within these bounds."""

    def read(node: Node) -> int:
        value = number(node)
        if not _is_whole(value):
            raise Unusable(node.line, node.key, f"정수여야 합니다: {value}")
        if not least <= value <= most:
            raise Unusable(node.line, node.key, f"{least} 이상 {most} 이하여야 합니다: {value}")
        return int(value)

    return read


def fraction(node: Node) -> Fraction:
    """A factor: `a/b` of two numbers, or one number; a third has no decimal."""
    written = scalar(node)
    above, _, below = written.text.partition("/")
    numerator = _decimal(written, above.strip())
    denominator = _decimal(written, below.strip()) if below else Decimal(1)
    if not denominator or written.text.strip().endswith("/"):
        raise Unusable(node.line, node.key, f"a/b 꼴의 분수여야 합니다: {written.text!r}")
    value = Fraction(numerator) / Fraction(denominator)
    if max(abs(value.numerator), value.denominator) > HUGE:
        raise Unusable(node.line, node.key, "분수를 약분해도 분자나 분모가 너무 큽니다")
    return value


def day(node: Node) -> date:
    """A date, `2026-01-15`."""
    written = scalar(node).text.strip()
    try:
        return date.fromisoformat(written if DAY.fullmatch(written) else "")
    except ValueError:
        raise Unusable(node.line, node.key, f"날짜여야 합니다(예: 2026-01-15): {written!r}") from None


def moment(node: Node) -> datetime:
    """A time with its offset, `2026-01-15T09:00+09:00`; without one it would be a different time for each reader."""
    written = scalar(node).text.strip()
    match = MOMENT.fullmatch(written)
    try:
        value = _instant(match["day"], match["clock"], match["offset"].upper()) if match else None
    except (ValueError, OverflowError):
        value = None
    if value is None:
        example = "2026-01-15T09:00+09:00"
        raise Unusable(node.line, node.key, f"시차를 적은 시각이어야 합니다(예: {example}): {written!r}")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Unusable(node.line, node.key, f"{FIRST_YEAR}년부터 {LAST_YEAR}년까지의 시각이어야 합니다: {written!r}")
    return value


def _instant(day: str, clock: str, offset: str) -> datetime:
    """24:00 is the end of the day, which is how periods are spoken of; not every Python that we run on reads it."""
    if END_OF_DAY.fullmatch(clock):
        return datetime.fromisoformat(f"{day}T00:00{offset}") + timedelta(days=1)
    return datetime.fromisoformat(f"{day}T{clock}{offset}")


def zone(node: Node) -> str:
    """The name of a time zone that this machine knows."""
    written = text(node)
    try:
        return ZoneInfo(written).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unusable(node.line, node.key, f"모르는 시간대입니다: {written!r}") from None
