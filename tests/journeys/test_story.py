"""A round from its first score to its end, by the operations alone."""

from datetime import timedelta

import pytest

from appeals.sweeps import sweep
from core.actors import machine
from tests.story import told

pytestmark = pytest.mark.django_db


def test_round_ends_with_a_vacancy_after_its_window():
    story = told(seats=2).open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}, failed=["b"]).announce()

    assert [(row.entry.team.code, row.rank, row.outcome) for row in story.round.snapshots.get().rows.all()] == [
        ("a", 1, "advanced"),
        ("b", 2, "gate_failed"),
        ("c", 3, "eliminated"),
        ("d", 4, "eliminated"),
        ("e", 5, "eliminated"),
    ]
    sweep(actor=machine("test"), now=story.round.appeals_close_at - timedelta(minutes=1))
    assert story.fresh().state == "announced"
    sweep(actor=machine("test"), now=story.round.appeals_close_at)
    assert story.fresh().state == "final"
    assert story.round.vacancies.seats == 1
