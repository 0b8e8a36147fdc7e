"""Reads of the record and the ledger, for whoever must know what they say."""

from django.db import models

from core.actors import is_machine
from core.models import Account, Event, LedgerBlock, LedgerItem, Verification, WorkPhase
from core.own_verbs import CHANGE_OWN_PASSWORD, SET_PASSWORD


def sealed_in(row: models.Model) -> LedgerBlock | None:
    """The block that holds the row as it is now; None until the transaction that wrote it has been committed.

    A receipt shows this block's number and head once it exists: the head that it was made with stands for everything
    before it, this one for the receipt itself.
    """
    written = LedgerItem.objects.filter(relation=row._meta.db_table, row_key=str(row.pk)).order_by("-id").first()
    return None if written is None else LedgerBlock.objects.filter(marker=written.marker).first()


def newest_verifications() -> tuple[Verification | None, Verification | None]:
    """The last verification of the ledger that came to its end, and the one under way; None where there is none."""
    standing = Verification.objects.filter(phase__in={*Verification.going, WorkPhase.DONE}, cancelled=False)
    newest = list(standing.order_by("-pk")[:2])  # at most one is under way
    done = next((each for each in newest if not each.under_way), None)
    return done, next((each for each in newest if each.under_way), None)


def password_is_given(account: Account) -> bool:
    """Whether another person gave the password that is in use, and so knows it. (What `serve` gives, it prints.)"""
    verbs = (SET_PASSWORD.code, CHANGE_OWN_PASSWORD.code)
    about = Event.objects.filter(subject_kind=Account._meta.label_lower, subject_id=account.pk, verb__in=verbs)
    last = about.order_by("-id").first()
    by_others = last is not None and last.verb == SET_PASSWORD.code and last.actor != account.username
    return by_others and last is not None and not is_machine(last.actor)
