"""결재: what was prepared, by whom, against what; approve it or hand it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin import fields
from core.admin.acting import acting, now_of
from core.admin.base import ReadOnlyAdmin
from core.admin.briefs import DecisionList
from core.admin.columns import badged
from core.admin.deciding import DecisionPage, words_of
from core.admin.filters import VerbFilter
from core.admin.forms import OperationForm
from core.admin.pages import OperationPage, on, refusal
from core.decisions import decided_by, subject_of, verb_of
from core.models import Decision
from core.models.decision import DECISION, DecisionState
from core.operations.decisions import approve, hand_back, hold_decision
from core.own_verbs import APPROVE, HAND_BACK
from core.templatetags.simsa import when


def _page(decision: Decision) -> type[DecisionPage]:
    """The page that puts the decision into words; without one of its own, into those of all."""
    return words_of(verb_of(decision)) or DecisionPage


def what(decision: Decision) -> str:
    """A decision by what it decides, for instance "1차 단계평가 · 결과 발표"."""
    return f"{decision.subject_label} · {verb_of(decision).label}"


def in_words(decision: Decision) -> Sequence[tuple[Any, Any]]:
    """What was prepared, as label and text."""
    return _page(decision).in_words(subject_of(decision), decision.arguments)


class DecisionAdmin(ReadOnlyAdmin):
    """The inbox of decisions."""

    change_form_template = "panel/decision.html"
    fields = ("state", "prepared_by", "prepared_at", "settled_by", "settled_at", "settled_reason")
    list_display = ("what", "content", "state_badge", "prepared_by", "prepared_at", "settled_by", "settled_at")
    list_filter = ("state", VerbFilter)
    list_select_related = ("prepared_by", "settled_by")
    search_fields = ("subject_label",)
    empty = _(
        "한 사람이 기안하고 다른 사람이 결재하는 일입니다. 단계나 이의신청 같은 화면에서 기안하면 여기에 모입니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))

    @admin.display(description=_("결재할 일"), ordering="verb")
    def what(self, obj: Decision) -> str:
        return what(obj)

    @admin.display(description=_("내용"))
    def content(self, obj: Decision) -> str:
        return getattr(obj, "brief", "")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return DecisionList

    def programme_of(self, obj: Decision) -> Any:
        return _page(obj).programme_of(subject_of(obj))

    def more(self, request: HttpRequest, obj: Decision) -> dict[str, Any]:
        subject = subject_of(obj)
        return {
            "subtitle": what(obj),
            "subject": subject,
            "subject_link": _link(subject),
            "words": in_words(obj),
            "consequences": _consequences(obj, subject),
            "foreseen": foreseen(obj, subject, reader=acting(request), now=now_of(request)),
            "ground": ground(obj, subject),
            "unchanged": _unchanged(obj, subject),
        }


def ground(decision: Decision, subject: Any) -> Any:
    """What the decision was prepared against, in words."""
    return _page(decision).ground(decision, subject)


def _unchanged(decision: Decision, subject: Any) -> bool:
    """Whether that is still as the preparer saw it: else the approval voids the decision."""
    return decided_by(verb_of(decision)).digest(subject, decision.arguments) == decision.prepared_against


def foreseen(decision: Decision, subject: Any, *, reader: Actor, now: datetime) -> str:
    """What the decision would bring about, or did, as its page shows it."""
    return _page(decision).foreseen(decision, subject, reader=reader, now=now)


def _link(subject: Any) -> Any:
    try:
        meta = subject._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[subject.pk])
    except NoReverseMatch:
        return str(subject)
    return format_html('<a href="{}">{}</a>', url, subject)


def _consequences(decision: Decision, subject: Any) -> list[str]:
    return [str(each) for each in _page(decision).consequences(subject, decision.arguments)]


@on(Decision)
class Approve(OperationPage):
    """Approves a decision and carries it out."""

    verb = APPROVE
    icon = "approval"
    dangerous = True
    holds = hold_decision

    def blocked(self, subject: Decision, *, actor: Actor, now: datetime) -> str:
        if not refusal(DECISION.require, subject.state, "approve") and subject.prepared_by_id == actor.person().pk:
            return str(_("기안한 사람은 결재할 수 없습니다. 다른 담당 공무원이 결재합니다."))
        return refusal(DECISION.require, subject.state, "approve")

    def follows(self, subject: Decision, *, actor: Actor, now: datetime) -> list[Any]:
        by = {"who": subject.prepared_by, "at": when(subject.prepared_at)}
        about = subject_of(subject)
        waits = subject.state == DecisionState.PREPARED
        void = _("기안한 뒤에 근거가 바뀌었습니다. 결재하면 시행되지 않고 무효가 됩니다.")
        final = _("결재하면 바로 시행되며 되돌릴 수 없습니다.")
        return [
            *(f"{label}: {text}" for label, text in in_words(subject)),
            *([_("사유: %(reason)s") % {"reason": subject.reason}] if subject.reason else []),
            _("%(who)s 기안 · %(at)s") % by,
            format_html("{}: {}", _("기안 근거"), ground(subject, about)),
            *_consequences(subject, about),
            void if waits and not _unchanged(subject, about) else final,
        ]

    def beside(self, subject: Decision, *, actor: Actor, now: datetime) -> str:
        return foreseen(subject, subject_of(subject), reader=actor, now=now)

    def perform(self, subject: Decision, given: dict[str, Any], *, actor: Actor, now: datetime) -> Decision:
        decision: Decision = approve(subject, actor=actor, now=now)
        return decision

    def done(self, subject: Decision, result: Decision) -> Any:
        if result.state == "void":
            void = _("%(what)s: 기안한 뒤에 근거가 바뀌어 무효가 되었습니다. 다시 기안해야 합니다.")
            return void % {"what": what(result)}
        return _("%(what)s: 결재하여 시행했습니다.") % {"what": what(result)}

    def level(self, result: Decision) -> int:
        return messages.WARNING if result.state == "void" else messages.SUCCESS


class HandBackForm(OperationForm):
    reason = fields.reason(_("반려 사유"))


@on(Decision)
class HandBack(OperationPage):
    """Returns a decision to its preparer, who may take it back in the same way."""

    verb = HAND_BACK
    form_class = HandBackForm
    icon = "undo"

    def blocked(self, subject: Decision, *, actor: Actor, now: datetime) -> str:
        return refusal(DECISION.require, subject.state, "return")

    def follows(self, subject: Decision, *, actor: Actor, now: datetime) -> list[Any]:
        return [_("이 기안은 시행되지 않습니다. 필요하면 새로 기안합니다.")]

    def perform(self, subject: Decision, given: dict[str, Any], *, actor: Actor, now: datetime) -> Decision:
        decision: Decision = hand_back(subject, actor=actor, now=now, reason=given["reason"])
        return decision

    def done(self, subject: Decision, result: Decision) -> Any:
        return _("%(what)s: 반려했습니다.") % {"what": what(result)}
