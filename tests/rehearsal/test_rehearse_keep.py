"""`--keep` plays into the real database: once, and touching nothing but its own programme."""

from pathlib import Path

import pytest
from django.core.management import call_command

from consortia.models import Programme
from core.models import Pulse
from evaluation.models import Round
from tests.rehearsal.plays import BOTH, points, scenario
from tests.story import told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db(transaction=True)
PLAYED = scenario(
    points(a=90, b=80) + f"do: announce, by: {BOTH}\n" + "at: 2026-01-27T00:00+09:00, do: sweep\n",
)


def keep(folder: Path, text: str = PLAYED) -> int:
    """The exit code of the command."""
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        call_command("rehearse", str(file), "--keep")
    except SystemExit as ended:
        return int(str(ended.code))
    return 0


def test_what_is_kept_is_there_afterwards(tmp_path):
    assert keep(tmp_path) == 0
    programme = Programme.objects.get()
    assert (programme.code, programme.rounds.get().state) == ("small", "final")


def test_a_programme_that_exists_already_is_refused_and_left_alone(tmp_path, capsys):
    assert keep(tmp_path) == 0
    with unchanged():
        assert keep(tmp_path) == 2
    assert "이미 있는 사업입니다: small" in capsys.readouterr().err


def test_its_sweeps_concern_that_programme_alone(tmp_path):
    other = told("other", teams="a", seats=1).open().score_all({"a": 90}).announce()
    assert keep(tmp_path) == 0
    assert Round.objects.get(pk=other.round.pk).state == "announced"
    assert Round.objects.get(programme__code="small").state == "final"
    assert not Pulse.objects.exists()
