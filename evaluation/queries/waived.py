"""When a team gave up its right to object, for what is said to it here.

Waivers follow an announcement and are kept by a package that this one must not know: that package enters, in its
`policies`, how a notice's is found. Where none does, nobody has waived.
"""

from datetime import datetime

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.expressions import Combinable

from evaluation.models import Notice

_found: list[Combinable] = []


def waiver_found_by(when: Combinable) -> None:
    """Enter the expression that gives, for a row of notices, when its team waived; null where it has not."""
    _found[:] = [when]


def with_waiver(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The notices, each with `waived_at`; no query more."""
    return notices.annotate(waived_at=_found[0] if _found else Value(None, DateTimeField()))


def waived_at(notice: Notice) -> datetime | None:
    """When the team of a notice that was read so waived its right to object."""
    at: datetime | None = vars(notice)["waived_at"]
    return at
