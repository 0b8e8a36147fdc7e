import pytest

from core.actors import Actor, machine
from core.models import Account, Event, LedgerItem
from core.operations.accounts import open_account, set_password
from core.roles import Role
from tests.story import NOW
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
OPERATOR = Actor("operator", frozenset({Role.OPERATOR}))


def opened(username: str = "kim", role: Role = Role.OFFICIAL) -> Account:
    return open_account(actor=OPERATOR, now=NOW, username=username, name_ko="김", name_en="Kim", role=role)


def test_opened_account_holds_its_role_and_no_password():
    with written() as changes:
        account = opened()
    account.refresh_from_db()
    assert (account.username, account.name_ko, account.name_en, account.is_active) == ("kim", "김", "Kim", True)
    assert account.roles() == ["official"]
    assert not account.has_usable_password()
    assert changes == [f"core_{table} I operator open_account" for table in ("account", "rolegrant", "event")]


def test_opening_an_account_is_recorded_with_its_role():
    opened()
    event = Event.objects.get(verb="open_account")
    assert (event.actor, event.subject_label, event.at, event.facts) == ("operator", "김", NOW, {"role": "official"})


def test_a_taken_name_is_duplicate():
    opened()
    with refused("duplicate"):
        opened(role=Role.AUDITOR)


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR])
def test_only_officials_and_operators_open_accounts(role):
    actor = Actor("somebody", frozenset({role}))
    with refused("not_allowed"):
        open_account(actor=actor, now=NOW, username="kim", name_ko="김", name_en="Kim", role=Role.OFFICIAL)


def test_an_account_that_is_not_in_use_has_no_role():
    account = opened()
    account.is_active = False
    assert account.roles() == []


def test_a_password_is_set_and_only_that_it_was_set_is_kept():
    account = opened()
    with written() as changes:
        set_password(account=account, password="correct horse", actor=OPERATOR, now=NOW)
    account.refresh_from_db()
    assert account.check_password("correct horse")
    assert changes == ["core_event I operator set_password"]
    assert not any("password" in (item.image or {}) for item in LedgerItem.objects.filter(relation="core_account"))


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR])
def test_only_operators_set_passwords(role):
    account = opened()
    with refused("not_allowed"):
        set_password(account=account, password="x", actor=Actor("somebody", frozenset({role})), now=NOW)
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_the_machine_may_open_accounts_for_a_rehearsal():
    open_account(actor=machine("rehearsal"), now=NOW, username="kim", name_ko="김", name_en="Kim", role=Role.AUDITOR)
    assert LedgerItem.objects.get(relation="core_rolegrant").actor == "system:rehearsal"
