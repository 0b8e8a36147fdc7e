"""A figure as text becomes an exact decimal, or a sentence that says why it cannot.

`Decimal` itself takes more for a number than a person would: NaN, 1_000, digits of other scripts, an exponent that
fills the memory when it is written out. What is taken here is what the database keeps digit by digit (`core.fields`).
"""

import re
from decimal import Decimal

from core.readers.faults import Unreadable
from core.sentences import say

MOST_DIGITS = 40
MOST_PLACES = 20
LONGEST_SHOWN = 40

_FORM = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LONGEST = 400
"""A text that is longer is not even looked at: no figure of 40 digits needs it."""


class NotAFigure(Unreadable):
    """The text is no figure that can be taken."""


def figure(text: str, *, places: int = MOST_PLACES) -> Decimal:
    """The number exactly as it is written, at most 40 digits of which `places` after the point; never minus zero."""
    if len(text) > _LONGEST or not _FORM.fullmatch(text):
        raise NotAFigure(say("숫자가 아닙니다: {text}", text=shown(text)))
    value = Decimal(text)
    if value.is_signed() and not value:
        raise NotAFigure(say("음수 0은 쓸 수 없습니다: {text}", text=shown(text)))
    digits, exponent = len(value.as_tuple().digits), int(value.as_tuple().exponent)
    if max(digits, digits + exponent, -exponent if exponent < 0 else 0) > MOST_DIGITS:
        raise NotAFigure(say("{most}자리를 넘는 숫자입니다: {text}", most=MOST_DIGITS, text=shown(text)))
    if -exponent > places:
        raise NotAFigure(say("소수점 아래 {places}자리를 넘습니다: {text}", places=places, text=shown(text)))
    # Written out, since what an exponent means is another matter in each program that reads it.
    return Decimal(format(value, "f"))


def amount(text: str) -> Decimal:
    """A figure that is not negative: no mark and no measurement is."""
    value = figure(text)
    if value < 0:
        raise NotAFigure(say("0보다 작을 수 없습니다: {text}", text=shown(text)))
    return value


def shown(text: str) -> str:
    """A text as it can be shown to a person: without what hides, and not longer than a line."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text[: LONGEST_SHOWN + 1])
    if not plain:
        return "“”"
    return plain if len(text) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
