"""A verification beside others: it tells how far it is, holds up no write, stops when told to, and is one at a time."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core import sweeps
from core.clock import database_now
from core.ledger import verifier
from core.models import Verification
from core.operations import verifications
from core.operations.accounts import set_password
from core.operations.verifications import ask_for_verification, cancel_verification
from tests.races.test_exporting import aside
from tests.races.together import own_connection
from tests.story import Story, told

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(verifications, "EVERY", 1)
    return told()


def test_it_tells_how_far_it_is_holds_nobody_up_and_stops(story: Story, monkeypatch: pytest.MonkeyPatch):
    facts: dict[str, Any] = {"actor": story.actor("auditor-1"), "now": database_now()}
    guards, rows, seen = verifier._guards, verifier._rows, []

    def looked(connection: Any, counted: verifier.Counted) -> Any:
        seen.append(aside(lambda: Verification.objects.values_list("phase", "done", "total").latest("id")))
        return rows(connection, counted)

    def written(connection: Any) -> Any:
        newest = Verification.objects.latest("id").pk
        assert not aside(lambda: sweeps.verify_ledger(newest, now=database_now()))
        account, operator = story.people["expert-1"], story.actor("operator-1")
        given = {"account": account, "password": "open-sesame-8", "actor": operator, "now": database_now()}
        aside(lambda: set_password(**given))  # counted, committed and sealed while the verification goes on
        return guards(connection)

    def cancelled(connection: Any) -> Any:
        aside(lambda: cancel_verification(Verification.objects.latest("id"), **facts))
        return guards(connection)

    for meanwhile in (written, cancelled):
        verification = ask_for_verification(**facts)
        with monkeypatch.context() as patch:
            patch.setattr(verifier, "_guards", meanwhile)
            patch.setattr(verifier, "_rows", looked)
            assert sweeps.verify_ledger(verification.pk, now=database_now()) == (meanwhile is written)
    assert {phase for phase, _, _ in seen} == {"running"}
    *steps, again = [done for _, done, _ in seen]  # the second stops at its first table
    assert steps == sorted(steps)
    assert 0 < steps[0] < steps[-1] <= seen[0][2]
    assert again > steps[0]
    found = [(each.phase, each.damage, each.said) for each in Verification.objects.order_by("pk")]
    assert found == [("done", None, "이상 없습니다."), ("cancelled", None, "취소해 검증을 멈췄습니다.")]


def test_all_who_ask_at_once_are_led_to_one(story: Story):
    def asks(_: int) -> int:
        with own_connection():
            return ask_for_verification(actor=story.actor("auditor-1"), now=database_now()).pk

    with ThreadPoolExecutor(TOGETHER) as people:
        found = set(people.map(asks, range(TOGETHER)))
    assert found == {Verification.objects.get().pk}
