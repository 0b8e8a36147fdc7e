import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from core.ledger.naming import named
from tests.core.ledger.book import ask

NAMES = "SELECT current_setting('simsa.' || name, true) FROM unnest('{actor,verb,reason,mandate}'::text[]) AS name"


def names() -> tuple[str, ...]:
    return tuple(name or "" for (name,) in ask(NAMES))


@pytest.mark.django_db
def test_names_hold_inside_and_no_longer_outside() -> None:
    with transaction.atomic():
        with named(actor="kim", verb="announce", reason="발표", mandate="decision:12"):
            assert names() == ("kim", "announce", "발표", "decision:12")
        assert names() == ("", "", "", "")


@pytest.mark.django_db
def test_a_nested_name_gives_way_to_the_outer_one() -> None:
    with named(actor="kim", verb="announce", reason="발표"):
        with named(actor="system:sweep", verb="open", mandate="decision:1"):
            assert names() == ("system:sweep", "open", "", "decision:1")
        assert names() == ("kim", "announce", "발표", "")


@pytest.mark.django_db
def test_an_exception_restores_the_outer_name() -> None:
    with named(actor="kim", verb="announce"):
        with pytest.raises(LookupError), named(actor="lee", verb="open"):
            raise LookupError
        assert names()[:2] == ("kim", "announce")


@pytest.mark.django_db
def test_an_error_of_the_database_is_not_masked_and_its_savepoint_restores_the_outer_name() -> None:
    with named(actor="kim", verb="announce"):
        with (
            pytest.raises(DatabaseError, match="division by zero"),
            transaction.atomic(),
            named(actor="lee", verb="open"),
        ):
            ask("SELECT 1 / 0")
        assert names()[:2] == ("kim", "announce")


@pytest.mark.django_db
def test_a_transaction_that_must_be_rolled_back_is_left_alone() -> None:
    def fail_without_savepoint() -> None:
        with transaction.atomic(), named(actor="lee", verb="open"), transaction.atomic(savepoint=False):
            raise IntegrityError("inside")

    with named(actor="kim", verb="announce"):
        with pytest.raises(IntegrityError, match="inside"):
            fail_without_savepoint()
        assert names()[:2] == ("kim", "announce")


@pytest.mark.django_db(transaction=True)
def test_names_are_gone_with_their_transaction() -> None:
    with transaction.atomic(), named(actor="kim", verb="announce"):
        transaction.set_rollback(True)
    assert names() == ("", "", "", "")


@pytest.mark.django_db(transaction=True)
def test_names_are_not_given_outside_a_transaction() -> None:
    with pytest.raises(TransactionManagementError, match="atomic"), named(actor="kim", verb="announce"):
        pass
    assert not connection.in_atomic_block


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "verb"), [("", "announce"), ("kim", "")])
def test_a_name_is_somebody_who_does_something(actor: str, verb: str) -> None:
    with pytest.raises(ValueError, match="actor and a verb"), named(actor=actor, verb=verb):
        pass


@pytest.mark.django_db
def test_naming_costs_one_statement_on_each_side(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(2), named(actor="kim", verb="announce"):  # type: ignore[operator]
        pass
