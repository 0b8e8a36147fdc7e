"""A recount beside others: it tells how far it is, holds up no input, stops when told to, and is one at a time."""

from decimal import Decimal

import pytest

from core.clock import database_now
from evaluation import sweeps
from evaluation.models import LiveStanding, Recount
from evaluation.operations.figures import record_responses
from evaluation.operations.recounts import ask_for_recount, cancel_recount
from evaluation.queries.supposing import Steps
from tests.evaluation.panelled import panelled
from tests.races.test_exporting import aside

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_tells_how_far_it_is_holds_nobody_up_and_stops(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Steps, "EVERY", 1)
    story, whole = panelled(), Steps.whole
    seen: list[tuple[str, int, int]] = []
    facts = {"actor": story.actor("official-2"), "now": database_now()}
    inputs = iter([25])

    def looked(steps: Steps) -> None:
        whole(steps)
        seen.append(aside(lambda: Recount.objects.values_list("phase", "done", "total").latest("id")))
        assert not aside(lambda: sweeps.make_recount(Recount.objects.latest("id").pk, now=database_now()))
        for mark in inputs:  # recorded and committed while the recount goes on, which then begins anew
            given = {"criterion": story.criterion("user"), "marks": [Decimal(mark)], **facts}
            aside(lambda given=given: record_responses(story.entry("a"), **given))

    def cancelled(steps: Steps) -> None:
        whole(steps)
        aside(lambda: cancel_recount(Recount.objects.latest("id"), **facts))

    recount = ask_for_recount(story.round, **facts)
    monkeypatch.setattr(Steps, "whole", looked)
    assert sweeps.make_recount(recount.pk, now=database_now())
    once = [("running", done, 18) for done in (3, 6, 9, 12, 18)]
    assert seen == [*once, *once]
    before = list(LiveStanding.objects.order_by("pk").values_list())
    recount = ask_for_recount(story.round, **facts)
    monkeypatch.setattr(Steps, "whole", cancelled)
    assert not sweeps.make_recount(recount.pk, now=database_now())
    rows = [(each.phase, each.differing, each.said) for each in Recount.objects.order_by("pk")]
    assert rows == [("done", 0, "모두 맞습니다."), ("cancelled", None, "취소해 검산을 멈췄습니다.")]
    assert list(LiveStanding.objects.order_by("pk").values_list()) == before
