"""A verification from the panel: asked for, watched, given up, and told on the first page of its readers."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from core import sweeps
from core.clock import database_now
from core.models import Account, LedgerBlock, Verification
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.core.ledger.book import ask, seal
from tests.core.ledger.forger import unguarded
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ASKING = page("verify_ledger", Verification)
PAGE, LIST, HOME = 6, 6, 15


@pytest.fixture
def story() -> Story:
    return told()


def asked(story: Story, person: str = "auditor-1") -> Verification:
    answer = press(story, person, "verify_ledger", Verification)
    verification = Verification.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (302, thing(verification))
    seal()
    return verification


def done(story: Story) -> Verification:
    verification = asked(story)
    assert sweeps.verify_ledger(verification.pk, now=database_now())
    seal()
    verification.refresh_from_db()
    return verification


def forged() -> str:
    """An account whose name is another than the ledger says; its key."""
    seal()
    key = Account.objects.get(username="test.expert-1").pk
    with unguarded(connection.connection, "core_account"):
        ask("UPDATE core_account SET name_ko = '다른 사람' WHERE id = %s", [key])
    return str(key)


def home(story: Story, person: str, language: str = "ko") -> str:
    client = signed_in(story, person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return said(client.get("/admin/"))


def test_it_says_what_follows_before_it_is_asked_for(story):
    client = signed_in(story, "auditor-1")
    with unchanged():
        form = said(client.get(ASKING))
    assert "처음으로 어긋난 곳에서 멈추고, 어디인지 알립니다. 아무것도 고치지 않습니다." in form
    assert ASKING in said(client.get(listing(Verification)))


def test_it_is_watched_through_a_reload_and_cancelled(story):
    verification = asked(story)
    client = signed_in(story, "auditor-1")
    shown = said(client.get(thing(verification)))
    for words in ("차례를 기다림", 'hx-trigger="every 2s"', page("cancel_verification", verification)):
        assert words in shown, words
    Verification.objects.update(phase="running", done=9, total=18)
    assert '<progress class="s-progress" max="100" value="50"' in said(client.get(thing(verification)))
    anew = client.get(thing(verification), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in anew
    answer = press(story, "official-2", "cancel_verification", verification)
    assert (answer.status_code, answer["Location"]) == (302, thing(verification))
    assert "취소했습니다." in said(client.get(thing(verification)))
    over = client.get(thing(verification), headers={"HX-Request": "true"})
    assert over["HX-Refresh"] == "true"


def test_whoever_asks_while_one_is_under_way_comes_to_it(story):
    first = asked(story)
    with unchanged():
        assert press(story, "official-1", "verify_ledger", Verification)["Location"] == thing(first)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "기록 {records}건과 블록 {blocks}개, 지금의 모든 행이 맞습니다."),
        ("en", "All {records} records, {blocks} blocks and every row as it is now agree."),
    ],
)
def test_an_intact_ledger_is_told_with_how_far_it_was_followed(story, language, words):
    verification = done(story)
    block = LedgerBlock.objects.get(number=verification.blocks)
    client = signed_in(story, "official-1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with unchanged():
        shown = said(client.get(thing(verification)))
    counts = {"records": f"{verification.records:,}", "blocks": verification.blocks}
    for told_ in (words.format(**counts), f"#{verification.blocks}", block.head):
        assert told_ in shown, told_


@pytest.mark.parametrize("person", ["auditor-1", "official-1"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "core_account 표의 {} 행이 원장과 다릅니다."), ("en", "Row {} of core_account differs from the ledger.")],
)
def test_a_damaged_ledger_is_told_by_its_page_and_the_first_page(story, person, language, words):
    key = forged()
    verification = done(story)
    client = signed_in(story, person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    where = f"/admin/core/ledgeritem/?relation=core_account&amp;row_key={key}"
    shown = said(client.get(thing(verification)))
    assert words.format(key) in shown
    assert f'href="{where}"' in shown
    rows = client.get(where.replace("&amp;", "&")).context["cl"].result_list
    assert {(each.relation, each.row_key) for each in rows} == {("core_account", key)}
    first = said(client.get("/admin/"))
    alert = first[first.index('role="alert"><a href="' + thing(verification)) :]
    assert words.format(key) in alert[: alert.index("</p>")]


def test_a_broken_chain_leads_to_the_blocks(story):
    seal()
    with unguarded(connection.connection, "core_ledgerblock"):
        ask("UPDATE core_ledgerblock SET sealed_at = 'infinity' WHERE number = 2")
    shown = said(signed_in(story, "auditor-1").get(thing(done(story))))
    assert "2번 블록의 머리값이 내용과 다릅니다." in shown
    assert f'href="{listing(LedgerBlock)}"' in shown
    assert "#1 블록까지 따라갔습니다." in shown


def test_the_auditors_first_page_tells_the_last_verification_and_leads_to_the_next(story):
    for language, words in (("ko", "아직 검증하지 않았습니다."), ("en", "Not verified yet.")):
        assert words in home(story, "auditor-1", language)
    assert f'href="{ASKING}"' in home(story, "auditor-1")
    waiting = asked(story)
    shown = home(story, "auditor-1")
    assert f'<a href="{thing(waiting)}">지금 검증하고 있습니다.</a>' in shown
    assert f'href="{ASKING}"' not in shown
    assert sweeps.verify_ledger(waiting.pk, now=database_now())
    waiting.refresh_from_db()
    intact = f"이상 없음 · 기록 {waiting.records:,}건, #{waiting.blocks} 블록까지"
    assert intact in home(story, "auditor-1")
    for phase, told_ in (("cancelled", "취소했습니다."), ("refused", "끝내지 못했습니다.")):
        Verification.objects.create(at=database_now(), phase=phase, said=told_)
    assert intact in home(story, "auditor-1"), "one that came to nothing says nothing of the ledger"
    assert "마지막 검증" not in home(story, "official-1")


def test_damage_is_told_until_a_later_verification_finds_none(story):
    damage = {"relation": "core_account", "row_key": "7", "what": "row_changed"}
    long_ago = database_now() - timedelta(days=3)
    Verification.objects.create(phase="done", head="0" * 64, at=long_ago, **damage)
    assert "core_account 표의 7 행이 원장과 다릅니다." in home(story, "official-1")
    done(story)
    for person in ("official-1", "auditor-1"):
        assert "원장과 다릅니다" not in home(story, person)


def test_who_may_look_and_ask(story):
    verification = done(story)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        client = signed_in(story, person)
        with unchanged():
            assert press(story, person, "verify_ledger", Verification).status_code == 403
            assert client.get(ASKING).status_code == 403
            assert client.get(thing(verification)).status_code == 404
            assert client.get(listing(Verification)).status_code == 403
            assert "마지막 검증" not in said(client.get("/admin/"))


def test_the_nights_own_is_told_as_nobodys(story):
    Verification.objects.create(phase="done", head="0" * 64, at=database_now())
    assert said(signed_in(story, "auditor-1").get(listing(Verification))).count("정기 검증") == 1


def test_its_page_and_the_first_page_ask_a_fixed_number(story, django_assert_num_queries):
    client = signed_in(story, "auditor-1")
    for make in (asked, done, lambda story: forged() and done(story)):
        make(story)
        for address, queries in ((thing(Verification.objects.latest("id")), PAGE), ("/admin/", HOME)):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)
        Verification.objects.filter(phase="waiting").update(phase="cancelled")


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(story, django_assert_num_queries, times):
    for _ in range(times):
        done(story)
    client = signed_in(story, "auditor-1")
    client.get(listing(Verification))
    with django_assert_num_queries(LIST):
        client.get(listing(Verification))
