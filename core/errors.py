"""Refusals: what an operation answers when it will not act.

A refusal carries a stable code, a sentence for the person and facts; it knows nothing of HTTP. Doors map it once each:
the API by `Code.kind`, forms as an error, commands as an exit, the sweep as a log line.
"""

from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a refusal is about, for doors that answer differently: a value, a right, or the state of things."""

    VALUE = "value"
    RIGHT = "right"
    STATE = "state"


class Code(StrEnum):
    """Stable refusal codes, in order of precedence: where two would fit, operations give the one that stands first."""

    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"
    NOT_ENTITLED = "not_entitled"
    NOT_ELIGIBLE = "not_eligible"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    SAME_PERSON = "same_person"
    WRONG_STATE = "wrong_state"
    LOCKED = "locked"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    STILL_PENDING = "still_pending"
    INCOMPLETE = "incomplete"
    OUT_OF_RANGE = "out_of_range"
    DUPLICATE = "duplicate"
    INADMISSIBLE = "inadmissible"
    NO_MAJORITY = "no_majority"
    TIE_AT_CUT = "tie_at_cut"

    @property
    def kind(self) -> Kind:
        """The kind of this refusal; whatever is neither a value nor a right concerns the state of things."""
        return _KINDS.get(self, Kind.STATE)


_KINDS = {
    Code.UNKNOWN: Kind.VALUE,
    Code.OUT_OF_RANGE: Kind.VALUE,
    Code.NOT_ALLOWED: Kind.RIGHT,
    Code.NOT_ENTITLED: Kind.RIGHT,
    Code.NOT_ELIGIBLE: Kind.RIGHT,
    Code.CONFLICT_OF_INTEREST: Kind.RIGHT,
    Code.SAME_PERSON: Kind.RIGHT,
}


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """An operation will not act, for a reason that the person can be told; nothing has changed.

    `message` may be lazy: it is put into words where it is shown, in the language of whoever reads it.
    """

    def __init__(self, code: Code, message: Any, **facts: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message)
