"""Verifications of the ledger: what is followed, what is told of a forged row, and what is refused."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from appeals.tasks import sweep
from config.celery import app
from core import sweeps, tasks
from core.clock import database_now
from core.ledger import verifier
from core.ledger.naming import head, named
from core.models import Account, Event, LedgerItem, Pulse, RoleGrant, Verification
from core.operations import verifications
from core.operations.verifications import (
    ask_for_verification,
    cancel_verification,
    give_up_verification,
    verify_ledger,
)
from core.sweeps import LOST, PATIENCE, resume_verifications
from tests.core.ledger.book import ask, seal
from tests.core.ledger.forger import unguarded
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import DERIVED, refused, rows, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told()


def asked(story: Story, person: str = "auditor-1") -> Verification:
    verification = ask_for_verification(actor=story.actor(person), now=database_now())
    seal()
    return verification


def done(story: Story, person: str = "auditor-1") -> Verification:
    verification = asked(story, person)
    assert sweeps.verify_ledger(verification.pk, now=database_now())
    verification.refresh_from_db()
    return verification


def forged() -> str:
    """Somebody's name is another than the ledger says; the key of the row."""
    seal()
    account = Account.objects.get(username="test.expert-1")
    with unguarded(connection.connection, "core_account"):
        ask("UPDATE core_account SET name_ko = '다른 사람' WHERE id = %s", [account.pk])
    return str(account.pk)


def test_an_intact_ledger_is_followed_to_its_head(story, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        verification = asked(story)
    assert bells.jobs() == ["core.tasks.verify_ledger"]
    number, newest = head()
    records = LedgerItem.objects.count()
    with written() as changes:
        tasks.verify_ledger(verification.pk)
    verification.refresh_from_db()
    assert (verification.phase, verification.said, verification.damage) == ("done", "이상 없습니다.", None)
    assert (verification.records, verification.blocks, verification.head) == (records, number, newest)
    live = sum(count for table, count in rows().items() if table not in {*DERIVED, "core_ledgeritem"})
    assert verification.done == verification.total == records + live - 1  # but for the line that tells of it
    assert changes == ["core_event I test.auditor-1 verify_ledger"]
    event = Event.objects.latest("id")
    assert event.facts == {"records": records, "blocks": number, "head": newest, "damage": None}
    assert (event.subject_kind, event.subject_id) == ("core.verification", verification.pk)


def test_the_first_row_that_disagrees_is_named_and_left_as_it_is(story, caplog):
    key = forged()
    with caplog.at_level(logging.ERROR, logger="core.sweeps"):
        verification = done(story)
    assert verification.damage == verifier.Damage("core_account", key, "row_changed")
    assert verification.said == f"core_account 표의 {key} 행이 원장과 다릅니다."
    assert Account.objects.get(pk=key).name_ko == "다른 사람"
    assert f"Row {key} of core_account differs from the ledger." in caplog.text
    damage = {"relation": "core_account", "row_key": key, "what": "row_changed"}
    assert Event.objects.latest("id").facts["damage"] == damage
    assert Pulse.objects.get(pk="verify_ledger").found == {"intact": False}


def test_a_broken_chain_is_followed_as_far_as_it_holds(story):
    seal()
    with unguarded(connection.connection, "core_ledgerblock"):
        ask("UPDATE core_ledgerblock SET sealed_at = 'infinity' WHERE number = 2")
    ((first, items),) = ask("SELECT head, items FROM core_ledgerblock WHERE number = 1")
    verification = done(story)
    assert verification.damage == verifier.Damage("core_ledgerblock", "2", "head_wrong")
    assert (verification.records, verification.blocks, verification.head) == (items, 1, first)


def test_whoever_asks_meanwhile_is_led_to_the_one_under_way(story):
    first = asked(story)
    with unchanged():
        assert ask_for_verification(actor=story.actor("official-1"), now=database_now()) == first
    assert verify_ledger(first, actor=story.actor("auditor-1"), now=database_now())
    with unchanged():
        assert not verify_ledger(first, actor=story.actor("auditor-1"), now=database_now())
    assert asked(story) != first


def test_who_may_not_ask(story):
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with refused("not_allowed"):
            ask_for_verification(actor=story.actor(person), now=NOW)
    assert done(story, "official-1").phase == "done"


def test_who_has_lost_the_right_meanwhile_is_told_so(story):
    verification = asked(story)
    with named(actor="test", verb="test"):
        RoleGrant.objects.filter(account=story.people["auditor-1"]).delete()
    seal()
    assert not sweeps.verify_ledger(verification.pk, now=database_now())
    verification.refresh_from_db()
    assert verification.phase == "refused"
    assert "이 역할로는 할 수 없는 일입니다" in verification.said


def test_every_night_the_machine_verifies_and_keeps_what_it_found(story):
    tasks.verify_nightly()
    seal()
    verification = Verification.objects.get()
    with written() as changes:
        tasks.verify_ledger(verification.pk)
    assert changes == ["core_event I system:verification verify_ledger"]
    verification.refresh_from_db()
    assert (verification.by, verification.phase, verification.damage) == (None, "done", None)
    assert Pulse.objects.get(pk="verify_ledger").found == {"intact": True}
    planned = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
    assert "core.tasks.verify_nightly" in planned
    assert set(planned) <= set(app.tasks)


def test_one_that_waits_is_cancelled_at_once(story):
    verification = asked(story)
    for person in ("expert-1", "operator-1"):
        with refused("not_allowed"):
            cancel_verification(verification, actor=story.actor(person), now=NOW)
    official = story.actor("official-2")
    assert cancel_verification(verification, actor=official, now=NOW).phase == "cancelled"
    with unchanged():
        assert not sweeps.verify_ledger(verification.pk, now=database_now())
    with refused("wrong_state"):
        cancel_verification(verification, actor=official, now=NOW)


def test_one_that_was_told_to_stop_says_nothing_of_the_ledger(story):
    forged()
    verification = asked(story)
    Verification.objects.filter(pk=verification.pk).update(cancelled=True)
    assert not sweeps.verify_ledger(verification.pk, now=database_now())
    verification.refresh_from_db()
    assert (verification.phase, verification.head, verification.damage) == ("cancelled", "", None)
    assert verification.said == "취소해 검증을 멈췄습니다."


def test_what_is_over_is_not_given_up(story):
    verification = done(story)
    with unchanged():
        give_up_verification(verification, said="늦음", actor=SYSTEM, now=NOW)
    assert Verification.objects.get().phase == "done"


def test_one_that_is_gone_is_nothing_to_do(story):
    with unchanged():
        assert not sweeps.verify_ledger(0, now=NOW)


def test_a_lost_ring_is_rung_again_and_what_never_ends_is_given_up(story, bells, django_capture_on_commit_callbacks):
    verification = asked(story)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resume_verifications(verification.at)
        resume_verifications(verification.at + 2 * LOST)
    assert bells.jobs() == ["core.tasks.verify_ledger"]
    with django_capture_on_commit_callbacks(execute=True):
        resume_verifications(verification.at + 2 * PATIENCE)
    verification.refresh_from_db()
    assert (verification.phase, bells.jobs()) == ("refused", [])


def test_a_job_that_has_died_leaves_it_to_the_next(story, monkeypatch, bells, django_capture_on_commit_callbacks):
    verification = asked(story)

    def dying(*_: Any, **__: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(verifications, "verify", dying)
        with pytest.raises(MemoryError):
            tasks.verify_ledger(verification.pk)
    verification.refresh_from_db()
    assert verification.under_way
    connection.run_on_commit.clear()
    Verification.objects.update(at=verification.at - 2 * LOST)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert bells.jobs() == ["core.tasks.verify_ledger"]
    seal()
    tasks.verify_ledger(verification.pk)
    verification.refresh_from_db()
    assert (verification.phase, verification.damage) == ("done", None)
