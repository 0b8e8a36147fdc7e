"""Rows with a period that ends: what `core.calendar.window.is_over` decides for one, asked of a whole table."""

from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.db import models

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class EndingQuerySet(models.QuerySet[Row_co]):
    """`ends` is the field with the first instant that is too late; rows in which it is null are in neither part."""

    ends: ClassVar[str]

    def over(self, now: datetime) -> Self:
        """Those whose period is over at `now`."""
        return self.filter(**{f"{self.ends}__lte": now})

    def ending_after(self, now: datetime) -> Self:
        """Those whose end is known and has not come at `now`."""
        return self.filter(**{f"{self.ends}__gt": now})
