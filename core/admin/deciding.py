"""기안: the page on which one official prepares a decision that another will approve."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.pages import OperationPage, refusal
from core.models import Decision
from core.models.decision import DecisionState
from core.operations.decisions import prepare, require_approvable
from core.verbs import Verb

_words: dict[str, type["DecisionPage"]] = {}


class DecisionPage(OperationPage):
    """Prepares a decided verb: nothing is done yet, and whoever approves will see exactly these words."""

    icon = "approval"
    brief_needs: ClassVar[tuple[str, ...] | None] = None
    """What a list reads with its subjects, so that `in_brief` asks nothing more of each; None: too long for a list."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "verb" in vars(cls):  # what pages share has none of its own
            _words[cls.verb.code] = cls

    def button(self) -> Any:
        return _("%(verb)s 기안") % {"verb": self.verb.label}

    def arguments(self, subject: Any, given: Mapping[str, Any]) -> dict[str, Any]:
        """The plain values with which the operation will be called."""
        return {}

    @classmethod
    def programme_of(cls, subject: Any) -> Any:
        """The programme to which the subject belongs: its zone, and its mark 예시."""
        return getattr(subject, "programme", None)

    @classmethod
    def in_words(cls, subject: Any, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        """The same values as label and text, for whoever approves."""
        return list(arguments.items())

    @classmethod
    def in_brief(cls, subject: Any, arguments: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
        """What of it a line of a list has room for: all, unless a page says less."""
        return cls.in_words(subject, arguments)

    @classmethod
    def consequences(cls, subject: Any, arguments: Mapping[str, Any]) -> Sequence[Any]:
        """What will follow from the approval."""
        return ()

    @classmethod
    def ground(cls, decision: Decision, subject: Any) -> Any:
        """What it was prepared against, in words; whether that still is as it was, its digest says."""
        return _("지금 입력된 자료") if decision.state == DecisionState.PREPARED else _("그때 입력된 자료")

    @classmethod
    def foreseen(cls, decision: Decision, subject: Any, *, reader: Actor, now: datetime) -> str:
        """What the approval would bring about, as markup, for whoever approves; of one that was approved, what it did.

        It writes nothing but what `reader` has seen. Empty where words say all.
        """
        return ""

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("기안만 합니다. 다른 담당 공무원이 결재해야 시행됩니다."),
            _("결재 전에 근거가 바뀌면 이 기안은 무효가 됩니다."),
            *self.consequences(subject, {}),
        ]

    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> Decision:
        arguments = self.arguments(subject, given)
        reason = given.get("reason", "")
        decision: Decision = prepare(self.verb, subject, actor=actor, now=now, reason=reason, arguments=arguments)
        return decision

    def done(self, subject: Any, result: Decision) -> Any:
        return _("%(subject)s: %(verb)s 기안을 올렸습니다. 다른 담당 공무원의 결재를 기다립니다.") % {
            "subject": subject,
            "verb": self.verb.label,
        }

    def after(self, subject: Any, result: Decision) -> str:
        return reverse("admin:core_decision_change", args=[result.pk])


def approval_refused(decision: Decision, subject: Any, *, now: datetime) -> str:
    """Why the approval of what waits would be refused now; empty where it would not be."""
    if decision.state != DecisionState.PREPARED:
        return ""
    return refusal(partial(require_approvable, decision, subject, now=now))


def words_of(verb: Verb) -> type[DecisionPage] | None:
    """The page that knows how to put a decision into words."""
    return _words.get(verb.code)
