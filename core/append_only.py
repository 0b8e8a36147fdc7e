"""Rows that are never changed or taken away: whatever counts is superseded by a new row, so that the old one stays."""

from collections.abc import Sequence
from typing import Any

import pgtrigger


def append_only(prefix: str) -> Sequence[Any]:
    """Triggers with which the database refuses to change or delete a row of this table."""
    return [pgtrigger.Protect(name=f"{prefix}_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
