"""The number that somebody typed, where a spreadsheet keeps the binary one that stands nearest to it.

Of what is typed 15 significant digits are kept, and up to 17 are written: 9.2 stands in the file as 9.1999999999999993.
They are rounded back where both stand for the same binary number. Where they do not, the digits were not typed and may
not be cut; a number of more than 17 was written by no spreadsheet program, and what it meant cannot be known.
"""

import re
import struct
from decimal import ROUND_HALF_EVEN, Context, Decimal

from core.readers.faults import Unreadable
from core.sentences import say

TYPED_DIGITS = 15
WRITTEN_DIGITS = 17
_FARTHEST = 40
"""A number of a higher or a lower power of ten is left as it stands: written out, it would be a line of zeros."""
_LONGEST_SHOWN = 40
_NUMBER = re.compile(r"[+-]?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_AS_TYPED = Context(prec=TYPED_DIGITS, rounding=ROUND_HALF_EVEN)


class NotTyped(Unreadable):
    """The digits are more than can be told from what was typed."""


def as_typed(digits: str) -> str:
    """The number that was typed; what is no number, or has no more digits than can be typed, as it stands."""
    number = _NUMBER.fullmatch(digits)
    written = len(number[1].replace(".", "").strip("0")) if number else 0
    if written <= TYPED_DIGITS:
        return digits
    value = Decimal(digits)
    rounded = _AS_TYPED.plus(value).normalize()
    if written > WRITTEN_DIGITS or _binary(rounded) != _binary(value):
        shown = digits if len(digits) <= _LONGEST_SHOWN else f"{digits[:_LONGEST_SHOWN]}…"
        raise NotTyped(
            say(
                "{most}자리를 넘어 입력한 그대로인지 알 수 없는 숫자입니다: {digits}. 반올림하거나 글로 적어 주십시오.",
                most=TYPED_DIGITS,
                digits=shown,
            )
        )
    return format(rounded, "f") if abs(rounded.adjusted()) < _FARTHEST else digits


def _binary(value: Decimal) -> bytes:
    """The binary number that stands nearest, as a spreadsheet keeps it: compared and never reckoned with."""
    return struct.pack("<d", value)
