"""The plan of benchmarks, what was read of runs, imports, long work: what must never be false, by its guard's name."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, models, transaction

from core.ledger.naming import named
from evaluation.models import (
    BenchmarkTask,
    Entry,
    Export,
    HarnessFile,
    HarnessResult,
    Measurement,
    MeasurementRun,
    Recount,
    ResponseImport,
    Round,
    Snapshot,
    Supposing,
    Upload,
)
from evaluation.rules.criteria import Criterion as Rule
from tests.story import NOW, told

pytestmark = pytest.mark.django_db
# A trigger's error names no constraint, but the function that raised it.
RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")
CRITERIA = (Rule("bench", Decimal(100), source="measurements"),)


class World:
    """A drafted round, and an open one of another programme with a measurement of team a."""

    def __init__(self) -> None:
        self.story = told(criteria=CRITERIA)
        self.drafted = self.story.round
        other = told("other", criteria=CRITERIA).open()
        self.opened: Round = other.round
        self.entry: Entry = other.entry("a")
        self.by = self.story.people["official-1"]
        facts = {"entry": self.entry, "criterion": other.criterion("bench")}
        with named(actor="test", verb="test"):
            run = MeasurementRun.objects.create(**facts, by=self.by, at=NOW)
            self.measurement = Measurement.objects.create(run=run, name="task-a", value=1, **facts)

    def task(self, **wrong: Any) -> BenchmarkTask:
        fields = {"criterion": self.drafted.criteria.get(), "task": "a", "metric": "acc", "version": "1", "shots": 5}
        return BenchmarkTask.objects.create(**(fields | wrong))

    def file(self, **wrong: Any) -> HarnessFile:
        fields = {"entry": self.entry, "name": "a.json", "size": 1, "sha256": "0" * 64, "by": self.by, "at": NOW}
        return HarnessFile.objects.create(**(fields | wrong))

    def result(self, **wrong: Any) -> HarnessResult:
        said = {"task": "a", "metric": "acc", "way": "none", "version": "1", "shots": 5, "samples": 9}
        fields = {"file": self.file(), "measurement": self.measurement, **said}
        return HarnessResult.objects.create(**(fields | wrong))

    def brought(self, **wrong: Any) -> ResponseImport:
        fields = {"round": self.opened, "key": "1", "digest": "0" * 64, "source": "API", "size": 1}
        return ResponseImport.objects.create(**(fields | {"by": self.by, "at": NOW} | wrong))

    def upload(self, **wrong: Any) -> Upload:
        fields = {"round": self.opened, "kind": "responses", "by": self.by, "at": NOW}
        return Upload.objects.create(**(fields | wrong))

    def export(self, **wrong: Any) -> Export:
        snapshot = Snapshot.objects.create(
            round=self.opened,
            number=1,
            made_at=NOW,
            made_by="test",
            advanced=0,
            vacancies=1,
            means={},
            inputs_digest="0" * 64,
            digest="0" * 64,
            criteria_version=self.opened.criteria_versions.get(),
        )
        return Export.objects.create(**({"round": self.opened, "snapshot": snapshot, "by": self.by, "at": NOW} | wrong))

    def recount(self, **wrong: Any) -> Recount:
        return Recount.objects.create(**({"round": self.opened, "by": self.by, "at": NOW} | wrong))

    def supposing(self, **wrong: Any) -> Supposing:
        changes = [{"team_withdrawn": {"team": "a"}}]
        return Supposing.objects.create(
            **({"round": self.opened, "changes": changes, "by": self.by, "at": NOW} | wrong)
        )


def rewritten(made: models.Model, **fields: Any) -> None:
    type(made)._base_manager.filter(pk=made.pk).update(**fields)


Act = Callable[[World], Any]
CASES: dict[str, list[Act]] = {
    "benchmark_task_frozen": [lambda world: world.task(criterion=world.opened.criteria.get())],
    "benchmark_task_once": [lambda world: (world.task(), world.task(metric="other"))],
    "benchmark_task_is_named": [
        lambda world, name=name: world.task(**{name: ""}) for name in ("task", "metric", "way", "version")
    ],
    "benchmark_task_has_a_sample": [lambda world: world.task(samples=0)],
    "harness_file_once": [lambda world: (world.file(), world.file(name="b.json"))],
    "harness_file_sha256_form": [lambda world: world.file(sha256="x")],
    "harness_file_run_at_a_possible_time": [
        lambda world: world.file(ran_at=datetime(2019, 12, 31, tzinfo=UTC)),
        lambda world: world.file(ran_at=datetime(9999, 12, 31, tzinfo=UTC)),
    ],
    "harness_file_append_only": [lambda world: rewritten(world.file(), name="b.json")],
    "harness_result_stderr_not_negative": [lambda world: world.result(stderr=-1)],
    "harness_result_append_only": [lambda world: rewritten(world.result(), shots=1)],
    "response_import_once": [lambda world: (world.brought(), world.brought(digest="1" * 64))],
    "response_import_says_something": [lambda world: world.brought(key=""), lambda world: world.brought(size=0)],
    "response_import_digest_form": [lambda world: world.brought(digest="x")],
    "response_import_append_only": [lambda world: rewritten(world.brought(), size=2)],
    "upload_runs_are_a_teams": [
        lambda world: world.upload(kind="runs"),
        lambda world: world.upload(entry=world.entry),
    ],
    "upload_phase_known": [lambda world: world.upload(phase="other")],
    "export_phase_known": [lambda world: world.export(phase="other")],
    "export_done_has_a_file": [lambda world: world.export(phase="done")],
    "export_file_of_what_is_done": [lambda world: world.export(stored_as="exports/a")],
    "recount_phase_known": [lambda world: world.recount(phase="other")],
    "recount_counted_when_done": [
        lambda world: world.recount(phase="done", differing=0),
        lambda world: world.recount(phase="done", inputs_digest="0" * 64),
        lambda world: world.recount(differing=0),
        lambda world: world.recount(inputs_digest="0" * 64),
    ],
    "recount_apart_where_it_differs": [
        lambda world: world.recount(apart=[["live", "a", "rank", "1", "2"]]),
        lambda world: world.recount(phase="done", inputs_digest="0" * 64, differing=0, mended=True),
    ],
    "supposing_phase_known": [lambda world: world.supposing(phase="other")],
    "supposing_supposes_something": [lambda world: world.supposing(changes=[])],
    "supposing_done_is_kept_until": [lambda world: world.supposing(phase="done")],
    "supposing_found_of_what_is_done": [lambda world: world.supposing(found={})],
}
MODELS = (BenchmarkTask, HarnessFile, HarnessResult, ResponseImport, Upload, Export, Recount, Supposing)


def refusing(world: World, act: Act) -> str:
    try:
        with transaction.atomic(), named(actor="test", verb="test"):
            act(world)
            transaction.set_rollback(True)
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        found = RAISED.search(diagnosis.context or "")
        return diagnosis.constraint_name or (found[1] if found else str(error))
    return "nothing"


def test_what_must_never_be_false_is_refused_by_its_own_guard():
    world = World()
    valid = (
        World.task,
        World.file,
        World.result,
        World.brought,
        World.upload,
        World.export,
        World.recount,
        World.supposing,
    )
    assert {refusing(world, make) for make in valid} == {"nothing"}
    found = {name: [refusing(world, act) for act in acts] for name, acts in CASES.items()}
    assert found == {name: [name] * len(acts) for name, acts in CASES.items()}


def test_each_guard_of_these_tables_has_its_case():
    triggers = [trigger.name for model, trigger in pgtrigger.registered() if model in MODELS]
    constraints = [each.name for model in MODELS for each in model._meta.constraints]
    assert sorted(CASES) == sorted([*triggers, *constraints])
