"""What comes with a paper of a round: its files, kept with it; nobody else reads them than who sees the paper."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File

from core.attachments.carriers import may_read
from core.attachments.receiving import MOST_FILES, received
from core.attachments.strays import remove_strays
from core.models import Attachment, Event
from core.operations.attachments import read_attachment
from evaluation.models import Document
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.papers import file_document
from evaluation.states import ConflictKind
from tests.core.attachments.conftest import disk
from tests.files import PDF, PNG, upload
from tests.sheeted import cleared, clears
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

__all__ = ["disk"]
pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
WORDS = {"kind": "보고서", "title": "기술 보고서"}
EVERYBODY = (
    *("official-1", "auditor-1", "expert-1", "expert-2", "expert-4", "expert-5", "expert-6", "reviewer-1"),
    *("a-lead", "b-lead", "c-lead"),
)


@pytest.fixture
def story() -> Story:
    """Evidence closes a moment after NOW."""
    return told(evidence_closes=NOW + MOMENT).open()


def filed(
    story: Story, *uploads: "File[bytes]", team: str = "a", who: str = "", now: Any = NOW, **words: str
) -> Document:
    with received(uploads or [upload(name="보고서.pdf"), upload(PNG, "도표.png")]) as files:
        return file_document(
            story.entry(team), **WORDS | words, files=files, actor=story.actor(who or f"{team}-lead"), now=now
        )


def left(disk: Path) -> Sequence[Path]:
    return [each for each in disk.rglob("*") if each.is_file()]


def test_files_come_with_a_paper(story):
    with written() as changes:
        document = filed(story)
    assert [(file.name, file.size, file.uploaded_by.code) for file in document.files.all()] == [
        ("보고서.pdf", len(PDF), "a-lead"),
        ("도표.png", len(PNG), "a-lead"),
    ]
    assert {file.uploaded_at for file in document.files.all()} == {document.received_at} == {NOW}
    assert changes == [
        "evaluation_document I test.a-lead file_document",
        *["core_attachment I test.a-lead take_in", "core_event I test.a-lead take_in"] * 2,
        *["evaluation_documentfile I test.a-lead file_document"] * 2,
        "core_event I test.a-lead file_document",
    ]
    assert Event.objects.get(verb="file_document").facts == {
        "team": "a",
        "kind": "보고서",
        "late": False,
        "files": {"보고서.pdf": hashlib.sha256(PDF).hexdigest(), "도표.png": hashlib.sha256(PNG).hexdigest()},
    }


def test_what_comes_late_is_kept_with_its_files_and_not_considered(story, disk):
    document = filed(story, now=NOW + MOMENT)
    assert document.late
    assert "반영하지 않습니다" in document.not_considered_because
    assert document.files.count() == 2
    assert len(left(disk)) == 2
    remove_strays(NOW + timedelta(days=365))
    assert len(left(disk)) == 2


def test_the_same_paper_again_is_the_one_that_stands(story, disk):
    """A form that is sent twice, or again after the close: the first one's moment counts, no second file is left."""
    first = filed(story)
    for again in ({}, {"who": "official-1"}, {"now": NOW + MOMENT}, {"title": " 기술 보고서 "}):
        with unchanged():
            assert filed(story, **again) == first
    assert len(left(disk)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"title": "고친 보고서"},
        {"kind": "소명서"},
        {"uploads": [upload(name="보고서.pdf")]},
        {"uploads": [upload(PDF + b"2", "보고서.pdf"), upload(PNG, "도표.png")]},
        {"uploads": [upload(name="다른 이름.pdf"), upload(PNG, "도표.png")]},
    ],
)
def test_another_paper_stands_beside_the_first_and_replaces_nothing(story, other):
    first = filed(story)
    second = filed(story, *other.pop("uploads", ()), **other)
    assert list(Document.objects.order_by("pk")) == [first, second]
    assert first.files.count() == 2
    assert Attachment.objects.count() == 2 + second.files.count()


def test_the_same_without_a_file_is_another_paper(story):
    for _time in range(2):
        file_document(story.entry("a"), **WORDS, actor=story.actor("a-lead"), now=NOW)
    assert Document.objects.count() == 2


def test_the_same_of_another_team_is_another_paper(story):
    assert filed(story) != filed(story, team="b")


@pytest.mark.parametrize(
    ("uploads", "code"),
    [
        ([upload(b"", "빈 것.pdf")], "incomplete"),
        ([upload(b"MZ", "보고서.exe")], "out_of_range"),
        ([upload(PNG, "보고서.pdf")], "out_of_range"),
        ([upload(), upload(PDF + bytes(20 * 1024 * 1024), "큰 것.pdf")], "out_of_range"),
        ([upload()] * (MOST_FILES + 1), "out_of_range"),
    ],
)
def test_what_is_not_taken_in_elsewhere_is_not_taken_in_here(story, disk, uploads, code):
    with refused(code):
        filed(story, *uploads)
    assert left(disk) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [({"who": "b-lead"}, "not_entitled"), ({"who": "expert-1"}, "not_allowed"), ({"title": " "}, "incomplete")],
)
def test_of_a_paper_that_is_refused_no_file_is_left(story, disk, given, code):
    with refused(code):
        filed(story, **given)
    assert left(disk) == []


def test_no_more_files_than_a_submission_may_have(story):
    with received([upload()]) as files, refused("out_of_range"):
        file_document(story.entry("a"), **WORDS, files=files * 21, actor=story.actor("a-lead"), now=NOW)


def readers(story: Story, file: Attachment) -> set[str]:
    """Who reads the file; the others are refused as if there were none, and what is read is recorded."""
    found = set()
    for person in EVERYBODY:
        actor = story.actor(person)
        if may_read(file, actor, NOW):
            with written() as changes:
                assert read_attachment(file.pk, actor=actor, now=NOW)[0] == file
            assert changes == [f"core_event I test.{person} read_attachment"]
            found.add(person)
        else:
            with refused("unknown"):
                read_attachment(file.pk, actor=actor, now=NOW)
    with refused("not_allowed"):
        read_attachment(file.pk, actor=story.actor("operator-1"), now=NOW)
    return found


def test_its_files_are_read_by_its_team_its_judges_officials_and_auditors(story):
    """expert-4 belongs to team a, of expert-5 nothing is known, expert-6 is not on the panel.

    expert-2 has yet to declare himself.
    """
    cleared(story, "expert-1")
    clears(story, "expert-4", "b")
    of_a, of_b = filed(story).files.first(), filed(story, team="b").files.first()
    both = {"official-1", "auditor-1", "expert-1"}
    assert readers(story, of_a) == both | {"a-lead"}
    assert readers(story, of_b) == both | {"expert-4", "b-lead"}


def test_whoever_declares_a_conflict_reads_them_no_more(story):
    file = filed(story).files.first()
    cleared(story, "expert-1")
    assert "expert-1" in readers(story, file)
    declare_conflict(
        story.round,
        team=story.teams["a"],
        person=story.people["expert-1"],
        kind=ConflictKind.MUTUAL,
        reason="서로 평가함",
        actor=story.actor("expert-1"),
        now=NOW,
    )
    assert readers(story, file) == {"official-1", "auditor-1", "a-lead"}


def test_files_that_came_late_no_expert_reads(story):
    cleared(story, "expert-1")
    file = filed(story, now=NOW + MOMENT).files.first()
    assert readers(story, file) == {"official-1", "auditor-1", "a-lead"}
