"""The whole story, of which nobody may read what is not his.

The first round is over: an appeal was upheld with a correction, a call chose nobody, another takes applications now.
The second was announced two days ago, with an appeal under review. The third is being scored. The fourth has just been
opened: a sheet is being written, and the teams are asked whether its criteria may change.
"""

from datetime import datetime
from typing import Any

from django.core import mail

from appeals.operations.reviewing import admit_appeal
from appeals.operations.waiving import waive_appeal
from appeals.states import Ground
from appeals.sweeps import sweep, tell
from core.actors import machine
from core.clock import database_now
from evaluation.models import Reminder, Round
from evaluation.operations.consenting import record_service_consent
from evaluation.operations.drafting import CriterionDraft, Named
from evaluation.operations.reminding import mail_reminder
from tests.blindness.appealed import filed, reviewed, upheld
from tests.blindness.called import applied, drafted, opened, over
from tests.blindness.kept import kept
from tests.blindness.scored import (
    CRITERIA,
    DAY,
    exported,
    handed_in,
    papers,
    recounted,
    rostered,
    scored,
    supposed,
    uploaded,
    verified,
)
from tests.blindness.secrets import Told
from tests.core.ledger.book import seal
from tests.later import later_round
from tests.story import NOW, told

PANEL = ("expert-1", "expert-2", "expert-3")


def whole() -> Told:
    """Everything, with pages as they are today and every mail that went out."""
    now = database_now()
    all_ = Told(told("blind", criteria=CRITERIA, seats=2, evidence_closes=NOW + DAY))
    for team in "abc":
        lead = all_.story.actor(f"{team}-lead")
        record_service_consent(all_.story.teams[team], address=f"{team}@team.example", actor=lead, now=NOW)
    _first(all_)
    opening = now - 2 * DAY
    call = opened(all_.story, "additional-2", opening)
    drafted(all_, call, "d", opening + DAY)
    applied(all_, call, "x", opening + DAY)
    _second(all_, now)
    third = _later(all_, 3)
    story = scored(all_, third, "abc", now - DAY)
    papers(all_, story, "abc", now - DAY)
    uploaded(all_, story)
    exported(all_, now)
    supposed(all_, now)
    recounted(all_, now)
    rostered(all_, now)
    kept(all_, _later(all_, 4, criteria_consent=True), third, now - DAY)
    seal()
    verified(all_, now)
    seal()
    return all_


def _first(all_: Told) -> None:
    story = all_.story
    papers(all_, story, "abcde", NOW)
    story = scored(all_, story.round, "abcde", NOW, failed="b").announce()
    handed_in(all_, story, "ad", NOW + DAY, kind="late")
    rejected = filed(all_, story, "b", NOW + DAY, Ground.METHOD)
    reason = all_.says("appeal", "b")
    admit_appeal(rejected, admitted=False, reason=reason, actor=story.actor("official-1"), now=NOW + DAY)
    waive_appeal(story.entry("e"), actor=story.actor("e-lead"), now=NOW + DAY)
    appeal = reviewed(all_, story, filed(all_, story, "c", NOW + DAY), ["expert-6", "reviewer-1"], NOW + 2 * DAY)
    upheld(all_, story, appeal, "31.49", NOW + 3 * DAY)
    ends = story.fresh().appeals_close_at
    assert ends is not None
    _reminded(all_, ends - 2 * DAY)
    all_.story = story
    sweep(actor=machine("test"), now=ends, programme=story.programme.pk)
    over(all_, "additional-1", "dx", ends)


def _second(all_: Told, now: datetime) -> None:
    announced = now - 2 * DAY
    round = _later(all_, 2)
    story = scored(all_, round, "abc", announced, failed="b").announce()
    appeal = filed(all_, story, "b", announced + DAY)
    reviewed(all_, story, appeal, ["expert-4"], announced + DAY)
    _reminded(all_, now)


def _later(all_: Told, number: int, **given: Any) -> Round:
    story = all_.story
    return later_round(
        story,
        code=f"stage-{number}",
        number=number,
        name_ko=f"{number}차 단계평가",
        seats=2,
        criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in CRITERIA],
        gates=[Named("originality", "독자성", "Originality")],
        entries=[story.teams[team] for team in "abc"],
        panel=[story.people[expert] for expert in PANEL],
        **given,
    )


def _reminded(all_: Told, now: datetime) -> None:
    """Whoever is to be told is told, and every mail goes out."""
    tell(actor=machine("test"), now=now)
    for reminder in Reminder.objects.filter(mailed_at=None).exclude(address=""):
        mail_reminder(reminder.pk, actor=machine("mail"), now=now)
    all_.mails += [(address, f"{each.subject}\n{each.body}") for each in mail.outbox for address in each.to]
    mail.outbox.clear()
