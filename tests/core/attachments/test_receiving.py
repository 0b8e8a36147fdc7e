import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import transaction

from core.attachments.receiving import MOST_FILES, received
from core.attachments.strays import remove_strays
from core.clock import database_now
from core.models import Attachment
from core.models.attachment import MOST_BYTES
from core.operations.attachments import take_in
from tests.files import PDF, PNG, upload
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told()


def left(disk: Path) -> list[Path]:
    return [path for path in disk.rglob("*") if path.is_file()]


def test_a_file_is_taken_in(story, disk):
    with written() as changes, received([upload()]) as files:
        attachment = take_in(files[0], actor=story.actor("a-lead"), now=NOW)
    attachment.refresh_from_db()
    assert (attachment.name, attachment.kind, attachment.size) == ("이유서.pdf", "application/pdf", len(PDF))
    assert attachment.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (attachment.uploaded_by, attachment.uploaded_at) == (story.people["a-lead"], NOW)
    assert changes == [f"{table} I test.a-lead take_in" for table in ("core_attachment", "core_event")]
    (path,) = left(disk)
    assert path.read_bytes() == PDF
    assert str(path).endswith(attachment.stored_as)
    assert "이유서" not in str(path)


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_others_hand_nothing_in(story, disk, who):
    with refused("not_allowed"), received([upload()]) as files:
        take_in(files[0], actor=story.actor(who), now=NOW)
    assert left(disk) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (upload(b""), "incomplete"),
        (upload(PDF + bytes(MOST_BYTES)), "out_of_range"),
        (upload(b"MZ\x90", "a.pdf"), "out_of_range"),
        (upload(PDF, "a.exe"), "out_of_range"),
        (upload(PDF, "a.docx"), "out_of_range"),
        (upload(PDF, "pdf"), "out_of_range"),
        (upload(PDF, ""), "out_of_range"),
        (upload(PDF, "  "), "out_of_range"),
        (upload(PDF, "../a.pdf"), "out_of_range"),
        (upload(PDF, "/etc/a.pdf"), "out_of_range"),
        (upload(PDF, "c:\\a.pdf"), "out_of_range"),
        (upload(PDF, "a\x00.pdf"), "out_of_range"),
        (upload(PDF, "a\r\nb.pdf"), "out_of_range"),
        (upload(PDF, "a\x7f.pdf"), "out_of_range"),
        (upload(PDF, "fdp\u202efdp.pdf"), "out_of_range"),
        (upload(PDF, "a\u2028.pdf"), "out_of_range"),
        (upload(PDF, "가" * 197 + ".pdf"), "out_of_range"),
    ],
    ids=lambda given: repr(getattr(given, "name", given))[:30],
)
def test_a_bad_file_is_refused_and_with_it_the_good_ones(disk, bad, code):
    with refused(code) as caught, received([upload(), bad]):
        pytest.fail("nothing is received")
    assert left(disk) == []
    assert str(caught.value)


def test_as_large_as_may_be(disk):
    with received([upload(PDF + bytes(MOST_BYTES - len(PDF)))]) as files:
        assert files[0].size == MOST_BYTES


def test_too_many_files(disk):
    with refused("out_of_range"), received([upload()] * (MOST_FILES + 1)):
        pytest.fail("nothing is received")
    assert left(disk) == []


def test_hangul_in_pieces_is_put_together(disk):
    pieces = "\u110b\u1175\u110b\u1172\u1109\u1165.pdf"  # 이유서 as a Mac sends it
    with received([upload(name=pieces)]) as files:
        assert files[0].name == "이유서.pdf"


def test_capital_extensions_are_fine(disk):
    with received([upload(PNG, "그림.PNG")]) as files:
        assert files[0].kind == "image/png"


def test_after_a_rollback_nothing_is_left(story, disk):
    def fail(files):
        with transaction.atomic():
            for file in files:
                take_in(file, actor=story.actor("a-lead"), now=NOW)
            assert len(left(disk)) == 2
            raise RuntimeError

    with unchanged(), pytest.raises(RuntimeError), received([upload(), upload(PNG, "a.png")]) as files:
        fail(files)
    assert left(disk) == []
    assert not Attachment.objects.exists()


def test_what_nobody_takes_in_is_not_kept(story, disk):
    with received([upload(), upload(PNG, "a.png")]) as files:
        take_in(files[1], actor=story.actor("a-lead"), now=NOW)
    assert [path.read_bytes() for path in left(disk)] == [PNG]


def test_strays_older_than_a_day_are_removed(story, disk, capsys):
    now = database_now()
    with received([upload()]) as files:
        take_in(files[0], actor=story.actor("a-lead"), now=NOW)
    kept = left(disk)
    for name, age in (("attachments/aa/old", timedelta(days=2)), ("attachments/aa/new", timedelta(hours=1))):
        storages["private"].save(name, upload())
        at = (now - age).timestamp()
        os.utime(disk / name, (at, at))
    at = (now - timedelta(days=9)).timestamp()
    os.utime(kept[0], (at, at))
    call_command("remove_stray_files")
    assert capsys.readouterr().out == "attachments/aa/old\n"
    assert sorted(left(disk)) == sorted([*kept, disk / "attachments/aa/new"])
    assert remove_strays(now) == []


def test_without_any_file_there_is_no_stray(disk):
    assert remove_strays(NOW) == []
