"""결재: prepare, approve by another, hand back, or void because what it was prepared against has changed.

A decision is taken by two people, and neither sits on the panel: the preparer vouches that it is right, the approver
that it is wanted. The act itself is the operation behind the verb, called here and nowhere else.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.actors import Actor, actor_of
from core.decisions import decided_by, held_subject
from core.errors import Code, Refused
from core.events import label_of, record
from core.models import Decision
from core.models.decision import DECISION, DecisionState
from core.operation import operation
from core.own_verbs import APPROVE, HAND_BACK, PREPARE
from core.text import stated
from core.undoing import undone
from core.verbs import Verb, named


@operation(PREPARE)
def prepare(
    verb: Verb,
    subject: models.Model,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    arguments: Mapping[str, Any],
    try_first: bool = True,
) -> Decision:
    """Write down a decision for another to approve.

    What would be refused at approval is refused here already: the act is tried and undone, so that nobody is asked
    to approve what cannot be done (`try_first`; needless where the approval follows at once). Refuses as the act
    does, and with `conflict_of_interest` somebody who sits on the panel.
    """
    behind = decided_by(verb)
    actor.require(verb)
    behind.barred(subject, actor=actor, **arguments)
    subject = held_subject(verb, subject.pk)
    decision = Decision.objects.create(
        verb=verb.code,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=label_of(subject),
        arguments=dict(arguments),
        reason=reason,
        prepared_against=behind.digest(subject, arguments),
        prepared_by=actor.person(),
        prepared_at=now,
    )
    record(PREPARE, decision, at=now, decides=verb.code, arguments=dict(arguments))
    if try_first:
        _try_out(decision, subject, actor, now)
    return decision


def _try_out(decision: Decision, subject: models.Model, actor: Actor, now: datetime) -> None:
    with undone():
        _carry_out(decision, subject, actor, now)


def _carry_out(decision: Decision, subject: models.Model, actor: Actor, now: datetime) -> None:
    decided_by(named(decision.verb)).act(
        subject, actor=actor.under(f"decision:{decision.pk}"), now=now, reason=decision.reason, **decision.arguments
    )


def hold_decision(pk: int) -> tuple[Decision, models.Model]:
    """A decision, held alone, and with it what it is about.

    By the door too, which reads the clock under this lock: what waits past midnight is done on the day on which it is.
    """
    decision = Decision.objects.select_for_update(of=("self",)).select_related("prepared_by").get(pk=pk)
    return decision, held_subject(named(decision.verb), decision.subject_id)


@operation(APPROVE)
def approve(decision: Decision, *, actor: Actor, now: datetime) -> Decision:
    """Approve and carry out. The returned decision is `approved`, or `void` where its ground has changed.

    Refused with `same_person` for the preparer, `conflict_of_interest` for somebody on the panel, `wrong_state` when
    it is settled already, and with whatever the act itself refuses.
    """
    decision, subject = hold_decision(decision.pk)
    behind = decided_by(named(decision.verb))
    actor.require(behind.verb)
    behind.barred(subject, actor=actor, **decision.arguments)
    if actor.person() == decision.prepared_by:
        raise Refused(Code.SAME_PERSON, _("기안한 사람은 결재할 수 없습니다."), person=actor.name)
    DECISION.require(decision.state, "approve")
    if behind.digest(subject, decision.arguments) != decision.prepared_against:
        return _settle(decision, "void", actor, now, "기안한 뒤에 근거가 바뀌었습니다.")
    _settle(decision, "approve", actor, now, "")
    _carry_out(decision, subject, actor, now)
    return decision


@operation(HAND_BACK)
def hand_back(decision: Decision, *, actor: Actor, now: datetime, reason: str) -> Decision:
    """Return a prepared decision with a reason; the preparer may take it back in the same way."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    DECISION.require(decision.state, "return")
    return _settle(decision, "return", actor, now, stated(reason, _("사유")))


def require_approvable(decision: Decision, subject: models.Model, *, now: datetime) -> None:
    """Refuse a prepared decision as its preparation would be refused now: tried by the same hands, and undone."""
    facts = {"reason": decision.reason, "arguments": decision.arguments}
    with undone():
        prepare(named(decision.verb), subject, actor=actor_of(decision.prepared_by), now=now, **facts)


def decide(
    verb: Verb,
    subject: models.Model,
    *,
    preparer: Actor,
    approver: Actor,
    now: datetime,
    reason: str = "",
    arguments: Mapping[str, Any],
) -> Decision:
    """Prepare and approve in one go, as a rehearsal does; a refusal leaves no preparation behind.

    Rights come first, then `same_person`, then what the act refuses, so that the refusal that stands first in the
    table of codes is the one given.
    """
    with transaction.atomic():
        for actor in (preparer, approver):
            actor.require(verb)
        for actor in (preparer, approver):
            decided_by(verb).barred(subject, actor=actor, **arguments)
        if preparer.name == approver.name:
            raise Refused(Code.SAME_PERSON, _("기안한 사람은 결재할 수 없습니다."), person=approver.name)
        decision = prepare(verb, subject, actor=preparer, now=now, reason=reason, arguments=arguments, try_first=False)
        decision = approve(decision, actor=approver, now=now)
        if decision.state != DecisionState.APPROVED:
            raise Refused(Code.WRONG_STATE, decision.settled_reason, state=decision.state)
        return decision


def _settle(decision: Decision, step: str, actor: Actor, now: datetime, reason: str) -> Decision:
    decision.state = DECISION.require(decision.state, step)
    decision.settled_by = actor.person()
    decision.settled_at = now
    decision.settled_reason = reason
    decision.save(update_fields=["state", "settled_by", "settled_at", "settled_reason"])
    record(APPROVE if step != "return" else HAND_BACK, decision, at=now, state=decision.state, note=reason)
    return decision
