"""Every list of the panel, as the admin's registry names them: a new one is held to this without a word here."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models, transaction
from django.test import Client, RequestFactory, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from consortia.models import Call, Organisation, Programme, SupportLine
from core.actors import actor_of
from core.admin import lists
from core.admin.lists import beginning, field_at, in_order, is_number
from core.models import Account, NonWorkingDay
from core.sight import visible
from evaluation.models import Document, Round
from tests.blindness.secrets import Told
from tests.blindness.whole import whole
from tests.lists.rows import alone, copied, loosened, made_up
from tests.story import NOW, told

MOST = 12
"""Statements of a list with three filters, those of the panel around it among them."""
FEW = {
    NonWorkingDay: "a few days a year",
    Programme: "a few in an office",
    Round: "a few a programme",
    Call: "one a vacancy",
    SupportLine: "a few a programme",
}
"""Tables that stay small by what they are."""
READERS = ("official-1", "auditor-1", "operator-1", "a-lead", "expert-1")
LISTS: dict[type[models.Model], Any] = {
    model: each for model, each in admin.site._registry.items() if model._meta.app_label != "auth"
}


def address(model: type[models.Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@override_settings(SESSION_ENGINE="django.contrib.sessions.backends.cache")
class Lists(TestCase):
    """One story, in which every list has something to show."""

    told: Told

    @classmethod
    def setUpTestData(cls) -> None:
        cls.told = whole()

    def reader(self, model: type[models.Model]) -> tuple[Client, Any]:
        """Somebody who sees a row of the model, and the row."""
        if not model._base_manager.exists():
            made_up(model)
        for code in READERS:
            account = self.told.story.people[code]
            seen = visible(model._base_manager.all(), actor_of(account), NOW)
            row = account if isinstance(account, model) else seen.order_by("pk").last()
            if row is not None:
                client = Client()
                client.force_login(account)
                return client, row
        raise AssertionError(f"nobody sees a row of {model.__name__}")

    def asked(self, client: Client, address: str) -> list[str]:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert response.status_code == 200, address
        return [each["sql"] for each in asked.captured_queries]

    def test_three_rows_ask_what_one_asks(self) -> None:
        for model in LISTS:
            with self.subTest(model.__name__), transaction.atomic():
                client, row = self.reader(model)
                loosened(model)
                alone(row)
                one = self.asked(client, address(model))
                copied(row, 2)
                three = self.asked(client, address(model))
                assert len(one) == len(three) <= MOST, "\n".join(three)
                transaction.set_rollback(True)

    def test_nothing_is_counted_and_no_table_is_read_whole(self) -> None:
        """A page, a search, each filter and each order: whatever is asked of the list's own table has an end."""
        for model, each in LISTS.items():
            with self.subTest(model.__name__), transaction.atomic():
                client, _row = self.reader(model)
                asked = [sql for query in queries(model, each) for sql in self.asked(client, address(model) + query)]
                assert [sql for sql in asked if re.search(r"\bCOUNT\(|\bDISTINCT\b", sql)] == []
                own = re.compile(rf'^SELECT .* FROM "{model._meta.db_table}"')
                endless = [sql for sql in asked if own.match(sql) and not ended(sql)]
                assert endless == [] or model in FEW
                transaction.set_rollback(True)

    def test_pages_follow_each_other(self) -> None:
        with transaction.atomic():
            client, row = self.reader(Document)
            loosened(Document)
            alone(row)
            copied(row, 120)
            pages = [self.page(client, f"?p={number}") for number in (1, 2, 3)]
            assert [len(each.result_list) for each in pages] == [50, 50, 21]
            assert len({document.pk for each in pages for document in each.result_list}) == 121
            assert [(each.previous_page, each.next_page) for each in pages] == [
                ("", "?p=2"),
                ("?p=1", "?p=3"),
                ("?p=2", ""),
            ]
            for beyond in ("?p=4", "?p=0", "?p=-1", "?p=2001", "?p=99999999999999999999"):
                assert client.get(address(Document) + beyond).headers["Location"] == f"{address(Document)}?e=1"
            transaction.set_rollback(True)

    def test_a_page_that_is_just_full_has_none_after_it(self) -> None:
        with transaction.atomic():
            client, row = self.reader(Document)
            loosened(Document)
            alone(row)
            copied(row, 49)
            assert self.page(client, "").next_page == ""
            assert "s-pages" not in client.get(address(Document)).content.decode()
            transaction.set_rollback(True)

    def page(self, client: Client, query: str) -> Any:
        return client.get(address(Document) + query).context["cl"]

    def test_a_search_goes_by_the_beginning_and_keeps_spaces(self) -> None:
        client, _row = self.reader(Document)
        title = Document.objects.order_by("pk").values_list("title", flat=True)[0]
        for term, found in ((title, True), (title[:2].upper(), True), (f" {title} ", True), (title[1:], False)):
            assert bool(self.page(client, f"?q={term}").result_list) is found, term

    def test_an_empty_list_says_what_to_do_and_an_empty_search_how_to_go_back(self) -> None:
        for model, each in LISTS.items():
            with self.subTest(model.__name__), transaction.atomic():
                client, row = self.reader(model)
                if isinstance(row, Account):
                    continue  # somebody reads it, so it is never empty
                loosened(model)
                alone(row)
                with connection.cursor() as cursor:
                    cursor.execute(f"DELETE FROM {model._meta.db_table}")
                shown = client.get(address(model)).content.decode()
                assert str(escape(each.empty)) in shown
                if each.search_fields:
                    assert "모두 보기" in client.get(address(model) + "?q=zzz").content.decode()
                transaction.set_rollback(True)


def queries(model: type[models.Model], each: Any) -> list[str]:
    """What is asked of a list: its page, a search, every filter that leads to a table, every order that is offered."""
    related = [name for name in each.list_filter if isinstance(name, str) and field_at(model, name).is_relation]
    return [
        "",
        "?q=a",
        *(f"?{name}__id__exact=1" for name in related),
        *(f"?o={number}" for number, _column in enumerate(each.list_display, start=1)),
    ]


def ended(sql: str) -> bool:
    """Whether a statement names its rows or says how many it wants."""
    return "LIMIT" in sql or re.search(r'"(id|number|name)" (IN|=) ', sql) is not None


def test_every_list_says_what_it_holds() -> None:
    assert [model.__name__ for model, each in LISTS.items() if not str(each.empty)] == []


def test_every_list_is_in_the_order_of_an_index() -> None:
    unordered = {
        model.__name__: each.ordering
        for model, each in LISTS.items()
        if model not in FEW and each.ordering[0].removeprefix("-") not in in_order(model)
    }
    assert unordered == {}


def test_every_search_has_its_index() -> None:
    for model, each in LISTS.items():
        for path in each.search_fields if model not in FEW else ():
            field = field_at(model, path)
            if is_number(model, path):
                assert field.primary_key or field.unique, f"{model}: {path}"
                continue
            sought = [index for index in field.model._meta.indexes if index.expressions]
            assert any(f"Upper(F({field.name}))" in repr(index.expressions) for index in sought), f"{model}: {path}"


def test_only_columns_with_an_index_sort() -> None:
    request = RequestFactory().get("/")
    assert LISTS[Document].get_sortable_by(request) == ["received_at"]


@pytest.mark.django_db
def test_a_search_that_finds_more_than_it_looks_up_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is walked in its own order then; the answer is the same."""
    told(teams="abc", seats=1)
    found = []
    for most in (5_000, 1):
        monkeypatch.setattr(lists, "MOST_KEYS", most)
        rows = beginning(Organisation.objects.order_by("code"), ("name_ko", "code"), "ORG-")
        found.append([each.code for each in rows])
    assert found[0] == found[1] == ["org-a", "org-b", "org-c", "org-x", "org-y"]
