"""The text of a decision on an appeal, put together from the rows."""

from datetime import datetime
from typing import Any

from appeals.models import Appeal, AppealReceipt
from appeals.rules.decision_text import Decided, decision_text
from core.calendar.words import moment_words
from core.ledger.naming import head


def decision_words(appeal: Appeal, outcome: str, reason: str, now: datetime, *, correcting: bool) -> dict[str, Any]:
    """The facts of a `DecisionText`: the text, and the ledger's head of the moment."""
    zone = appeal.programme.zone
    receipt = AppealReceipt.objects.filter(appeal=appeal).first()
    said = Decided(
        programme=appeal.programme.name_ko,
        number=receipt.number if receipt else appeal.code,
        filed=moment_words(appeal.filed_at, zone),
        team=appeal.entry.team.name_ko,
        about=f"{appeal.round.name_ko} 결과",
        ground=appeal.get_ground_display(),
        outcome=outcome,
        reason=reason,
        decided=moment_words(now, zone),
        correcting=correcting,
    )
    number, ledger_head = head()
    return {"text": decision_text(said), "at": now, "ledger_number": number, "ledger_head": ledger_head}
