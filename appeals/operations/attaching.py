"""Files that come with an appeal's papers."""

from collections.abc import Sequence
from datetime import datetime

from appeals.models import Amendment, Appeal, AppealPaper, Completion
from core.actors import Actor
from core.attachments.receiving import Received
from core.events import record
from core.operation import operation
from core.operations.attachments import take_in
from core.own_verbs import TAKE_IN


@operation(TAKE_IN)
def attach(
    appeal: Appeal,
    *,
    files: Sequence[Received],
    amendment: Amendment | None = None,
    completion: Completion | None = None,
    actor: Actor,
    now: datetime,
) -> list[AppealPaper]:
    """Take files in with the filing of an appeal, or with the amendment or completion that they came with.

    Part of the operation that receives the paper: it holds the appeal and has asked whose it is.
    """
    if not files:
        return []
    papers = AppealPaper.objects.bulk_create(
        AppealPaper(
            appeal=appeal,
            amendment=amendment,
            completion=completion,
            attachment=take_in(file, actor=actor, now=now),
        )
        for file in files
    )
    record(TAKE_IN, appeal, at=now, files={file.name: file.sha256 for file in files})
    return papers
