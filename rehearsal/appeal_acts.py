"""The acts that follow an announcement: objections, and the choice among those who answered a call."""

from collections.abc import Callable, Mapping

from appeals.operations.filing import file_appeal, withdraw_appeal
from appeals.operations.reviewing import admit_appeal, assign_reviewers
from appeals.operations.selecting import NOBODY, screen_application, vote_application
from appeals.operations.waiving import waive_appeal
from appeals.states import Ground
from appeals.verbs import CLOSE_APPEALS_EARLY, DECIDE_APPEAL, SELECT
from evaluation.operations.corrections import changes_of
from rehearsal.cue import Cue, lookup


def _waive_appeal(cue: Cue) -> None:
    waive_appeal(cue.entry(), actor=cue.actor(), now=cue.now)


def _close_appeals_early(cue: Cue) -> None:
    cue.decide(CLOSE_APPEALS_EARLY, cue.round())


def _file_appeal(cue: Cue) -> None:
    file_appeal(
        cue.entry(),
        code=cue.field("id"),
        ground=Ground(cue.field("ground")),
        statement=cue.field("statement"),
        actor=cue.actor(),
        now=cue.now,
    )


def _admit_appeal(cue: Cue) -> None:
    admit_appeal(
        cue.appeal(), admitted=cue.field("admitted"), reason=cue.field("reason"), actor=cue.actor(), now=cue.now
    )


def _assign_reviewers(cue: Cue) -> None:
    people = [lookup(cue.stage.people, name, "사람") for name in cue.field("people")]
    assign_reviewers(cue.appeal(), people=people, actor=cue.actor(), now=cue.now)


def _withdraw_appeal(cue: Cue) -> None:
    withdraw_appeal(cue.appeal(), actor=cue.actor(), now=cue.now)


def _decide_appeal(cue: Cue) -> None:
    """Its figures become plain text: what two officials sign is what they read."""
    appeal = cue.appeal()
    corrections = [
        {kind: {name: str(value) for name, value in item.items()} for kind, item in correction.items()}
        for correction in cue.field("corrections")
    ]
    changes_of(appeal.round, corrections)
    cue.decide(DECIDE_APPEAL, appeal, outcome=cue.field("outcome"), corrections=corrections)


def _screen_application(cue: Cue) -> None:
    screen_application(
        cue.application(), eligible=cue.field("eligible"), reason=cue.field("reason"), actor=cue.actor(), now=cue.now
    )


def _vote_application(cue: Cue) -> None:
    vote_application(cue.application(), person=cue.person(), accept=cue.field("accept"), actor=cue.actor(), now=cue.now)


def _select(cue: Cue) -> None:
    team = cue.field("team")
    if team != NOBODY:
        cue.application()
    cue.decide(SELECT, cue.call(), team=team)


APPEAL_ACTS: Mapping[str, Callable[[Cue], None]] = {
    "waive_appeal": _waive_appeal,
    "close_appeals_early": _close_appeals_early,
    "file_appeal": _file_appeal,
    "admit_appeal": _admit_appeal,
    "assign_reviewers": _assign_reviewers,
    "withdraw_appeal": _withdraw_appeal,
    "decide_appeal": _decide_appeal,
    "screen_application": _screen_application,
    "vote_application": _vote_application,
    "select": _select,
}
