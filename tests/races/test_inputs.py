"""The same input twice at once is there once; two that differ, or that only together are too much, are told apart."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from core.attachments.receiving import received
from evaluation.models import (
    ComponentDeclaration,
    DeclaredEvidence,
    DirectPoints,
    Document,
    DocumentFile,
    Enquiry,
    Finding,
    Measurement,
    MeasurementRun,
    Response,
    Sheet,
)
from evaluation.operations.components import declare_component
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_measurements, record_points, record_responses
from evaluation.operations.gates import find
from evaluation.operations.papers import ask, file_document
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.states import FindingValue, Origin
from tests.appeals.due import drafted
from tests.files import upload
from tests.later import later_round
from tests.races.together import codes, together
from tests.story import Story

pytestmark = pytest.mark.usefixtures("embedded")
CRITERIA = (
    Rule("bench", Decimal(40), source="direct"),
    Rule("expert", Decimal(30), source="sheets", quorum=1),
    Rule("runs", Decimal(20), source="measurements", aggregate="sum"),
    Rule("user", Decimal(10), source="responses", aggregate="sum"),
)
AT_ONCE = 4


@pytest.fixture
def story(embedded) -> Story:
    return drafted(criteria=CRITERIA).open()


def points(story: Story, number: int) -> Any:
    official = story.actor("official-1")
    criterion = story.criterion("bench")
    return record_points(story.entry("a"), criterion=criterion, points=Decimal(number), actor=official, now=story.now)


def sheet(story: Story, number: int) -> Any:
    return submit_sheet(
        story.entry("a"),
        person=story.people["expert-1"],
        points={story.criterion("expert"): Decimal(number)},
        actor=story.actor("expert-1"),
        now=story.now,
    )


def finding(story: Story, number: int) -> Any:
    return find(
        story.entry("a"),
        gate=story.gate,
        person=story.people["expert-1"],
        finding=FindingValue.MET,
        reason=f"이유 {number}",
        actor=story.actor("expert-1"),
        now=story.now,
    )


def measurement(story: Story, number: int) -> Any:
    return record_measurements(
        story.entry("a"),
        criterion=story.criterion("runs"),
        values={"accuracy": Decimal(number)},
        actor=story.actor("official-1"),
        now=story.now,
    )


def enquiry(story: Story, number: int) -> Any:
    return ask(story.entry("a"), code="q-1", text=f"질의 {number}", actor=story.actor("a-lead"), now=story.now)


INPUTS = {
    "points": (points, DirectPoints),
    "sheet": (sheet, Sheet),
    "finding": (finding, Finding),
    "measurement": (measurement, Measurement),
    "enquiry": (enquiry, Enquiry),
}
Input = Callable[[Story, int], Any]


@pytest.mark.parametrize(("act", "model"), INPUTS.values(), ids=INPUTS)
def test_the_same_at_once_is_there_once(story, act, model):
    results = together(*[partial(act, story, 1)] * AT_ONCE)

    assert codes(results) == ["done"] * AT_ONCE
    assert model.objects.count() == 1


@pytest.mark.parametrize(("act", "model"), INPUTS.values(), ids=INPUTS)
def test_of_those_that_differ_one_stands(story, act, model):
    results = together(*(partial(act, story, number) for number in range(1, AT_ONCE + 1)))

    assert codes(results) == ["done", *["duplicate"] * (AT_ONCE - 1)]
    assert model.objects.count() == 1


def test_a_declaration_that_comes_twice_at_once_is_there_once(story):
    """No constraint keeps its place, since a later one replaces it: the entry's lock does."""
    paper = file_document(
        story.entry("a"), kind="report", title="보고서", actor=story.actor("official-1"), now=story.now
    )
    declare = partial(
        declare_component,
        story.entry("a"),
        gate=story.gate,
        component="비전 인코더",
        origin=Origin.FROZEN,
        statement="공개 가중치",
        documents=[paper],
        actor=story.actor("a-lead"),
        now=story.now,
    )

    assert codes(together(*[declare] * AT_ONCE)) == ["done"] * AT_ONCE
    assert (ComponentDeclaration.objects.count(), DeclaredEvidence.objects.count()) == (1, 1)


def test_a_paper_with_a_file_that_comes_twice_at_once_is_there_once(story):
    """Two windows, one button; the entry's lock keeps its place here too, and each upload but one is taken away."""

    def file() -> None:
        with received([upload(name="보고서.pdf")]) as files:
            words = {"kind": "report", "title": "보고서", "files": files}
            file_document(story.entry("a"), **words, actor=story.actor("a-lead"), now=story.now)

    assert codes(together(*[file] * AT_ONCE)) == ["done"] * AT_ONCE
    assert (Document.objects.count(), DocumentFile.objects.count()) == (1, 1)


def test_a_delivery_that_comes_twice_at_once_counts_once(story):
    deliver = partial(
        record_responses,
        story.entry("a"),
        criterion=story.criterion("user"),
        marks=[Decimal(1), Decimal(2)],
        batch="panel-1",
        actor=story.actor("official-1"),
        now=story.now,
    )

    assert codes(together(*[deliver] * AT_ONCE)) == ["done"] * AT_ONCE
    assert Response.objects.count() == 2


def test_a_run_that_comes_twice_at_once_counts_once(story):
    deliver = partial(
        record_measurements,
        story.entry("a"),
        criterion=story.criterion("runs"),
        values={"accuracy": Decimal(1)},
        run="run-1",
        actor=story.actor("official-1"),
        now=story.now,
    )

    assert codes(together(*[deliver] * AT_ONCE)) == ["done"] * AT_ONCE
    assert (MeasurementRun.objects.count(), Measurement.objects.count()) == (1, 1)


def test_marks_that_are_too_much_only_together(story):
    """Each would stay within the criterion's points; all of them would not."""
    more = partial(
        record_responses,
        story.entry("a"),
        criterion=story.criterion("user"),
        marks=[Decimal(4)],
        actor=story.actor("official-1"),
        now=story.now,
    )

    assert codes(together(*[more] * AT_ONCE)) == ["done", "done", "out_of_range", "out_of_range"]
    assert Response.objects.count() == 2


def test_measurements_that_are_too_much_only_together(story):
    acts = [
        partial(
            record_measurements,
            story.entry("a"),
            criterion=story.criterion("runs"),
            values={name: Decimal(8)},
            actor=story.actor("official-1"),
            now=story.now,
        )
        for name in ("one", "two", "three", "four")
    ]

    assert codes(together(*acts)) == ["done", "done", "out_of_range", "out_of_range"]
    assert Measurement.objects.count() == 2


def test_sheets_that_are_too_much_only_together(embedded):
    """Marks that are added up: two experts' would fit, three experts' would not."""
    story = drafted(criteria=(Rule("expert", Decimal(100), source="sheets", aggregate="sum", quorum=1),)).open()
    acts = [
        partial(
            submit_sheet,
            story.entry("a"),
            person=story.people[expert],
            points={story.criterion("expert"): Decimal(40)},
            actor=story.actor(expert),
            now=story.now,
        )
        for expert in ("expert-1", "expert-2", "expert-3")
    ]

    assert codes(together(*acts)) == ["done", "done", "out_of_range"]
    assert Sheet.objects.count() == 2


def test_an_entry_is_withdrawn_once(story):
    leave = partial(withdraw, story.entry("a"), reason="사정", actor=story.actor("a-lead"), now=story.now)

    assert codes(together(*[leave] * AT_ONCE)) == ["done"] * AT_ONCE
    assert story.entry("a").withdrawn_at == story.now


def test_a_number_that_is_used_in_two_rounds_at_once_is_used_once(story):
    """Whoever asks holds his own round alone: the database keeps the number for the programme."""
    other = later_round(story).entries.get()
    acts = [
        partial(ask, entry, code="q-1", text=f"질의 {entry.pk}", actor=story.actor("a-lead"), now=story.now)
        for entry in (story.entry("a"), other)
    ]

    assert codes(together(*acts)) == ["done", "duplicate"]
    assert Enquiry.objects.count() == 1
