"""Appeals and selection: what must never be false, whoever writes; each constraint and trigger by its name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, models, transaction

from appeals.models import Appeal, AppealReviewer, Authorisation, EarlyClosing, Screening, Selection, Vote, Waiver
from consortia.models import Call
from core.ledger.naming import named
from core.models import Decision
from evaluation.models import Correction, Snapshot, Vacancy
from tests.appeals.after import answered, application, authorised, contested, filed
from tests.story import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
DECIDED = {"decided_at": NOW, "decision_reason": "이유"}


class World:
    """An announced round (`appeal` of b stands filed), or one whose call was answered by x and y (`called`)."""

    def __init__(self, *, called: bool = False) -> None:
        self.story = contested()
        self.appeal = None if called else filed(self.story)
        self.call = answered(self.story, "x", "y") if called else None

    @property
    def decision(self) -> Decision:
        """One that nothing of these tables has used yet."""
        return Decision.objects.filter(verb="decide_gate").earliest("pk")

    def made(self, model: Any, /, **wrong: Any) -> Any:
        """A valid row but for these fields."""
        return model.objects.create(**(self._valid(model) | wrong))

    def _valid(self, model: Any) -> dict[str, Any]:
        story, official = self.story, self.story.people["official-1"]
        about: dict[Any, Callable[[], dict[str, Any]]] = {
            Waiver: lambda: {"entry": story.entry("c"), "waived_by": official, "waived_at": NOW},
            EarlyClosing: lambda: {
                "round": story.round,
                "decision": self.decision,
                "reason": "사유",
                "closed_at": NOW,
            },
            Appeal: lambda: {
                "programme": story.programme,
                "code": "appeal-2",
                "round": story.round,
                "entry": story.entry("c"),
                "ground": "other",
                "statement": "이유",
                "filed_by": official,
                "filed_at": NOW,
                "decide_by": LATER,
            },
            AppealReviewer: lambda: {
                "appeal": self.appeal,
                "account": story.people["reviewer-1"],
                "assigned_by": official,
                "assigned_at": NOW,
            },
            Screening: lambda: {**self._answer("x"), "eligible": True, "reason": "사유", "by": official, "at": NOW},
            Vote: lambda: {**self._answer("x"), "account": story.people["expert-1"], "accept": True, "at": NOW},
            Selection: lambda: {**self._answer("x"), "call": self.call, "reason": "사유", **self._decided()},
            Correction: lambda: {
                "round": story.round,
                "items": [],
                "reason": "사유",
                "before": story.round.snapshots.get(),
                "after": self._another_snapshot(),
                **self._decided(),
            },
        }
        return about[model]()

    def _answer(self, team: str) -> dict[str, Any]:
        return {"application": application(self.call, team)}

    def _decided(self) -> dict[str, Any]:
        return {"decision": self.decision, "at": NOW}

    def _another_snapshot(self) -> Snapshot:
        first = self.story.round.snapshots.get(number=1)
        facts = {"advanced": 1, "vacancies": 1, "means": {}, "inputs_digest": "0" * 64, "digest": "0" * 64}
        return Snapshot.objects.create(round=first.round, number=2, made_at=NOW, **facts)

    def changed(self, row: Any, **wrong: Any) -> None:
        type(row).objects.filter(pk=row.pk).update(**wrong)

    def deleted(self, row: Any) -> None:
        type(row).objects.filter(pk=row.pk)._raw_delete("default")

    def decided(self, state: str, **wrong: Any) -> None:
        """The appeal, admitted and then decided."""
        self.changed(self.appeal, state="admitted", admission_reason="적격")
        self.changed(self.appeal, **({"state": state, "decision": self.decision, **DECIDED} | wrong))


Break = Callable[[World], object]


def kept(model: Any, field: str, value: Any) -> list[Break]:
    """Rows that are neither changed nor taken away."""
    return [lambda w: w.changed(w.made(model), **{field: value}), lambda w: w.deleted(w.made(model))]


def twice(model: Any, **other: Any) -> Break:
    return lambda w: (w.made(model), w.made(model, **other))


ANNOUNCED: dict[str, list[Break]] = {
    "appeals_waiver_entry_id_key": [twice(Waiver)],
    "waiver_append_only": kept(Waiver, "waived_at", LATER),
    "early_closing_has_reason": [lambda w: w.made(EarlyClosing, reason="")],
    "early_closing_append_only": kept(EarlyClosing, "reason", "다른 사유"),
    "appeal_code_form": [lambda w, code=code: w.made(Appeal, code=code) for code in ("", "A", "가", "a b", "-a")],
    "appeal_code_once": [lambda w: w.made(Appeal, code="appeal-1")],
    "appeal_one_a_team_and_ground": [twice(Appeal, code="appeal-3", statement="다른 이유")],
    "appeal_ground_known": [lambda w: w.made(Appeal, ground="mood")],
    "appeal_has_statement": [lambda w: w.made(Appeal, statement="")],
    "appeal_decide_by_after_filing": [lambda w: w.made(Appeal, decide_by=NOW)],
    "appeal_inadmissible_never_admitted": [
        lambda w: w.changed(w.made(Appeal, ground="rules"), state="admitted", admission_reason="적격"),
        lambda w: w.changed(w.made(Appeal, ground="amounts"), state="admitted", admission_reason="적격"),
    ],
    "appeal_decided_has_reason_and_time": [
        lambda w: w.changed(w.appeal, decided_at=NOW),
        lambda w: w.changed(w.appeal, state="rejected", admission_reason="각하"),
        lambda w: w.changed(w.appeal, state="rejected", decided_at=NOW),
        lambda w: w.changed(w.appeal, state="withdrawn", decided_at=NOW),
        lambda w: w.decided("upheld", decided_at=None),
        lambda w: w.decided("partly_upheld", decision=None),
        lambda w: w.decided("dismissed", decision_reason=""),
    ],
    "appeal_begins": [lambda w: w.made(Appeal, state="admitted"), lambda w: w.made(Appeal, state="withdrawn")],
    "appeal_steps": [
        lambda w: w.changed(w.appeal, state="upheld", decision=w.decision, **DECIDED),
        lambda w: (w.changed(w.appeal, state="withdrawn"), w.changed(w.appeal, state="filed")),
        lambda w: (w.decided("dismissed"), w.changed(w.appeal, state="upheld")),
        lambda w: (w.decided("upheld"), w.changed(w.appeal, state="withdrawn", decided_at=None)),
    ],
    "appeal_never_after_a_waiver": [lambda w: (w.made(Waiver), w.made(Appeal))],
    "appeal_reviewer_not_of_the_first_panel": [
        lambda w, person=person: w.made(AppealReviewer, account=w.story.people[person])
        for person in ("expert-1", "expert-5")
    ],
    "appeal_reviewer_once": [twice(AppealReviewer)],
    "appeal_reviewer_append_only": kept(AppealReviewer, "assigned_at", LATER),
    "correction_has_reason": [lambda w: w.made(Correction, reason="")],
    "correction_makes_another_snapshot": [
        lambda w: w.made(Correction, after=w.story.round.snapshots.get(number=1)),
    ],
    "correction_append_only": kept(Correction, "reason", "다른 사유"),
}
CALLED: dict[str, list[Break]] = {
    "authorisation_only_lapses": [
        lambda w: w.changed(Authorisation.objects.get(), authorised_at=LATER),
        lambda w: w.changed(Authorisation.objects.get(), decision=w.decision),
    ],
    "authorisation_stays": [lambda w: w.deleted(Authorisation.objects.get())],
    "screening_has_reason": [lambda w: w.made(Screening, reason="")],
    "appeals_screening_application_id_key": [twice(Screening, eligible=False)],
    "screening_append_only": kept(Screening, "eligible", False),
    "vote_one_a_person": [twice(Vote, accept=False)],
    "vote_append_only": kept(Vote, "accept", False),
    "selection_has_reason": [lambda w: w.made(Selection, reason="")],
    "selection_nobody_once": [
        lambda w: (
            w.made(Selection, application=None),
            w.made(Selection, application=None, decision=Decision.objects.filter(verb="announce").get()),
        )
    ],
    "appeals_selection_application_id_key": [
        lambda w: (
            w.made(Selection),
            w.made(Selection, decision=Decision.objects.filter(verb="announce").get()),
        )
    ],
    "selection_append_only": kept(Selection, "reason", "다른 사유"),
    "vacancy_not_overfilled": [lambda w: w.changed(Vacancy.objects.get(), filled=2)],
}
CASES = [
    pytest.param(called, name, act, id=f"{name}-{number}")
    for called, table in ((False, ANNOUNCED), (True, CALLED))
    for name, acts in table.items()
    for number, act in enumerate(acts)
]


@pytest.mark.parametrize(("called", "name", "act"), CASES)
def test_the_database_refuses(called: bool, name: str, act: Break) -> None:
    world = World(called=called)
    with named(actor="test", verb="test"), pytest.raises(DatabaseError) as caught, transaction.atomic():
        act(world)
    diagnosis = caught.value.__cause__.diag
    assert name in f"{diagnosis.constraint_name} {diagnosis.context}"


def test_an_appeal_s_state_is_a_known_one() -> None:
    """The trigger on its steps would refuse first."""
    world = World()
    off = pgtrigger.ignore("appeals.Appeal:appeal_steps")
    with named(actor="test", verb="test"), off, pytest.raises(DatabaseError) as caught, transaction.atomic():
        world.changed(world.appeal, state="nonsense")
    assert caught.value.__cause__.diag.constraint_name in {"appeal_state_known", "appeal_decided_has_reason_and_time"}


def test_one_authorisation_a_vacancy() -> None:
    story = contested()
    authorised(story)
    facts = {"round": story.round, "decision": Decision.objects.get(verb="announce"), "authorised_at": NOW}
    with named(actor="test", verb="test"):
        other = Call.objects.create(programme=story.programme, code="c-2", notice_days=10, eligible=[])
    with named(actor="test", verb="test"), pytest.raises(DatabaseError) as caught, transaction.atomic():
        Authorisation.objects.create(call=other, **facts)
    assert caught.value.__cause__.diag.constraint_name == "authorisation_one_a_vacancy"


@pytest.mark.parametrize(
    ("called", "taken"),
    [(False, (Waiver, EarlyClosing, Appeal, AppealReviewer, Correction)), (True, (Screening, Vote, Selection))],
)
def test_every_valid_row_is_taken(called: bool, taken: tuple[Any, ...]) -> None:
    """Else a case above could be refused for something that it does not mean."""
    world = World(called=called)
    for model in taken:
        with named(actor="test", verb="test"), transaction.atomic():
            assert world.made(model).pk
            transaction.set_rollback(True)


def test_every_guard_of_these_tables_has_its_case() -> None:
    covered = {name for _, name, _ in (case.values for case in CASES)}
    covered |= {"appeal_state_known", "authorisation_one_a_vacancy"}
    tables: list[type[models.Model]] = [
        Appeal,
        AppealReviewer,
        Authorisation,
        Correction,
        EarlyClosing,
        Screening,
        Selection,
        Vote,
        Waiver,
    ]
    guards = {constraint.name for model in tables for constraint in model._meta.constraints}
    guards |= {trigger.name for owner, trigger in pgtrigger.registered() if owner in tables}
    assert guards - covered == set()
