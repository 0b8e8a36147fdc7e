"""What a receipt of an appeal or an application says."""

from dataclasses import dataclass
from datetime import datetime

from appeals.models import Appeal
from consortia.models import Application, Receipt
from core.queries import sealed_in


@dataclass(frozen=True)
class Receipted:
    """What a receipt says: number, moment, the hash of every file, and two places in the ledger.

    `before` is the newest block at the moment of receipt, `sealed` the block that holds the receipt itself (None until
    the transaction is committed), each as number and head.
    """

    number: str
    at: datetime
    files: list[tuple[str, str]]
    before: tuple[int, str]
    sealed: tuple[int, str] | None


def appeal_receipt(appeal: Appeal) -> Receipted:
    """The receipt of an appeal, with the files of its filing."""
    filed = appeal.papers.filter(amendment=None, completion=None).order_by("pk")
    return _receipted(appeal.receipt, list(filed.values_list("attachment__name", "attachment__sha256")))


def application_receipt(application: Application) -> Receipted:
    """The receipt of an application, with its files."""
    handed_in = application.papers.order_by("pk")
    return _receipted(application.receipt, list(handed_in.values_list("attachment__name", "attachment__sha256")))


def _receipted(receipt: Receipt, files: list[tuple[str, str]]) -> Receipted:
    block = sealed_in(receipt)
    return Receipted(
        number=receipt.number,
        at=receipt.at,
        files=files,
        before=(receipt.ledger_number, receipt.ledger_head),
        sealed=(block.number, block.head) if block else None,
    )
