"""Fields for figures that must be kept exactly as they were given."""

from typing import Any

from django.db import models


class ExactDecimalField(models.DecimalField):  # type: ignore[type-arg]
    """A decimal that keeps every digit it was given, trailing zeros too (`numeric` without a fixed scale).

    A benchmark's raw value has the places that its source prints; cutting it to a column's scale would round twice.
    Bounds: 40 digits, 20 of them after the point.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = 40, 20
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str:
        return "numeric"
