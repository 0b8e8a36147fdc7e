"""A long supposition: it tells how far it is, one job at a time is at it, and whoever cancels it does not wait."""

import pytest

from core.clock import database_now
from evaluation import sweeps
from evaluation.models import Supposing
from evaluation.operations.supposings import ask_for_supposing, cancel_supposing
from evaluation.queries.supposing import Steps
from evaluation.rules.supposing import WithoutEvaluator
from tests.evaluation.panelled import panelled
from tests.races.test_exporting import aside

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Steps, "EVERY", 1)
    story, whole, over = panelled(), Steps.whole, Steps.over
    seen: list[tuple[str, int, int]] = []

    def looked(steps: Steps) -> None:
        whole(steps)
        seen.append(aside(lambda: Supposing.objects.values_list("phase", "done", "total").latest("id")))
        assert not aside(lambda: sweeps.compute_supposing(Supposing.objects.latest("id").pk, now=database_now()))

    def cancelled(steps: Steps, entries):
        facts = {"actor": story.actor("official-2"), "now": database_now()}
        aside(lambda: cancel_supposing(Supposing.objects.latest("id"), **facts))
        yield from over(steps, entries)

    for name, replaced in (("whole", looked), ("over", cancelled)):
        monkeypatch.setattr(Steps, name, replaced)
        asked = {"changes": [WithoutEvaluator("expert-5")], "actor": story.actor("official-1"), "now": database_now()}
        supposing = ask_for_supposing(story.round, **asked)
        assert sweeps.compute_supposing(supposing.pk, now=database_now()) == (name == "whole")
        monkeypatch.undo()
        monkeypatch.setattr(Steps, "EVERY", 1)
    assert seen == [("running", done, 24) for done in (3, 6, 9, 12, 18, 24)]
    rows = [(each.phase, each.found is None, each.said) for each in Supposing.objects.order_by("pk")]
    assert rows == [("done", False, "계산했습니다."), ("cancelled", True, "취소해 계산을 멈췄습니다.")]
