"""What comes with an appeal: its files, and the receipt."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from appeals.models import Appeal, AppealPaper, AppealReceipt
from appeals.operations.filing import file_appeal
from appeals.queries.receipts import appeal_receipt
from appeals.states import Ground
from core.attachments.receiving import received
from core.ledger.naming import head
from core.models import Event, LedgerBlock
from tests.appeals.after import DAY, ENDS, contested, filed
from tests.files import PDF, PNG, upload
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


def with_files(story: Story, *uploads, team: str = "b", ground: str = "decisive_error", now: datetime = NOW) -> Appeal:
    with received(uploads or [upload(), upload(PNG, "화면.png")]) as files:
        return file_appeal(
            story.entry(team),
            code=f"appeal-{team}-{ground}",
            ground=Ground(ground),
            statement="계산이 다릅니다",
            files=files,
            actor=story.actor(f"{team}-lead"),
            now=now,
        )


def test_files_come_with_an_appeal():
    story = contested()
    with written() as changes:
        appeal = with_files(story)
    papers = list(AppealPaper.objects.filter(appeal=appeal).select_related("attachment"))
    assert [(paper.attachment.name, paper.amendment, paper.completion) for paper in papers] == [
        ("이유서.pdf", None, None),
        ("화면.png", None, None),
    ]
    assert changes == [
        "appeals_appeal I test.b-lead file_appeal",
        *["core_attachment I test.b-lead take_in", "core_event I test.b-lead take_in"] * 2,
        *["appeals_appealpaper I test.b-lead take_in"] * 2,
        "core_event I test.b-lead take_in",
        "appeals_appealreceipt I test.b-lead file_appeal",
        "core_event I test.b-lead file_appeal",
    ]
    assert Event.objects.filter(verb="take_in", subject_kind="appeals.appeal").get().facts == {
        "files": {"이유서.pdf": hashlib.sha256(PDF).hexdigest(), "화면.png": hashlib.sha256(PNG).hexdigest()}
    }


def test_the_receipt_names_every_file_and_the_ledger():
    story = contested()
    block, newest = head()
    appeal = with_files(story)
    receipt = appeal_receipt(appeal)
    assert (receipt.number, receipt.at) == ("2026-이의-0001", NOW)
    assert receipt.files == [
        ("이유서.pdf", hashlib.sha256(PDF).hexdigest()),
        ("화면.png", hashlib.sha256(PNG).hexdigest()),
    ]
    assert receipt.before == (block, newest)
    assert receipt.sealed is None  # nothing of this test is committed


def test_receipts_are_numbered_in_the_programme_and_its_year():
    story, other = contested(), contested(code="other")
    numbers = [
        filed(story, "b", code="appeal-1").receipt.number,
        filed(story, "c", code="appeal-2").receipt.number,
        filed(story, "b", code="appeal-3", ground="other").receipt.number,
        filed(other, "b", code="appeal-1").receipt.number,
    ]
    assert numbers == ["2026-이의-0001", "2026-이의-0002", "2026-이의-0003", "2026-이의-0001"]


def test_the_year_is_the_one_on_the_wall_of_the_programme():
    story = contested(delivered={"b": "2026-12-31T05:00:00+00:00"})
    before = filed(story, now=datetime(2026, 12, 31, 14, 59, tzinfo=UTC), code="appeal-1")
    after = filed(story, now=datetime(2026, 12, 31, 15, tzinfo=UTC), code="appeal-2", ground="other")
    assert [before.receipt.number, after.receipt.number] == ["2026-이의-0001", "2027-이의-0001"]


def test_the_same_appeal_with_the_same_files_is_returned():
    story = contested()
    first = with_files(story)
    with unchanged():
        assert with_files(story, now=ENDS + DAY) == first
    assert AppealReceipt.objects.count() == 1


def test_the_same_appeal_with_other_files_is_duplicate():
    story = contested()
    with_files(story)
    with refused("duplicate"):
        with_files(story, upload())


@pytest.mark.parametrize(("at", "code"), [(ENDS, "too_late"), (NOW - timedelta(days=1), "not_entitled")])
def test_a_refused_appeal_keeps_no_file(at, code, disk):
    story = contested()
    with refused(code):
        with_files(story, now=at)
    assert [path for path in disk.rglob("*") if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_once_committed_the_receipt_names_its_own_block():
    appeal = with_files(contested())
    receipt = appeal_receipt(appeal)
    newest = LedgerBlock.objects.latest("number")
    assert receipt.sealed == (newest.number, newest.head)
    assert receipt.before == (newest.number - 1, newest.previous)
