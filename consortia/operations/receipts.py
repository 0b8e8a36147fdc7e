"""Numbers of receipts."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from consortia.models import Programme, Receipt
from consortia.queries import local_day
from core.ledger.naming import head


def numbered(kind: type[Receipt], programme: Programme, now: datetime) -> dict[str, Any]:
    """The facts of the next receipt of this kind in the programme's year.

    The programme's row is held until the transaction ends, so that numbers run without gaps and none is given twice;
    rows that point to the programme are not kept waiting by it. Called after the round or call is held, never before.
    """
    held = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    year = local_day(held, now).year
    given = kind._default_manager.filter(programme=held, year=year).aggregate(newest=Max("sequence"))["newest"]
    block, ledger_head = head()
    return {
        "programme": held,
        "year": year,
        "sequence": (given or 0) + 1,
        "at": now,
        "ledger_number": block,
        "ledger_head": ledger_head,
    }
