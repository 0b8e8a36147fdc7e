"""Versions of criteria, consents, drafts and superseding sheets: what must never be false; each guard by its name."""

import re
from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, models, transaction

from core.ledger.naming import named
from core.models import Decision
from evaluation.models import CriteriaConsent, CriteriaVersion, Criterion, Sheet, SheetDraft, SheetExclusion, Target
from tests.constraints.valid import World as Opened
from tests.story import NOW

pytestmark = pytest.mark.django_db
MODELS = (CriteriaVersion, CriteriaConsent, SheetDraft)


class World(Opened):
    """An open round whose first version is in force, and the rows that may be added to it."""

    def version(self, **wrong: Any) -> CriteriaVersion:
        """The second version: proposed, and valid but for these fields."""
        laid = {"rules": self.rules(), "digest": "0" * 64, "reason": "조정", "at": NOW}
        return CriteriaVersion.objects.create(**({"round": self.round, "number": 2, **laid} | wrong))

    def rules(self, **points: str) -> list[dict[str, Any]]:
        """The first version's, with other points where they are given."""
        return [each | {"points": points.get(each["code"], each["points"])} for each in self.first.rules]

    @property
    def first(self) -> CriteriaVersion:
        return self.round.criteria_versions.get(number=1)

    def in_force(self, **points: str) -> CriteriaVersion:
        """The second version, in force."""
        version = self.version(rules=self.rules(**points))
        CriteriaVersion.objects.filter(pk=self.first.pk).update(state="superseded")
        CriteriaVersion.objects.filter(pk=version.pk).update(state="in_force", decision=self.made(Decision))
        return version

    def consent(self, **wrong: Any) -> CriteriaConsent:
        given = {"version": self.first, "team": self.story.teams["a"], "by": self.person("a-lead"), "at": NOW}
        return CriteriaConsent.objects.create(**(given | wrong))

    def superseding(self, **wrong: Any) -> Sheet:
        """A sheet that puts right an excluded one."""
        old = self.made(Sheet)
        if not wrong.pop("counts", False):
            SheetExclusion.objects.create(sheet=old, reason="오기", by=self.person("official-1"), at=NOW)
        return self.made(Sheet, **({"supersedes": old, "decision": self.made(Decision)} | wrong))

    def draft_sheet(self) -> SheetDraft:
        return SheetDraft.objects.create(
            entry=self.story.entry("a"), account=self.person("expert-1"), points={}, saved_at=NOW
        )


Act = Callable[[World], Any]


def changed(**other: Any) -> Act:
    return lambda world: CriteriaVersion.objects.filter(pk=world.version().pk).update(**other)


def criterion(of: str, /, **other: Any) -> Act:
    """A criterion changed once a second version is in force that gives bench 39 and expert 36 points."""

    def act(world: World) -> None:
        world.in_force(bench="39", expert="36")
        Criterion.objects.filter(round=world.round, code=of).update(**other)

    return act


CASES: dict[str, list[Act]] = {
    "criteria_version_state_known": [lambda w: _unbegun(lambda: w.version(number=1, reason="", state="nonsense"))],
    "criteria_version_begins": [lambda w: w.version(state="in_force", decision=w.made(Decision))],
    "criteria_version_steps": [
        lambda w: CriteriaVersion.objects.filter(pk=w.first.pk).update(state="proposed"),
        changed(state="superseded"),
        lambda w: [w.in_force(), CriteriaVersion.objects.filter(number=1).update(state="in_force")],
    ],
    "criteria_version_stays": [lambda w: CriteriaVersion.objects.filter(pk=w.version().pk)._raw_delete("default")],
    "criteria_version_changes_state_alone": [
        *(changed(**each) for each in ({"number": 3}, {"rules": []}, {"digest": "1"}, {"reason": "다른 사유"})),
        lambda w: CriteriaVersion.objects.filter(pk=w.first.pk).update(rules=[]),
        lambda w: CriteriaVersion.objects.filter(pk=w.version().pk).update(round=w.draft),
    ],
    "criteria_version_decision_stays": [
        lambda w: CriteriaVersion.objects.filter(pk=w.in_force().pk).update(decision=w.made(Decision))
    ],
    "criteria_version_number_once": [lambda w: w.version(number=1, reason="")],
    "criteria_version_one_proposed": [lambda w: [w.version(), w.version(number=3)]],
    "criteria_version_one_in_force": [
        lambda w: CriteriaVersion.objects.filter(pk=w.version().pk).update(state="in_force", decision=w.made(Decision))
    ],
    "criteria_version_has_reason": [
        lambda w: w.version(reason=""),
        lambda w: w.version(number=0),
        lambda w: w.version(number=1),
    ],
    "criteria_version_later_one_is_decided": [
        changed(state="in_force"),
        lambda w: w.version(decision=w.made(Decision)),
        lambda w: CriteriaVersion.objects.filter(round=w.draft).update(state="dropped"),
    ],
    "criteria_consent_once": [lambda w: [w.consent(), w.consent(evidence="다시")]],
    "criteria_consent_append_only": [
        lambda w: CriteriaConsent.objects.filter(pk=w.consent().pk).update(evidence="다른 근거"),
        lambda w: CriteriaConsent.objects.filter(pk=w.consent().pk)._raw_delete("default"),
    ],
    "criteria_consent_of_an_entry": [
        lambda w: w.consent(team=w.story.teams["x"]),
        lambda w: w.consent(version=w.draft.criteria_versions.get(), team=w.story.teams["b"]),
        lambda w: [w.in_force(), w.consent(version=CriteriaVersion.objects.get(round=w.round, number=1))],
    ],
    "sheet_draft_one_a_person": [lambda w: [w.draft_sheet(), w.draft_sheet()]],
    "sheet_supersedes_its_own": [
        lambda w: w.superseding(counts=True),
        lambda w: w.superseding(entry=w.story.entry("b")),
        lambda w: w.superseding(account=w.person("expert-2")),
    ],
    "sheet_superseded_by_decision": [
        lambda w: w.superseding(decision=None),
        lambda w: w.made(Sheet, decision=w.made(Decision)),
    ],
}
# Guards that have more cases beside the rounds' own: what a version opens, and no further.
BESIDE: dict[str, list[Act]] = {
    "evaluation_sheet_supersedes_id_key": [
        lambda w: w.made(Sheet, supersedes=w.superseding().supersedes, decision=w.made(Decision))
    ],
    "criterion_frozen": [
        criterion("bench", points="39"),
        criterion("bench", points="38", version=2),
        criterion("bench", points="39", version=3),
        criterion("bench", points="39", version=2, position=9),
        criterion("bench", points="39", version=2, code="other"),
        criterion("bench", points="39", version=2, source="sheets"),
        criterion("bench", points="39", version=2, places=2),
        criterion("bench", points="39", version=2, name_ko="다른 이름"),
        criterion("user", quorum=5, version=2),
        lambda w: [w.version(rules=w.rules(bench="39")), _bench(w).update(points="39", version=2)],
        lambda w: [w.in_force(bench="39"), _bench(w)._raw_delete("default")],
    ],
    "target_frozen": [
        lambda w: Target.objects.create(criterion=_bench(w).get(), team=w.story.teams["a"], value=1),
        lambda w: [w.in_force(), Target.objects.create(criterion=_bench(w).get(), team=w.story.teams["a"], value=1)],
    ],
}


def _bench(world: World) -> "models.QuerySet[Criterion]":
    return Criterion.objects.filter(round=world.round, code="bench")


def _unbegun(act: Callable[[], Any]) -> None:
    """While the trigger that would refuse first is off."""
    with pgtrigger.ignore("evaluation.CriteriaVersion:criteria_version_begins"), transaction.atomic():
        act()


RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def refusing(world: World, act: Act) -> str:
    """The name of the constraint or trigger that refused; whatever went through is undone."""
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
    assert guards == {name for name in CASES if not name.startswith("sheet_super")}


def test_each_refuses_what_it_stands_for():
    world = World()
    with named(actor="test", verb="test"):
        for valid in (World.version, World.in_force, World.consent, World.superseding, World.draft_sheet):
            assert refusing(world, valid) == "nothing", valid
        assert refusing(world, criterion("bench", points="39", version=2)) == "nothing"
        for name, acts in (CASES | BESIDE).items():
            assert [refusing(world, act) for act in acts] == [name] * len(acts), name
