"""Reads of the ledger for whoever gives something out that the ledger must stand behind."""

from django.db import models

from core.models import LedgerBlock, LedgerItem


def sealed_in(row: models.Model) -> LedgerBlock | None:
    """The block that holds the row as it is now; None until the transaction that wrote it has been committed.

    A receipt shows this block's number and head once it exists: the head that it was made with stands for everything
    before it, this one for the receipt itself.
    """
    written = LedgerItem.objects.filter(relation=row._meta.db_table, row_key=str(row.pk)).order_by("-id").first()
    return None if written is None else LedgerBlock.objects.filter(marker=written.marker).first()
