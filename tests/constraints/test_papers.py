"""Attachments and the papers of appeals and calls: what must never be false; each constraint by its name."""

import re
from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from appeals.models import (
    Amendment,
    Appeal,
    AppealPaper,
    AppealReceipt,
    AppealReviewer,
    AssignmentEnd,
    Challenge,
    ChallengeRuling,
    Completion,
    CompletionRequest,
    DecisionText,
    Opinion,
)
from consortia.models import (
    Application,
    ApplicationDraft,
    ApplicationPaper,
    ApplicationReceipt,
    Call,
    CallGuide,
    CallNotice,
    CallTemplate,
    DraftPaper,
    Programme,
)
from core.ledger.naming import named
from core.models import Attachment, Decision
from tests.appeals.after import DAY, contested, filed
from tests.story import NOW

pytestmark = pytest.mark.django_db
HEAD = "0" * 64
MODELS = (
    *(Attachment, CallTemplate, CallGuide, CallNotice, ApplicationPaper, ApplicationReceipt, ApplicationDraft),
    *(DraftPaper, AppealReceipt, Amendment, CompletionRequest, Completion, AppealPaper, DecisionText),
    *(Challenge, ChallengeRuling, AssignmentEnd, Opinion),
)


class World:
    """An appeal and an application, with nothing beside them but what the case makes."""

    def __init__(self) -> None:
        story = contested()
        self.story, self.programme = story, story.programme
        self.appeal = filed(story)
        self.decision = Decision.objects.latest("pk")
        with named(actor="test", verb="test"):
            self.call = Call.objects.create(
                programme=story.programme, code="call", notice_days=5, eligible=["newcomers"]
            )
            self.application = self._application("x")
        self.lead, self.official = story.people["b-lead"], story.people["official-1"]
        self._number = 0

    def _application(self, team: str) -> Application:
        lead = self.story.people[f"{team}-lead"]
        return Application.objects.create(
            call=self.call, team=self.story.teams[team], submitted_by=lead, submitted_at=NOW
        )

    def made(self, model: Any, /, **wrong: Any) -> Any:
        """A valid row but for these fields."""
        return model.objects.create(**(self.valid(model, wrong) | wrong))

    def valid(self, model: Any, wrong: dict[str, Any]) -> dict[str, Any]:
        """Fields of a valid row; what it points to is made, unless `wrong` names it."""

        def one(name: str, other: Any) -> Any:
            return wrong[name] if name in wrong else self.made(other)

        self._number += 1
        ledger = {"ledger_number": 0, "ledger_head": HEAD}
        receipt = {"programme": self.programme, "year": 2027, "sequence": self._number, "at": NOW, **ledger}
        facts: dict[Any, Callable[[], dict[str, Any]]] = {
            Attachment: lambda: {
                "name": "이유서.pdf",
                "kind": "application/pdf",
                "size": 1,
                "sha256": HEAD,
                "stored_as": f"file-{self._number}",
                "uploaded_by": self.lead,
                "uploaded_at": NOW,
            },
            CallTemplate: lambda: {
                "programme": self.programme,
                "version": self._number,
                "text": "공고",
                "set_by": self.official,
                "set_at": NOW,
            },
            CallGuide: lambda: {
                "call": self.call,
                "template": "공고",
                "occasion": "공석",
                "evaluators": "위원",
                "decision_rule": "과반",
                "notice_days": 5,
                "least_notice_days": 5,
            },
            CallNotice: lambda: {"call": self.call, "text": "공고", "published_at": NOW},
            ApplicationPaper: lambda: {
                "application": self.application,
                "kind": "계획서",
                "attachment": one("attachment", Attachment),
            },
            ApplicationReceipt: lambda: {"application": self.application, **receipt},
            ApplicationDraft: lambda: {
                "call": self.call,
                "team": self.story.teams["y"],
                "updated_by": self.lead,
                "updated_at": NOW,
            },
            DraftPaper: lambda: {
                "draft": one("draft", ApplicationDraft),
                "kind": "계획서",
                "attachment": one("attachment", Attachment),
            },
            AppealReceipt: lambda: {"appeal": one("appeal", Appeal), **receipt},
            Appeal: lambda: {
                "programme": self.programme,
                "code": f"appeal-{self._number}",
                "round": self.story.round,
                "entry": self.story.entry("c"),
                "ground": "other",
                "statement": "내용",
                "filed_by": self.lead,
                "filed_at": NOW,
                "decide_by": NOW + DAY,
            },
            Amendment: lambda: {
                "appeal": self.appeal,
                "version": 1 + self._number,
                "statement": "내용",
                "by": self.lead,
                "at": NOW,
            },
            CompletionRequest: lambda: {
                "appeal": self.appeal,
                "text": "근거",
                "until": NOW + DAY,
                "by": self.official,
                "at": NOW,
            },
            Completion: lambda: {
                "request": one("request", CompletionRequest),
                "text": "근거",
                "by": self.lead,
                "at": NOW,
                "late": False,
            },
            AppealPaper: lambda: {"appeal": self.appeal, "attachment": one("attachment", Attachment)},
            DecisionText: lambda: {"appeal": self.appeal, "text": "결정", "at": NOW, **ledger},
            AppealReviewer: lambda: {
                "appeal": self.appeal,
                "account": self.story.people["reviewer-1"],
                "assigned_by": self.official,
                "assigned_at": NOW,
            },
            Challenge: lambda: {
                "reviewer": one("reviewer", AppealReviewer),
                "reason": "사유",
                "by": self.lead,
                "at": NOW,
            },
            ChallengeRuling: lambda: {
                "challenge": one("challenge", Challenge),
                "accepted": True,
                "reason": "사유",
                "decision": self.decision,
                "at": NOW,
            },
            AssignmentEnd: lambda: self._end(wrong),
            Opinion: lambda: {
                "reviewer": one("reviewer", AppealReviewer),
                "recommends": "dismissed",
                "text": "이유",
                "at": NOW,
            },
        }
        return facts[model]()

    def _end(self, wrong: dict[str, Any]) -> dict[str, Any]:
        if "ruling" in wrong:
            return {"reviewer": wrong["ruling"].challenge.reviewer, "at": NOW}
        ruling = self.made(ChallengeRuling)
        return {"ruling": ruling, "reviewer": ruling.challenge.reviewer, "at": NOW}


Act = Callable[[World], Any]


def given(model: Any, **wrong: Any) -> Act:
    """A valid row but for these fields."""
    return lambda world: world.made(model, **wrong)


def twice(model: Any, *same: str) -> Act:
    """A valid row, and another that has these fields of it."""

    def act(world: World) -> None:
        first = world.made(model)
        world.made(model, **{name: getattr(first, name) for name in same})

    return act


def kept(model: Any, **other: Any) -> list[Act]:
    """A row changed, and a row taken away."""

    def change(world: World) -> None:
        model.objects.filter(pk=world.made(model).pk).update(**other)

    def remove(world: World) -> None:
        model.objects.filter(pk=world.made(model).pk)._raw_delete("default")

    return [change, remove]


def withdrawn(**wrong: Any) -> Act:
    """The application taken back, but for these fields."""

    def act(world: World) -> None:
        back = {"withdrawn_at": NOW, "withdrawn_by": world.lead} | wrong
        Application.everything.filter(pk=world.application.pk).update(**back)

    return act


def changed_after_withdrawal(world: World) -> None:
    withdrawn()(world)
    Application.everything.filter(pk=world.application.pk).update(summary="고침")


def taken_out(*steps: dict[str, Any]) -> Act:
    def act(world: World) -> None:
        paper = world.made(DraftPaper)
        for step in steps:
            DraftPaper.objects.filter(pk=paper.pk).update(**step)

    return act


def _remove_draft_paper(world: World) -> None:
    DraftPaper.objects.filter(pk=world.made(DraftPaper).pk)._raw_delete("default")


def _paper_of_both(world: World) -> None:
    world.made(AppealPaper, amendment=world.made(Amendment), completion=world.made(Completion))


NOTICE_DAYS = (0, 367)
CASES: dict[str, list[Act]] = {
    "attachment_kind_known": [given(Attachment, kind="application/zip"), given(Attachment, kind="")],
    "attachment_size_bounded": [given(Attachment, size=0), given(Attachment, size=20 * 1024 * 1024 + 1)],
    "attachment_sha256_form": [given(Attachment, sha256=each) for each in ("", "0" * 63, "A" * 64)],
    "attachment_name_form": [given(Attachment, name=each) for each in ("", "a/b", "a\\b", "a\nb", "a\x7fb", "a\x1f")],
    "attachment_append_only": kept(Attachment, name="다른 이름.pdf"),
    "programme_least_notice_days_bounded": [
        lambda world, days=days: Programme.objects.filter(pk=world.programme.pk).update(least_notice_days=days)
        for days in NOTICE_DAYS
    ],
    "call_template_version_once": [twice(CallTemplate, "version")],
    "call_template_has_text": [given(CallTemplate, text="")],
    "call_template_append_only": kept(CallTemplate, text="다른 말"),
    "call_guide_shorter_has_reason": [given(CallGuide, notice_days=4)],
    "call_guide_append_only": kept(CallGuide, template="다른 말"),
    "call_notice_has_text": [given(CallNotice, text="")],
    "call_notice_append_only": kept(CallNotice, text="다른 말"),
    "application_one_a_team": [lambda world: world._application("x")],
    "application_withdrawn_before_decided": [
        withdrawn(withdrawn_by=None),
        withdrawn(withdrawn_at=None),
        withdrawn(state="ineligible"),
    ],
    "application_stays_withdrawn": [changed_after_withdrawal],
    "application_paper_once": [twice(ApplicationPaper, "attachment")],
    "application_paper_has_kind": [given(ApplicationPaper, kind="")],
    "application_paper_append_only": kept(ApplicationPaper, kind="다른 것"),
    "applicationreceipt_number_once": [
        lambda world: [
            world.made(ApplicationReceipt, sequence=1),
            world.made(ApplicationReceipt, sequence=1, application=world._application("y")),
        ]
    ],
    "applicationreceipt_number_from_one": [given(ApplicationReceipt, sequence=0)],
    "applicationreceipt_has_head": [given(ApplicationReceipt, ledger_head="")],
    "application_receipt_append_only": kept(ApplicationReceipt, year=2028),
    "application_draft_one_a_team": [twice(ApplicationDraft)],
    "draft_paper_has_kind": [given(DraftPaper, kind="")],
    "draft_paper_is_only_taken_out": [taken_out({"kind": "다른 것"})],
    "draft_paper_stays_taken_out": [taken_out({"taken_out_at": NOW}, {"taken_out_at": None})],
    "draft_paper_stays": [_remove_draft_paper],
    "appealreceipt_number_once": [lambda world: [world.made(AppealReceipt, year=2026, sequence=1)]],
    "appealreceipt_number_from_one": [given(AppealReceipt, sequence=0)],
    "appealreceipt_has_head": [given(AppealReceipt, ledger_head="0")],
    "appeal_receipt_append_only": [
        lambda world: AppealReceipt.objects.update(year=2028),
        lambda world: AppealReceipt.objects.all()._raw_delete("default"),
    ],
    "amendment_version_once": [twice(Amendment, "version")],
    "amendment_after_the_filing": [given(Amendment, version=1)],
    "amendment_has_statement": [given(Amendment, statement="")],
    "amendment_append_only": kept(Amendment, statement="다른 말"),
    "completion_request_has_text": [given(CompletionRequest, text="")],
    "completion_request_leaves_time": [given(CompletionRequest, until=NOW)],
    "completion_request_append_only": kept(CompletionRequest, text="다른 말"),
    "completion_has_text": [given(Completion, text="")],
    "completion_late_is_noted": [given(Completion, late=True), given(Completion, lateness="늦음")],
    "completion_append_only": kept(Completion, text="다른 말"),
    "appeal_paper_came_once": [_paper_of_both],
    "appeal_paper_append_only": [
        lambda world: AppealPaper.objects.filter(pk=world.made(AppealPaper).pk).update(amendment=world.made(Amendment)),
        lambda world: AppealPaper.objects.filter(pk=world.made(AppealPaper).pk)._raw_delete("default"),
    ],
    "decision_text_not_empty": [given(DecisionText, text="")],
    "decision_text_has_head": [given(DecisionText, ledger_head="")],
    "decision_text_append_only": kept(DecisionText, text="다른 말"),
    "challenge_has_reason": [given(Challenge, reason="")],
    "challenge_append_only": kept(Challenge, reason="다른 사유"),
    "challenge_ruling_has_reason": [given(ChallengeRuling, reason="")],
    "challenge_ruling_append_only": kept(ChallengeRuling, reason="다른 사유"),
    "assignment_end_append_only": kept(AssignmentEnd, at=NOW + DAY),
    "opinion_recommends_an_outcome": [given(Opinion, recommends="rejected"), given(Opinion, recommends="")],
    "opinion_has_text": [given(Opinion, text="")],
    "opinion_append_only": kept(Opinion, text="다른 말"),
}
# What a field that is unique by itself refuses: PostgreSQL names these, no model does.
KEYS: dict[str, list[Act]] = {
    "consortia_callguide_call_id_key": [twice(CallGuide)],
    "consortia_callnotice_call_id_key": [twice(CallNotice)],
    "core_attachment_stored_as_key": [twice(Attachment, "stored_as")],
}
RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def refusing(world: World, act: Act) -> str:
    """The name of the constraint or trigger that refused."""
    try:
        with transaction.atomic():
            act(world)
            transaction.set_rollback(True)
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        found = RAISED.search(diagnosis.context or "")
        return diagnosis.constraint_name or (found[1] if found else str(error))
    return "nothing"


def test_every_guard_is_named_above():
    guards = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    guards |= {trigger.name for model, trigger in pgtrigger.registered() if model in MODELS}
    assert guards <= set(CASES)


def test_each_refuses_what_it_stands_for():
    world = World()
    with named(actor="test", verb="test"):
        for model in MODELS:
            assert refusing(world, lambda world, model=model: world.made(model)) == "nothing", model
        for name, acts in (CASES | KEYS).items():
            assert [refusing(world, act) for act in acts] == [name] * len(acts)
